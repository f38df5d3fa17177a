import { expect, test } from 'vitest'
import { modelSchema } from './model.ts'
import { parseYaml } from './parse-yaml.ts'
import { rubricSchema } from './rubric.ts'

test('every fault of a file is told at once, with its line and key', () => {
  const text = 'name: A model\nhub_id: not a repository\nrevision: main\nvram: 7.6\n'
  const { value, problems } = parseYaml(text, 'registry/models/a.yaml', modelSchema)
  expect(value).toBeUndefined()
  expect(problems).toHaveLength(3)
  expect(problems[0]).toBe('registry/models/a.yaml:2: hub_id: hub_id is owner/name')
  expect(problems[1]).toMatch(/^registry\/models\/a\.yaml:3: revision: a revision is a 40-hex commit/)
  expect(problems[2]).toMatch(/vram/)
})

test('text that is no YAML names its line', () => {
  const { problems } = parseYaml('name: [a\nhub_id: b', 'm.yaml', modelSchema)
  expect(problems.length).toBeGreaterThan(0)
  expect(problems[0]).toMatch(/^m\.yaml:\d: /)
})

test('an alias to nothing, and one that unfolds without end, are faults of the file', () => {
  expect(parseYaml('name: *nothing', 'm.yaml', modelSchema).problems).toEqual([
    expect.stringMatching(/^m\.yaml:1: .*alias/),
  ])
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`),
  ]
  expect(parseYaml(bomb.join('\n'), 'm.yaml', modelSchema).problems).toHaveLength(1)
})

test('a rubric has exactly one primary field', () => {
  const field = 'type: boolean\n    path: /a'
  const text = `title: T\nprompt:\n  user: "{{record}}"\ncriteria: {}\nfields:\n  a:\n    ${field}\n  b:\n    ${field}\n`
  expect(parseYaml(text, 'r.yaml', rubricSchema).problems).toEqual([
    'r.yaml:6: fields: exactly one field is primary, 0 are: set primary: true on the headline field',
  ])
})
