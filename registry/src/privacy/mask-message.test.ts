import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskMessage } from './mask-message.ts'

test('digits and quoted text are masked, the sentence stays', () => {
  expect(maskMessage("The model's limit is 2,048 tokens; your 'name: Ada' has 3000")).toBe(
    "The model's limit is N tokens; your '…' has N",
  )
})

test('never a digit, a line break or more than 240 characters', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 600 }), (message) => {
      const masked = maskMessage(message)
      expect(masked).not.toMatch(/[0-9\n\r\0]/)
      expect(masked.length).toBeLessThanOrEqual(240)
    }),
  )
})
