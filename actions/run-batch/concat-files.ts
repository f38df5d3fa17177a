import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** Joins files in order into a new one, streamed. @throws the file system's error */
export async function concatFiles(paths: readonly string[], target: string): Promise<void> {
  await pipeline(
    async function* () {
      for (const path of paths) yield* createReadStream(path)
    },
    createWriteStream(target, { flags: 'wx' }),
  )
}
