import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rubricSchema } from '../formats/rubric.ts'
import type { ParsedRow } from '../rows/parse-row.ts'
import { isUsable, readVerdict, verdictStatuses } from './read-verdict.ts'

const scale = ['Strong No', 'No', 'Maybe', 'Yes', 'Strong Yes']
const rubric = rubricSchema.parse({
  title: 'T',
  prompt: { user: '{{record}}' },
  criteria: {},
  fields: {
    recommendation: {
      type: 'ordinal',
      path: '/recommendation/value',
      reasoning: '/recommendation/reasoning',
      scale,
      primary: true,
    },
    is_engineer: { type: 'boolean', path: '/is_engineer' },
  },
})
const answer = (content: string | null, finishReason = 'stop'): ParsedRow => ({
  id: 'x',
  customId: 'c',
  ok: true,
  content,
  finishReason,
})
const good = '{"recommendation":{"value":"Yes","reasoning":"solid"},"is_engineer":true}'
const read = (content: string | null, finishReason?: string) => readVerdict(answer(content, finishReason), rubric)

test('a clean answer is ok, with its reasoning', () => {
  expect(read(good)).toEqual({
    status: 'ok',
    fields: {
      recommendation: { status: 'ok', value: 'Yes', reasoning: 'solid' },
      is_engineer: { status: 'ok', value: true },
    },
  })
})

test.each([
  ['text around it', `Here you go: ${good} Hope that helps.`, 'stop', 'ok_extracted'],
  ['a fence', `Sure.\n\`\`\`json\n${good}\n\`\`\``, 'stop', 'ok_extracted'],
  ['a think block before it', `<think>{"recommendation":{"value":"No"}}</think>${good}`, 'stop', 'ok'],
  ['only a closing think tag', `hm, maybe No</think>\n${good}`, 'stop', 'ok'],
  ['an open think block', `<think>let me see ${good}`, 'length', 'truncated'],
  [
    'the last of several objects',
    `{"recommendation":{"value":"No"},"is_engineer":false} or rather ${good}`,
    'stop',
    'ok_extracted',
  ],
  ['an unclosed brace in prose before it', `I use {braces. ${good}`, 'stop', 'ok_extracted'],
  ['a fence that closes at the end of a line', `\`\`\`json\n${good}\`\`\`\nSo much for {x}.`, 'stop', 'ok_extracted'],
  [
    'a fence with a language inside one that was left open',
    `\`\`\`\nlet me think\n\`\`\`json\n${good}\n\`\`\`\nand [so on]`,
    'stop',
    'ok_extracted',
  ],
  [
    'the last of two fences, before one that does not parse',
    `\`\`\`\n{"recommendation":{"value":"No"},"is_engineer":true}\n\`\`\`\n\`\`\`\n${good}\n\`\`\`\n\`\`\`\n{oops\n\`\`\``,
    'stop',
    'ok_extracted',
  ],
  ['a trailing comma', good.replace('}}', '},}').replace('true}', 'true,}'), 'stop', 'repaired'],
  ['single quotes', good.replaceAll('"', "'"), 'stop', 'repaired'],
  ['another letter case', good.replace('Yes', 'yes'), 'stop', 'repaired'],
  ['a boolean in quotes', good.replace('true', '"True"'), 'stop', 'repaired'],
  ['a value off the scale', good.replace('Yes', 'Definitely'), 'stop', 'invalid_enum'],
  ['a missing field', '{"recommendation":{"value":"Yes"}}', 'stop', 'schema_error'],
  ['a wrong type', good.replace('true', '3'), 'stop', 'schema_error'],
  ['an answer cut off', good.slice(0, 40), 'length', 'truncated'],
  ['a raw line break inside a string', good.replace('solid', 'line one\nline two'), 'stop', 'repaired'],
  [
    'a cut answer with a whole object inside',
    `{"recommendation":{"value":"Yes"},"x":{"recommendation":{"value":"No"},"is_engineer":true}, "y": "abc`,
    'length',
    'truncated',
  ],
  [
    'long text after a fence',
    `\`\`\`json\n${good}\n\`\`\`\n${[...Array(90).keys()].map((n) => `word${n}`).join(' ')}`,
    'stop',
    'degenerate',
  ],
  [
    'long text after an object that can’t be read, cut',
    `{recommendation: Yes} ${[...Array(90).keys()].map((n) => `word${n}`).join(' ')}`,
    'length',
    'degenerate',
  ],
  ['prose', 'I would say Yes.', 'stop', 'no_json'],
  ['a bare word', 'Yes', 'stop', 'no_json'],
  ['a JSON string', '"Yes"', 'stop', 'no_json'],
  ['nothing', '  \n', 'stop', 'empty'],
  [
    'a loop after a valid start',
    `${good.slice(0, -1)}, ${'{"value": Software, True], '.repeat(9)}`,
    'length',
    'degenerate',
  ],
  [
    'long text after the object',
    `${good} ${'And another thing, quite unlike the one before it. Also: '.split('').join('')}${[...Array(60).keys()].join(' w')}`,
    'stop',
    'degenerate',
  ],
] as const)('%s', (_name, content, finishReason, status) => {
  const verdict = read(content, finishReason)
  expect(verdict.status).toBe(status)
  if (isUsable(verdict.status)) expect(verdict.fields['recommendation']?.value).toBe('Yes')
})

