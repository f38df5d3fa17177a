import fc from 'fast-check'
import { expect, test } from 'vitest'
import { neutraliseLog } from './neutralise-log.ts'

test('workflow commands, escapes and control characters are dead text', () => {
  expect(neutraliseLog('::set-env name=A::b\r\n##[add-path]/x\u001B[31mred\u0007')).toBe(
    ': :set-env name=A: :b\n## [add-path]/xred�',
  )
})

test('whatever comes in, no runner reads a command in it', () => {
  const part = fc.constantFrom(':', '::', '#', '##[', '\r', '\u001B[', 'm', 'x', '\n')
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const text = neutraliseLog(parts.join(''))
      expect(text).not.toMatch(/::|##\[|\u001B|\r/)
    }),
  )
})
