import { expect, test } from 'vitest'
import { failureReason } from './failure-reason.ts'

const results = { total: 4, success: 0, errors: 0, missing: 4, error_causes: [], finish_reasons: {} }

test('the run’s own reason comes first, then the commonest cause, then what is missing', () => {
  const failure = { code: 'no_chat_template', message: 'no chat template' }
  const causes = [{ status: 400, message: 'bad request', count: 4 }]
  expect(failureReason({ status: 'failed', failure, results })).toBe('no chat template')
  expect(failureReason({ status: 'failed', results: { ...results, error_causes: causes } })).toBe(
    'HTTP 400: bad request',
  )
  expect(failureReason({ status: 'partial', results })).toBe('4 of 4 rows are missing')
})

test('a completed run needs no reason', () => {
  expect(failureReason({ status: 'completed', results })).toBeUndefined()
})
