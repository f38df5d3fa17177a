import { randomUUID } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'

/**
 * Writes a small file whole or not at all. What stood at the path is replaced, also a link: another user of a shared
 * folder can't have us write through it.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`
  await writeFile(partial, text, { flag: 'wx' })
  await rename(partial, path)
}
