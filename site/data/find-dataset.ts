import { access } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { Dataset } from 'registry'
import { datasetPath, digestFile, refusePointer } from 'registry/node'

/**
 * The digest of a dataset's file; undefined where it doesn't lie here (it may be on the runner only).
 * @throws UserError when the file is a Git LFS pointer
 */
export async function findDataset(ledger: string, dataset: Dataset): Promise<string | undefined> {
  const path = datasetPath(ledger, dataset)
  try {
    await access(path)
  } catch {
    return undefined
  }
  if (!isAbsolute(dataset.file)) await refusePointer(ledger, dataset.file)
  return (await digestFile(path)).sha256
}
