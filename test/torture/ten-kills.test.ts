import { expect, test } from 'vitest'
import { findFailures, runTorture } from './run-torture.ts'

test('a job that is killed ten times loses no answer and asks for none twice', { timeout: 120_000 }, async () => {
  const report = await runTorture({ rows: 300, disturbances: 10, gapMs: 250, seed: 20_261_124, kinds: ['kill job'] })
  expect(findFailures(report)).toEqual([])
  expect(report.disturbances).toEqual({ 'kill job': 10 })
  expect(report).toMatchObject({ rowsIn: 300, rowsOut: 300, lost: [], sentAgain: [], equal: true })
  expect(report.starts).toBe(11)
})
