import type { RunMeta } from 'registry'
import { expect, test } from 'vitest'
import { remedyOf, remedyOfRun } from './known-remedies.ts'

test.each([
  [{ status: 400, message: 'default chat template is no longer allowed' }, /instruction-tuned/],
  [{ status: 400, message: 'This model’s maximum context length is N tokens' }, /max_model_len/],
  [{ message: 'torch.OutOfMemoryError: CUDA out of memory.' }, /memory was too small/],
  [{ message: 'engine stopped answering: connection reset' }, /asks these rows again/],
  [{ message: 'no answer within 600 s' }, /asks these rows again/],
  [{ status: 429, message: 'slow down' }, /--concurrency/],
  [{ status: 503, message: 'busy' }, /asks them again/],
  [{ status: 401, message: 'nope' }, /key/],
])('%o has its mend', (cause, mend) => {
  expect(remedyOf(cause)).toMatch(mend)
})

test('what nobody knows gets no mend', () => {
  expect(remedyOf({ status: 400, message: 'bad things' })).toBeUndefined()
  expect(remedyOf({ message: 'odd' })).toBeUndefined()
})

test('a run’s mend: its cause before its code, a row’s cause without a failure', () => {
  const results = { missing: 0, error_causes: [] } as unknown as RunMeta['results']
  const failed = (code: string, message: string) => remedyOfRun({ failure: { code, message }, results })
  expect(failed('canary', 'each of the first 11 rows was refused: HTTP 400: no chat template')).toMatch(/chat_template/)
  expect(failed('canary', 'each of the first 11 rows was refused: HTTP 400: eh')).toMatch(/Every sample row/)
  expect(failed('constructor', 'eh')).toBeUndefined()
  expect(remedyOfRun({ results: { ...results, missing: 3 } })).toMatch(/--continues/)
  expect(remedyOfRun({ results })).toBeUndefined()
})