test('200 non-space characters after the object are talk, 201 are degenerate; characters, not UTF-16 units', () => {
  const talk = Array.from({ length: 100 }, (_, index) => String.fromCodePoint(0x1f300 + index, 0x4e00 + index)).join(
    ' ',
  )
  expect(read(`${good}\n${talk}`).status).toBe('ok_extracted')
  expect(read(`${good}\n${talk}.`).status).toBe('degenerate')
  expect(read(`\`\`\`json\n${good}\n\`\`\`\n${talk}`).status).toBe('ok_extracted')
})

test('no content is empty, a request that failed is request_error', () => {
  expect(read(null).status).toBe('empty')
  const failed: ParsedRow = { id: 'x', customId: 'c', ok: false, content: null, error: { message: 'no' } }
  expect(readVerdict(failed, rubric).fields['recommendation']).toEqual({ status: 'request_error' })
})

test('a bare word counts only where the rubric says so', () => {
  const bare = {
    ...rubric,
    accept: 'bare' as const,
    fields: { recommendation: { ...rubric.fields['recommendation']! } },
  }
  expect(readVerdict(answer('Yes'), bare)).toMatchObject({ status: 'ok', fields: { recommendation: { value: 'Yes' } } })
  expect(readVerdict(answer('yes'), bare)).toMatchObject({ status: 'repaired' })
  for (const text of ['I would say Yes', 'Yes.', 'Definitely', '"Yes"'])
    expect(readVerdict(answer(text), bare).status).toBe('no_json')
  const number = {
    accept: 'bare' as const,
    fields: { score: { type: 'number' as const, path: '/score', tolerance: 0, primary: true, required: true } },
  }
  expect(readVerdict(answer('7.5'), number)).toMatchObject({ status: 'ok', fields: { score: { value: 7.5 } } })
  expect(readVerdict(answer('about 7'), number).status).toBe('no_json')
})

test('a number in quotes is repaired, one beyond all bounds is none', () => {
  const rubricOfNumber = {
    accept: 'json' as const,
    fields: { score: { type: 'number' as const, path: '/score', tolerance: 0, primary: true, required: true } },
  }
  const readNumber = (value: string) => readVerdict(answer(`{"score":${value}}`), rubricOfNumber).fields['score']
  expect(readNumber('3')).toEqual({ status: 'ok', value: 3 })
  expect(readNumber('" 3.5 "')).toEqual({ status: 'repaired', value: 3.5 })
  for (const value of ['1e999', `"${'9'.repeat(400)}"`, '"3 of 5"', '"0x10"', 'true'])
    expect(readNumber(value)).toEqual({ status: 'schema_error' })
})

test('a cut answer is never repaired into a verdict', () => {
  for (let end = 1; end < good.length; end++) {
    const verdict = read(good.slice(0, end), 'length')
    expect(verdict.fields['recommendation']?.value).toBeUndefined()
  }
})

