import { datasetSchema, parseYaml } from 'registry'
import { expect, test } from 'vitest'
import { nameLabels } from './name-labels.ts'

const path = 'registry/labels/notes.jsonl'
const entry = `# what people wrote stays
title: Notes   # as it was
format: records
file: registry/datasets/notes.jsonl
location: ledger
sha256: ${'a'.repeat(64)}
count: 3
privacy: synthetic
created: 2026-11-24
item:
  title: /title`

test('a line at the end, and nothing else moves', () => {
  expect(nameLabels(entry, path)).toBe(`${entry}\nlabels: ${path}\n`)
})

test('an entry in one line, or one that ends in text of several lines, names them all the same', () => {
  const inOneLine = JSON.stringify(parseYaml(entry, 'x', datasetSchema).value)
  const withText = `${entry}\ndescription: |\n  of some\n  lines\n`
  for (const text of [inOneLine, withText]) {
    const read = parseYaml(nameLabels(text, path), 'x', datasetSchema)
    expect(read.value?.labels).toBe(path)
    expect({ ...read.value, labels: undefined }).toEqual({
      ...parseYaml(text, 'x', datasetSchema).value,
      labels: undefined,
    })
  }
})
