import fc from 'fast-check'
import { parseRow } from 'registry'
import { expect, test } from 'vitest'
import { readAnswer, rowLine, type Answer } from './row-line.ts'

const usage = fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat() })
const choice = fc.record(
  {
    message: fc.record({ role: fc.constant('assistant'), content: fc.option(fc.string({ unit: 'grapheme' })) }),
    finish_reason: fc.constantFrom('stop', 'length', null),
  },
  { requiredKeys: ['message'] },
)
const body = fc.oneof(
  fc.record({ id: fc.string(), model: fc.string(), choices: fc.array(choice), usage: fc.option(usage) }),
  fc.record({ error: fc.record({ message: fc.string(), code: fc.oneof(fc.nat(), fc.string(), fc.constant(null)) }) }),
  fc.dictionary(fc.string(), fc.jsonValue()),
)
const spacing = fc.constantFrom(undefined, 1, '\r\n')
const answered = fc
  .record({ status: fc.constantFrom(200, 400, 404, 429, 500), requestId: fc.string(), json: fc.option(body), spacing })
  .map(({ status, requestId, json, spacing: indent }): Answer => {
    const text = json === null ? '<html>bad gateway</html>' : JSON.stringify(json, null, indent)
    return { status, requestId, text, json: json ?? undefined }
  })
const answer = fc.oneof(
  answered,
  fc.string().map((failure): Answer => ({ failure })),
)

test('what is counted of an answer is what its line in the journal says', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), answer, (customId, given) => {
      const line = rowLine('run', customId, given)
      expect(line).not.toMatch(/[\r\n]/)
      expect(parseRow(line)).toEqual({ row: readAnswer('run', customId, given) })
    }),
  )
})
