import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A chat template that an entry names; null when there is no such file. */
export async function readTemplate(ledger: string, path: string): Promise<string | null> {
  try {
    return await readFile(join(ledger, path), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
