import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { importResults, type ImportInputs, type ImportOutcome } from '../../actions/import-results/import-results.ts'
import { makeFolder, makeLedger, type TestLedger } from './make-ledger.ts'

export interface ImportScene {
  ledger: TestLedger
  /** a folder beside the ledger, for old files */
  old: string
  put(name: string, data: string | Uint8Array): Promise<void>
  import(inputs?: Partial<ImportInputs>): Promise<ImportOutcome>
}

/** A small ledger and a folder of old files beside it. */
export async function makeImportScene(): Promise<ImportScene> {
  const ledger = await makeLedger(3)
  const old = join(await makeFolder(), 'old')
  await mkdir(old, { recursive: true })
  return {
    ledger,
    old,
    put: async (name, data) => {
      await mkdir(dirname(join(old, name)), { recursive: true })
      await writeFile(join(old, name), data)
    },
    import: (inputs) =>
      importResults({
        ledger: ledger.folder,
        paths: [old],
        map: {},
        given: { privacy: 'synthetic' },
        apply: true,
        ...inputs,
      }),
  }
}
