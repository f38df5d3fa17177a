import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'

/**
 * Writes a small file whole or not at all. What stood at the path is replaced, also a link: another user of a shared
 * folder can't have us write through it.
 * @param mode who may read it from its first byte on, where that isn't everybody
 */
export async function replaceFile(path: string, text: string, mode = 0o666): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`
  try {
    await writeFile(partial, text, { flag: 'wx', mode })
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