test('hostile keys find nothing', () => {
  expect(read('{"__proto__":{"value":"Yes"},"constructor":1}').status).toBe('schema_error')
})

test('never throws, never usable outside the scale', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.string().map((inner) => `{"recommendation":{"value":${JSON.stringify(inner)}},"is_engineer":true}`),
    fc.tuple(fc.string(), fc.nat(good.length)).map(([noise, at]) => good.slice(0, at) + noise + good.slice(at)),
  )
  fc.assert(
    fc.property(text, fc.constantFrom('stop', 'length'), (content, finishReason) => {
      const verdict = read(content, finishReason)
      expect(verdictStatuses).toContain(verdict.status)
      const field = verdict.fields['recommendation']!
      if (field.value !== undefined) expect(scale).toContain(field.value)
      if (isUsable(verdict.status)) expect(scale).toContain(field.value)
    }),
    { numRuns: 500 },
  )
})

test('the order of members changes nothing', () => {
  const others = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 6 })
  const members = others.chain((more) =>
    fc.shuffledSubarray(
      Object.entries({ ...more, recommendation: { reasoning: 'solid', value: 'Yes' }, is_engineer: true }),
      { minLength: Object.keys(more).length },
    ),
  )
  fc.assert(
    fc.property(members, (entries) => {
      const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
      expect(read(spell(entries))).toEqual(read(spell(sorted)))
    }),
  )
})

/** Object.fromEntries would put keys that look like numbers first. */
function spell(entries: readonly (readonly [string, unknown])[]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`
}

test('what parsed is never changed by a repair', () => {
  const value = fc.oneof(fc.constantFrom<unknown>(...scale, 'yes', ' No', "it's", 'a,]', '{'), fc.jsonValue())
  const object = fc.record({
    recommendation: fc.record({ value, reasoning: fc.string() }),
    is_engineer: fc.jsonValue(),
  })
  fc.assert(
    fc.property(object, fc.constantFrom('', 'So: '), (found, before) => {
      const { status, fields } = read(before + JSON.stringify(found))
      if (status === 'degenerate') return
      const { recommendation } = fields
      const wasOnScale = scale.includes(found.recommendation.value as string)
      expect(isUsable(recommendation?.status ?? 'empty')).toBe(wasOnScale)
      if (wasOnScale) expect(recommendation?.value).toBe(found.recommendation.value)
      expect(recommendation?.reasoning).toBe(found.recommendation.reasoning)
    }),
  )
})

const words = (length: number) => {
  let text = ''
  for (let index = 0; text.length < length; index++) text += `w${(index * 7919) % 100_003} `
  return text
}
test.each<[string, (length: number) => string]>([
  ['prose', words],
  ['one object', (length) => good.replace('solid', words(length))],
  ['a loop', (length) => '{"value": Software, True], '.repeat(length / 27)],
  ['brackets that never close', (length) => '{['.repeat(length / 2)],
  ['brackets that never open', (length) => ']}'.repeat(length / 2)],
  ['deep brackets', (length) => '['.repeat(length / 2) + ']'.repeat(length / 2)],
  ['many objects', (length) => words(length).replaceAll(' ', ' {"a":1} ')],
  ['many fences', (length) => words(length).replaceAll(' ', '\n```\n{x\n')],
  ['numbers without commas', (length) => `{a:[${words(length).replaceAll('w', '')}]}`],
  ['stray quotes', (length) => `{"a":"${words(length).replaceAll(' ', '" ')}"}`],
  ['spaces', (length) => `a${' '.repeat(length)}b`],
  ['open thoughts', (length) => words(length).replaceAll(' ', ' <think> ')],
])('%s: sixteen times the length takes nothing like 256 times the work', (_name, make) => {
  const seconds = (length: number) => {
    const text = make(length)
    const runs = [0, 1, 2].map(() => {
      const before = process.cpuUsage()
      read(text)
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1e6
    })
    return Math.min(...runs)
  }
  seconds(1 << 16)
  // a hundredth of a second is lost in noise
  expect(seconds(1 << 20)).toBeLessThan(100 * Math.max(seconds(1 << 16), 0.01))
})
