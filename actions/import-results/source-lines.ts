import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'

/** A line of a file as it is: without its line break, a byte order mark and the spaces around it; never blank. */
export interface SourceLine {
  bytes: Buffer
  /** 1 for the first line */
  number: number
  /** false for a last line without a line break: it may be torn */
  ended: boolean
  finding?: never
}

/** A place where bytes can't be read as lines. */
export interface DamagedLine {
  finding: string
  number: number
}

export type Compression = 'gzip' | 'zstd' | 'none'

/** Beyond this a line is told and skipped, so that a file without line breaks can't fill the memory. */
const longestLine = 64 << 20
const chunkBytes = 1 << 17

/** By its first bytes, whatever the name says (RFC 1952; RFC 8878). */
export function compressionOf(start: Buffer): Compression {
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip'
  if (start.length >= 4 && start.readUInt32LE(0) === 0xfd2fb528) return 'zstd'
  return 'none'
}

/** The first bytes of a file. @throws the file system's error */
export async function readStart(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * A file's bytes, decompressed. `onRaw` sees the file's own bytes on the way. A stream that ends early or is damaged gives
 * what could be read, then throws a DamagedStream. @throws the file system's error
 */
export async function* readBytes(path: string, onRaw?: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  const compression = compressionOf(await readStart(path, 4))
  const file = createReadStream(path, { highWaterMark: chunkBytes })
  if (compression === 'none') {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      onRaw?.(chunk)
      yield chunk
    }
    return
  }
  const unpacked = compression === 'gzip' ? createGunzip() : createZstdDecompress()
  file.on('data', (chunk) => onRaw?.(chunk as Buffer))
  // an error reaches the reader of `unpacked`, which is where it is dealt with
  pipeline(file, unpacked, () => undefined)
  try {
    yield* unpacked as AsyncIterable<Buffer>
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    throw new DamagedStream(`the ${compression} stream is damaged or ends early`)
  } finally {
    file.destroy()
  }
}

export class DamagedStream extends Error {
  override name = 'DamagedStream'
}

/** The lines of a file that hold something, decompressed; holds one chunk and one line at a time. */
export async function* readSourceLines(
  path: string,
  onRaw?: (chunk: Buffer) => void,
): AsyncGenerator<SourceLine | DamagedLine> {
  let rest: Buffer[] = []
  let restBytes = 0
  let tooLong = false
  let number = 1
  const take = (last: Buffer, ended: boolean): SourceLine | DamagedLine | undefined => {
    const whole = restBytes > 0 ? Buffer.concat([...rest, last]) : last
    rest = []
    restBytes = 0
    if (tooLong) {
      tooLong = false
      return { finding: `the line is longer than ${longestLine >> 20} MiB`, number }
    }
    const bytes = trim(number === 1 ? withoutMark(whole) : whole)
    return bytes.length === 0 ? undefined : { bytes, number, ended }
  }
  try {
    for await (const chunk of readBytes(path, onRaw)) {
      let start = 0
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
        const line = take(chunk.subarray(start, end), true)
        if (line) yield line
        number++
        start = end + 1
      }
      if (start === chunk.length || tooLong) continue
      rest.push(chunk.subarray(start))
      restBytes += chunk.length - start
      if (restBytes <= longestLine) continue
      tooLong = true
      rest = []
      restBytes = 0
    }
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error
    const line = take(Buffer.alloc(0), false)
    if (line) yield line
    yield { finding: `${error.message}: what followed is lost`, number: number + 1 }
    return
  }
  const line = take(Buffer.alloc(0), false)
  if (line) yield line
}

/** Digest and size of a file's own bytes, taken while somebody reads it. */
export class RawDigest {
  readonly #hash = createHash('sha256')
  bytes = 0

  add = (chunk: Buffer): void => {
    this.#hash.update(chunk)
    this.bytes += chunk.length
  }

  finish(): { sha256: string; bytes: number } {
    return { sha256: this.#hash.digest('hex'), bytes: this.bytes }
  }
}

function withoutMark(line: Buffer): Buffer {
  return line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? line.subarray(3) : line
}

function trim(line: Buffer): Buffer {
  let start = 0
  let end = line.length
  const blank = (byte: number | undefined) => byte === 32 || byte === 13 || byte === 9
  while (end > start && blank(line[end - 1])) end--
  while (start < end && blank(line[start])) start++
  return line.subarray(start, end)
}
