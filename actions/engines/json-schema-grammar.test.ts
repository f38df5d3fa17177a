import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { fetchLlamaCpp } from '../fetch-weights/fetch-engine.ts'
import { jsonObjectGrammar, jsonSchemaGrammar, SchemaError } from './json-schema-grammar.ts'

interface Grammar {
  _testText(text: string): boolean
}
let compile: (grammar: string) => Promise<Grammar>

// llama.cpp's own parser decides: a text is accepted when it is a whole sentence of the grammar
beforeAll(async () => {
  const { path } = await fetchLlamaCpp({ cacheRoot: cacheFolder(process.env), report: () => undefined })
  const entry = pathToFileURL(join(path, 'node_modules/node-llama-cpp/dist/index.js')).href
  const { getLlama } = (await import(/* @vite-ignore */ entry)) as { getLlama: (options: object) => Promise<Llama> }
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'disabled', progressLogs: false })
  compile = (grammar) => llama.createGrammar({ grammar })
})

interface Llama {
  createGrammar(options: { grammar: string }): Promise<Grammar>
}

const verdict = {
  type: 'object',
  additionalProperties: false,
  required: ['value', 'reasoning'],
  properties: {
    value: { type: 'integer', minimum: 1, maximum: 5 },
    reasoning: { type: 'string', maxLength: 10, description: 'one sentence' },
  },
}

describe.each<[string, unknown, string[], string[]]>([
  [
    'a verdict',
    verdict,
    ['{"value": 1, "reasoning": ""}', '{"value": 5, "reasoning": "a \\"b\\" é"}'],
    [
      '{"value": 6, "reasoning": ""}',
      '{"value": 0, "reasoning": ""}',
      '{"value": 1}',
      '{"value": 1, "reasoning": "12345678901"}',
      '{"value": 1, "reasoning": "", "more": 1}',
      '{"reasoning": "", "value": 1}',
      '{"value": 1,\n"reasoning": ""}',
      '{"value": 1, "reasoning": "two\nlines"}',
    ],
  ],
  [
    'optional properties',
    { type: 'object', required: ['b'], properties: { a: { type: 'null' }, b: { type: 'null' }, c: { type: 'null' } } },
    ['{"b": null}', '{"a": null, "b": null}', '{"b": null, "c": null}', '{"a": null, "b": null, "c": null}'],
    ['{}', '{"a": null}', '{"a": null, "c": null}', '{, "b": null}'],
  ],
  ['all optional', { type: 'object', properties: { a: { type: 'null' } } }, ['{}', '{"a": null}'], ['{"b": null}']],
  [
    'other properties of one type',
    { type: 'object', properties: { a: { const: 1 } }, required: ['a'], additionalProperties: { type: 'boolean' } },
    ['{"a": 1}', '{"a": 1, "x": true, "y": false}'],
    ['{"x": true}', '{"a": 1, "x": 2}'],
  ],
  ['an enum', { enum: ['Yes', 'No "x"', 3, null] }, ['"Yes"', '"No \\"x\\""', '3', 'null'], ['"yes"', '4']],
  ['several types', { type: ['string', 'null'] }, ['"a"', 'null'], ['1']],
  ['either of two', { anyOf: [{ type: 'boolean' }, { const: 'unsure' }] }, ['true', '"unsure"'], ['"sure"']],
  [
    'a list with bounds',
    { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 },
    ['[1]', '[-1, 20]'],
    ['[]', '[1, 2, 3]', '[01]'],
  ],
  ['a pair', { type: 'array', prefixItems: [{ const: 'a' }, { const: 1 }], items: false }, ['["a", 1]'], ['["a"]']],
  ['a share', { type: 'number', minimum: 0, maximum: 1 }, ['0', '0.25', '1', '1.0'], ['1.5', '-1', '2']],
  ['from one up', { type: 'integer', minimum: 1 }, ['1', '250'], ['0', '-3']],
  [
    'a schema that refers to itself',
    { $ref: '#/$defs/node', $defs: { node: { type: 'array', items: { $ref: '#/$defs/node' } } } },
    ['[]', '[[], [[]]]'],
    ['[1]'],
  ],
  ['anything', true, ['{"a": [1, null]}', '"x"', '-1.5e3'], ['{a: 1}', 'text']],
])('%s', (_, schema, good, bad) => {
  test('is held to', async () => {
    const grammar = await compile(jsonSchemaGrammar(schema))
    for (const text of good) {
      JSON.parse(text)
      expect([text, grammar._testText(text)]).toEqual([text, true])
    }
    for (const text of bad) expect([text, grammar._testText(text)]).toEqual([text, false])
  })
})

test('json_object is any object and nothing else', async () => {
  const grammar = await compile(jsonObjectGrammar())
  expect(grammar._testText('{"a": {"b": [true, "x"]}}')).toBe(true)
  expect(grammar._testText('[1]')).toBe(false)
})

test.each<[unknown, string]>([
  [{ type: 'string', pattern: '^a' }, '#/pattern: this keyword is not supported'],
  [{ type: 'object', properties: { a: { not: {} } } }, '#/properties/a/not: this keyword'],
  [{ type: 'string', maxLength: 5000 }, '#/maxLength: 5000 is not supported'],
  [{ type: 'integer', minimum: 7 }, '#/minimum: without a maximum'],
  [{ type: 'object', properties: {}, required: ['a'] }, '#/required: "a" is not among the properties'],
  [{ $ref: '#/$defs/none' }, '#/$ref: #/$defs/none points at nothing'],
  [{ type: 'text' }, '#/type: unknown type "text"'],
  ['string', '#: expected a schema object'],
])('%j is refused, with its place', (schema, message) => {
  expect(() => jsonSchemaGrammar(schema)).toThrow(SchemaError)
  expect(() => jsonSchemaGrammar(schema)).toThrow(message)
})
