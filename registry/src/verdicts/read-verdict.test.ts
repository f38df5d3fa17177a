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
  expect(readVerdict(answer('I would say Yes'), bare).status).toBe('no_json')
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
  const turned = '{"is_engineer":true,"recommendation":{"reasoning":"solid","value":"Yes"}}'
  expect(read(turned)).toEqual(read(good))
})
