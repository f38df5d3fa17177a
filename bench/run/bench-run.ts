import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnInstantServer } from '../../test/servers/spawn-server.ts'
import type { BenchReport } from '../figure.ts'
import { measureClient, type Bench } from './measure-client.ts'
import { measureAssembly } from './measure-assembly.ts'
import { measureMemory } from './measure-memory.ts'
import { measureOrder } from './measure-order.ts'
import { measureSync } from './measure-sync.ts'
import { pinServer } from './run-pinned.ts'
import { writeBenchLedger } from './write-bench-ledger.ts'

/** Assembly takes the journal that memory leaves. */
const measurements = [measureClient, measureMemory, measureOrder, measureAssembly, measureSync]

/** A run's own cost, where the engine costs nothing. */
export async function benchRun(): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-bench-'))
  try {
    await using server = await spawnInstantServer()
    pinServer(server.pid)
    const bench: Bench = { folder, ledger: join(folder, 'ledger'), baseUrl: server.baseUrl }
    await writeBenchLedger(bench.ledger, [20_000, 200_000])
    const report: Required<BenchReport> = { parts: [], versions: {} }
    for (const measure of measurements) {
      const { parts, versions } = await measure(bench)
      report.parts.push(...parts)
      Object.assign(report.versions, versions)
    }
    return report
  } finally {
    await rm(folder, { recursive: true })
  }
}
