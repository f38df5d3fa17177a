import { parseRow } from 'registry'
import { expect, test } from 'vitest'
import { Brakes } from './brakes.ts'

const row = (status: number, body: object) => {
  const text = JSON.stringify({
    id: 'x',
    custom_id: 'a',
    response: { status_code: status, request_id: 'r', body },
    error: status === 200 ? null : { message: 'no chat template', code: 400 },
  })
  const { row: parsed } = parseRow(text)
  if (!parsed) throw new Error('the test has no row')
  return parsed
}
const refused = row(400, { error: { message: 'no chat template', code: 400 } })
const answered = row(200, { choices: [{ message: { content: 'yes' }, finish_reason: 'stop' }] })

test('the rest waits while each canary row was refused, and no longer than to the first that was not', () => {
  const brakes = new Brakes({ maxErrorRate: 1, minParseRate: 0 }, undefined, 5, 'synthetic')
  for (let index = 0; index < 3; index++) {
    brakes.add(refused, true)
    expect(brakes.canaryIsOut).toBe(true)
  }
  brakes.add(answered, true)
  expect(brakes.canaryIsOut).toBe(false)
  brakes.add(refused, true)
  expect(brakes.pulled).toBeUndefined()
})

test('five refusals of five pull the brake', () => {
  const brakes = new Brakes({ maxErrorRate: 1, minParseRate: 0 }, undefined, 5, 'synthetic')
  for (let index = 0; index < 5; index++) brakes.add(refused, true)
  expect(brakes.pulled?.code).toBe('canary')
})
