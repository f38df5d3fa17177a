import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { scanLines, type ScannedLines, type ScanSettings } from './scan-lines.ts'
import { ScanPool, ScanThreadError } from './scan-pool.ts'

const usualChunk = 1 << 22
/** Threads take a twentieth of a second to start, in which one thread reads this much. */
const worthThreads = 1 << 25

export interface ScannedFile {
  parts: ScannedLines[]
  sha256: string
  bytes: number
}

export interface ScanOptions {
  /** worker threads, 0 for none; left out: as many as there are cores where the file is large */
  threads?: number
  chunkBytes?: number
}

/**
 * Scans a run's .jsonl in one pass: the digest is of the very bytes that were scanned. Large files go to worker threads;
 * memory holds a few chunks of 4 MiB (or one line, where a line is longer).
 * @throws the file system's error
 */
export async function scanFile(
  path: string,
  settings: ScanSettings,
  { threads, chunkBytes = usualChunk }: ScanOptions = {},
): Promise<ScannedFile> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const wanted = threads ?? (size < worthThreads ? 0 : Math.min(availableParallelism(), 8))
    const source = { file, size, chunkBytes }
    const inThreads = wanted > 0 ? await scanInThreads(source, settings, wanted) : undefined
    return inThreads ?? (await scanHere(source, settings))
  } finally {
    await file.close()
  }
}

interface Source {
  file: FileHandle
  /** bytes when it was opened: a hint */
  size: number
  chunkBytes: number
}

async function scanHere(source: Source, settings: ScanSettings): Promise<ScannedFile> {
  const parts: ScannedLines[] = []
  let buffer = new ArrayBuffer(0)
  const read = await readChunks(source, {
    takeBuffer: (bytes) => Promise.resolve(buffer.byteLength < bytes ? (buffer = new ArrayBuffer(bytes)) : buffer),
    scan: (chunk, length, offset) => void parts.push(scanLines(Buffer.from(chunk, 0, length), offset, settings)),
  })
  return { parts, ...read }
}

/** Undefined where a thread ended early, e.g. since node strips no types in a package: one thread does it then. */
async function scanInThreads(
  source: Source,
  settings: ScanSettings,
  threads: number,
): Promise<ScannedFile | undefined> {
  const pool = new ScanPool(threads, settings)
  try {
    const read = await readChunks(source, pool)
    return { parts: await pool.finish(), ...read }
  } catch (error) {
    if (error instanceof ScanThreadError) return undefined
    throw error
  } finally {
    await pool.close()
  }
}

/** Reads a file once, digests it and hands out its whole lines chunk by chunk. An empty file is one empty chunk. */
async function readChunks(
  { file, size, chunkBytes }: Source,
  sink: Pick<ScanPool, 'takeBuffer' | 'scan'>,
): Promise<Omit<ScannedFile, 'parts'>> {
  const hash = createHash('sha256')
  let rest = Buffer.alloc(0)
  let position = 0
  for (;;) {
    // one byte more than is left, so that the end is seen without another chunk; twice as much where a line is longer
    const wanted = Math.min(Math.max(chunkBytes, rest.length), Math.max(size - position, 0) + 1)
    const buffer = await sink.takeBuffer(rest.length + wanted)
    const bytes = Buffer.from(buffer)
    rest.copy(bytes)
    let filled = rest.length
    let ended = false
    while (filled < bytes.length && !ended) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, position)
      ended = bytesRead === 0
      hash.update(bytes.subarray(filled, filled + bytesRead))
      filled += bytesRead
      position += bytesRead
    }
    const end = ended ? filled : bytes.lastIndexOf(10, filled - 1) + 1
    const offset = position - filled
    rest = Buffer.from(bytes.subarray(end, filled))
    sink.scan(buffer, end, offset)
    if (ended) return { sha256: hash.digest('hex'), bytes: position }
  }
}
