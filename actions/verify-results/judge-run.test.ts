import { ColumnsBuilder, readRow, type RunMeta } from 'registry'
import { expect, test } from 'vitest'
import { readExampleMeta } from '../../test/support/read-example-meta.ts'
import { formatShare, judgeRun, parseRateOf, type JudgedFigures } from './judge-run.ts'

const meta = await readExampleMeta()
const withSpeed = (rate: number | undefined): RunMeta => {
  const { req_per_sec: _, ...execution } = meta.execution
  return {
    ...meta,
    run_id: 'before',
    execution: { ...execution, ...(rate === undefined ? {} : { req_per_sec: rate }) },
  }
}
const none = { reason: 'nothing there' }
const figures = (change: Partial<JudgedFigures>): JudgedFigures => ({
  meta,
  comparable: { verdicts: none, speed: none },
  parseRate: none,
  agreement: none,
  ...change,
})
const speed = (before: number | undefined, now: number | undefined) => {
  const comparable = { verdicts: none, speed: { run: withSpeed(before) } }
  return judgeRun({ max_speed_drop: 20 }, figures({ meta: withSpeed(now), comparable }))[0]
}

test('what is not asked is not judged', () => {
  expect(judgeRun({}, figures({}))).toEqual([])
})

test('a limit is met at its own value', () => {
  const gates = { min_success_rate: 100, min_parse_rate: 90, min_agreement: 0.8 }
  const agreement = { paired: 10, equal: 8, agreement: 0.8, dropped: {} }
  const met = judgeRun(gates, figures({ parseRate: { value: 90 }, agreement }))
  expect(met.map(({ ok }) => ok)).toEqual([true, true, true])
  const low = { ...meta, results: { ...meta.results, success_rate: 99.996 } }
  const missed = judgeRun(
    gates,
    figures({ meta: low, parseRate: { value: 89.9999 }, agreement: { ...agreement, agreement: 0.79999 } }),
  )
  expect(missed.map(({ ok }) => ok)).toEqual([false, false, false])
  expect(missed.map(({ reason }) => reason)).toEqual([
    'answered well: 99.99 %, wanted at least 100 %',
    'usable verdicts: 89.9999, wanted at least 90 %',
    'raw agreement over 10 items: 0.79999, wanted at least 0.8',
  ])
})

test('speed is judged against the run before: 20 % slower is met, more is not, faster is', () => {
  expect(speed(10, 8)).toMatchObject({ ok: true, found: 20 })
  expect(speed(10, 7.9)).toMatchObject({
    ok: false,
    found: 21,
    reason: '7.90 req/s against 10.00 before: 21 % slower, wanted at most 20 % slower',
  })
  expect(speed(10, 12)).toMatchObject({
    ok: true,
    found: -20,
    reason: expect.stringContaining('not slower') as unknown,
  })
})

test('a figure nobody has is said, not guessed', () => {
  const gates = { min_success_rate: 1, min_parse_rate: 1, max_speed_drop: 1, min_agreement: 0 }
  const { success_rate: _, ...results } = meta.results
  const judged = judgeRun(gates, figures({ meta: { ...meta, results } }))
  expect(judged.map(({ ok, found }) => [ok, found])).toEqual(Array.from({ length: 4 }, () => [null, undefined]))
  expect(judged.map(({ reason }) => reason)).toEqual([
    'the run has no success rate',
    'nothing there',
    'nothing there',
    'nothing there',
  ])
  expect(judgeRun({ min_agreement: 0 }, figures({ agreement: { paired: 0, equal: 0, dropped: {} } }))[0]).toMatchObject(
    { ok: null, reason: 'no item has a usable verdict in both runs' },
  )
  for (const [before, now] of [
    [undefined, 1],
    [1, undefined],
    [0, 1],
  ])
    expect(speed(before, now)?.ok).toBeNull()
})

test('the parse rate is over the rows that were answered well', () => {
  const builder = new ColumnsBuilder({
    accept: 'json',
    fields: { said: { type: 'boolean', path: '/v', required: true, primary: true } },
  })
  const answer = (content: string | null) =>
    readRow({
      id: 'i',
      custom_id: `${content}`,
      response:
        content === null ? null : { status_code: 200, request_id: 'r', body: { choices: [{ message: { content } }] } },
      error: content === null ? 'lost' : null,
    })
  for (const content of ['{"v":true}', 'So: {"v":false}', '{"v":"true"}', 'no', null])
    builder.addRow(answer(content).row ?? expect.fail('no row'), 0, 0)
  expect(parseRateOf(builder.finish())).toBe(50)
  expect(parseRateOf({ statuses: new Uint8Array(3) })).toBeUndefined()
})

test('a share is never rounded up to 1', () => {
  expect([1, 0.9999, 0.8125, 0].map(formatShare)).toEqual(['1', '0.999', '0.813', '0'])
})
