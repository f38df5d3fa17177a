import { fileURLToPath } from 'node:url'
import { readLedger, readRunColumns } from 'registry/node'
import { importResults } from '../../actions/import-results/import-results.ts'
import { peakBytes } from '../run/peak-bytes.ts'

export interface ImportConfig {
  ledger: string
  old: string
  /** read each run's verdicts into columns, too */
  columns: boolean
}

export interface ImportUsage {
  rows: number
  runs: number
  importSeconds: number
  columnSeconds: number
  /** VmHWM, in bytes */
  peakBytes: number
}

export const importProgram = fileURLToPath(import.meta.url)

if (import.meta.main) {
  const config = JSON.parse(process.argv[2] ?? '') as ImportConfig
  process.stdout.write(`${JSON.stringify(await runImport(config))}\n`)
}

/** `batchledger import --apply`, and what a site or a comparison reads from it. */
async function runImport({ ledger, old, columns }: ImportConfig): Promise<ImportUsage> {
  const start = performance.now()
  const { applied } = await importResults({
    ledger,
    paths: [old],
    map: {},
    given: { privacy: 'synthetic' },
    apply: true,
  })
  const imported = performance.now()
  const { runs, catalog } = await readLedger(ledger)
  const rubric = catalog.rubrics.get('bench')
  if (columns && rubric) for (const { meta } of runs) await readRunColumns(ledger, meta, rubric)
  return {
    rows: runs.reduce((sum, { meta }) => sum + meta.results.success, 0),
    runs: applied?.imported.length ?? 0,
    importSeconds: (imported - start) / 1000,
    columnSeconds: (performance.now() - imported) / 1000,
    peakBytes: peakBytes(),
  }
}
