import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchReport } from '../figure.ts'
import { measureColumns } from './measure-columns.ts'
import { measureLedger } from './measure-ledger.ts'

const measurements = [measureColumns, measureLedger]

/** What becomes of rows after a run: columns of a large one, and a ledger of many small ones. */
export async function benchFigures(): Promise<BenchReport> {
  const report: Required<BenchReport> = { parts: [], versions: {} }
  for (const measure of measurements) {
    const folder = await mkdtemp(join(tmpdir(), 'batchledger-bench-'))
    try {
      const { parts, versions } = await measure(folder)
      report.parts.push(...parts)
      Object.assign(report.versions, versions)
    } finally {
      await rm(folder, { recursive: true })
    }
  }
  return report
}
