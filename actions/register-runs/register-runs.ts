import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError, type LedgerIndex } from 'registry'
import { buildIndex, formatJson, indexPath, readLedger, readOptional } from 'registry/node'
import { replaceFile } from '../adapters/replace-file.ts'

export interface RegisterOutcome {
  index: LedgerIndex
  /** false when the file said so already */
  changed: boolean
}

/**
 * Writes results/metadata.json out of the runs' metas; same ledger, same bytes. Committing is left to who calls.
 * @throws UserError with every meta that can't be believed; the index is then left as it was
 */
export async function registerRuns(inputs: { ledger: string }): Promise<RegisterOutcome> {
  const ledger = await readLedger(inputs.ledger)
  if (ledger.problems.length > 0) throw new UserError('the index was not written', ledger.problems)
  const index = buildIndex(ledger.runs, ledger.catalog)
  const path = join(inputs.ledger, indexPath)
  const text = formatJson(index)
  const changed = (await readOptional(path)) !== text
  if (changed) {
    await mkdir(dirname(path), { recursive: true })
    await replaceFile(path, text)
  }
  return { index, changed }
}
