import { open } from 'node:fs/promises'

/** The file starts as a Git LFS pointer does (git-lfs, docs/spec.md). False where there is no file. */
export async function isPointer(path: string): Promise<boolean> {
  const start = Buffer.alloc(64)
  try {
    const file = await open(path)
    try {
      await file.read(start, 0, 64, 0)
    } finally {
      await file.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  return start.toString('latin1').startsWith('version https://git-lfs')
}
