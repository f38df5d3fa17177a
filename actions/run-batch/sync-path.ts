import { open } from 'node:fs/promises'

/** Brings a file or a folder's entries to the disk, so that a power cut can't take it back. @throws the file system's error */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
