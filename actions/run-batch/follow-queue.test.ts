import { expect, test } from 'vitest'
import { makeLedger } from '../../test/support/make-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import type { EngineFigures } from '../../test/servers/simulated-engine.ts'

test('a run follows the engine’s queue: all slots work, a few requests wait, the queue is not flooded', async () => {
  const [rows, slots, concurrency] = [800, 8, 64]
  const ledger = await makeLedger(rows)
  await using server = await startVllmProtocolServer({
    answer: () => '{"recommendation":{"value":"Yes"}}',
    slots,
    latencyMs: () => 50,
  })
  const seen: EngineFigures[] = []
  const watch = setInterval(() => seen.push(server.figures()), 10)
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl, inputs: { concurrency } })
  clearInterval(watch)
  expect(run.meta.results.success).toBe(rows)

  const most = (figures: readonly EngineFigures[]) => Math.max(...figures.map(({ waiting }) => waiting))
  // before the first looks at the gauge everything allowed is in flight; the last rows leave nothing to wait
  expect(most(seen)).toBeGreaterThan(4 * slots)
  const steady = seen.filter(({ answered }) => answered > rows / 2 && answered < rows - concurrency)
  expect(steady.length).toBeGreaterThan(50)
  expect(most(steady)).toBeLessThan(3 * slots)
  const idle = steady.filter(({ running }) => running < slots)
  expect(idle.length / steady.length).toBeLessThan(0.1)
})
