import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { RunColumns } from '../columns/run-columns.ts'
import { packIds, unpackIds, type PackedIds } from './pack-ids.ts'
import type { ScannedLines, ScanSettings } from './scan-lines.ts'

/** Bytes go to the worker and come back, so that a few buffers serve a whole file. */
export interface ScanTask {
  part: number
  buffer: ArrayBuffer
  length: number
  offset: number
}

export interface ScanDone {
  part: number
  packed: PackedLines
  buffer: ArrayBuffer
}

interface PackedLines extends Omit<ScannedLines, 'columns'> {
  columns: Omit<RunColumns, 'customIds'>
  ids: PackedIds
}

export function packScanned({ columns, ...rest }: ScannedLines): { packed: PackedLines; transfer: ArrayBuffer[] } {
  const { customIds, ...arrays } = columns
  const ids = packIds(customIds)
  const { statuses, promptTokens, completionTokens, offsets, lengths } = columns
  const perField = Object.values(columns.fields).flatMap((field) => [field.statuses, field.codes, field.numbers ?? []])
  const transfer = [ids.ends, statuses, promptTokens, completionTokens, offsets, lengths, ...perField].flatMap(
    (array) => (ArrayBuffer.isView(array) ? [array.buffer as ArrayBuffer] : []),
  )
  return { packed: { ...rest, columns: arrays, ids }, transfer }
}

function unpackScanned({ columns, ids, ...rest }: PackedLines): ScannedLines {
  return { ...rest, columns: { ...columns, customIds: unpackIds(ids) } }
}

/** The bundle of workflow steps has the program beside it too, as JavaScript. */
const program = new URL(`./scan-worker${extname(import.meta.url)}`, import.meta.url)

/** A thread ended before its work did; the cause is what ended it. */
export class ScanThreadError extends Error {}

/** Worker threads that scan lines; each has at most two tasks. */
export class ScanPool {
  readonly #workers: { worker: Worker; tasks: number }[]
  readonly #spare: ArrayBuffer[] = []
  readonly #done: (ScannedLines | undefined)[] = []
  #parts = 0
  #failure: Error | undefined
  #wake = (): void => undefined

  constructor(threads: number, settings: ScanSettings) {
    this.#workers = Array.from({ length: threads }, () => {
      const worker = new Worker(program, {
        workerData: settings,
        resourceLimits: { maxYoungGenerationSizeMb: 32 },
      })
      const entry = { worker, tasks: 0 }
      worker.on('message', ({ part, packed, buffer }: ScanDone) => {
        entry.tasks--
        this.#spare.push(buffer)
        this.#done[part] = unpackScanned(packed)
        this.#wake()
      })
      worker.once('error', (error) => {
        this.#failure = new ScanThreadError('a scanning thread ended', { cause: error })
        this.#wake()
      })
      return entry
    })
  }

  /** A buffer of at least that many bytes, once a worker has room for a task. @throws ScanThreadError */
  async takeBuffer(bytes: number): Promise<ArrayBuffer> {
    await this.#until(() => this.#workers.some(({ tasks }) => tasks < 2))
    const spare = this.#spare.pop()
    return spare && spare.byteLength >= bytes ? spare : new ArrayBuffer(bytes)
  }

  scan(buffer: ArrayBuffer, length: number, offset: number): void {
    const entry = this.#workers.reduce((least, other) => (other.tasks < least.tasks ? other : least))
    entry.tasks++
    entry.worker.postMessage({ part: this.#parts++, buffer, length, offset } satisfies ScanTask, [buffer])
  }

  /** All parts in the order they were given. @throws ScanThreadError */
  async finish(): Promise<ScannedLines[]> {
    await this.#until(() => this.#workers.every(({ tasks }) => tasks === 0))
    return this.#done as ScannedLines[]
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map(({ worker }) => worker.terminate()))
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.#failure) throw this.#failure
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
