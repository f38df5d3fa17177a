import { open, truncate, type FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { UserError, describeJsonError, parseRow, type ParsedRow } from 'registry'
import { readLines, type FileLine } from 'registry/node'
import type { EngineInfo, SegmentMeasures } from '../engines/engine.ts'

/** A start of the engine, as it stands in the journal before the first request is sent. */
export interface SegmentStart {
  host: string
  /** when the engine was started, and when the first request was sent: ISO 8601, UTC */
  started_at: string
  sent_at: string
  /** absent where loading can't be told from running */
  load_seconds?: number
  /** first: of the job; resume: a new call went on; restart: the engine had failed */
  why: 'first' | 'resume' | 'restart'
  engine: EngineInfo
}

/** What a row's line says before the row itself, so that nobody parses a row again to count it. */
interface RowHead {
  /** milliseconds since 1970 */
  at: number
  tries: number
  /** answered; final: an error that asking again won't mend; retry: one that it may */
  is: 'ok' | 'final' | 'retry'
  prompt?: number
  completion?: number
  finish?: string
  /** CRC-32 of the row's bytes, so that what is counted from this head is counted of that row */
  crc: number
}

/** Where a row's whole line stands in the journal, in bytes. */
export interface RowPlace {
  offset: number
  length: number
}

export interface JournalSegment extends SegmentStart, SegmentMeasures {
  /** milliseconds since 1970 of its last answer; undefined when it had none */
  lastAnswer?: number
  promptTokens: number
  completionTokens: number
}

/** What a journal says: rows by custom_id (the last line of a row counts) and segments in order. */
export interface JournalState {
  rows: Map<string, RowPlace & { is: RowHead['is'] }>
  segments: JournalSegment[]
  retries: number
  /** bytes up to the end of the last whole line; what follows is torn */
  wholeBytes: number
}

const rowMark = ',"row":'

/** Reads a journal up to a torn last line. A journal that isn't there is empty. Memory: an id and two numbers a row. */
export async function readJournal(path: string): Promise<JournalState> {
  const state: JournalState = { rows: new Map(), segments: [], retries: 0, wholeBytes: 0 }
  try {
    for await (const line of readLines(path)) {
      if (!line.ended) break
      state.wholeBytes = line.offset + line.length + 1
      try {
        readLine(state, line)
      } catch (error) {
        throw new UserError('the journal can’t be read', [
          `${path}:${line.number}: ${describeJsonError(error)}: somebody changed it; mend or remove the line, or start anew with --again`,
        ])
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return state
}

function readLine(state: JournalState, line: FileLine): void {
  if (line.text.startsWith('{"measured":')) {
    const { measured } = JSON.parse(line.text) as { measured: SegmentMeasures }
    return void Object.assign(state.segments.at(-1) ?? {}, measured)
  }
  if (!line.text.startsWith('{"segment":')) return addRow(state, line)
  const { segment } = JSON.parse(line.text) as { segment: SegmentStart }
  state.segments.push({ ...segment, promptTokens: 0, completionTokens: 0 })
}

function addRow(state: JournalState, { text, offset, length }: FileLine): void {
  const mark = text.indexOf(rowMark)
  const head = JSON.parse(`${text.slice(0, mark)}}`) as RowHead
  const id = /"custom_id":("(?:[^"\\]|\\.)*")/.exec(text.slice(mark, mark + 2000))?.[1] ?? longId(text, mark)
  state.rows.set(JSON.parse(id) as string, { offset, length, is: head.is })
  state.retries += head.tries - 1
  const segment = state.segments.at(-1)
  if (!segment) return
  segment.lastAnswer = head.at
  if (head.is !== 'ok') return
  segment.promptTokens += head.prompt ?? 0
  segment.completionTokens += head.completion ?? 0
}

function longId(text: string, mark: number): string {
  const { row } = JSON.parse(text) as { row: { custom_id: string } }
  if (typeof row.custom_id !== 'string') throw new Error(`a journal line without custom_id at ${mark}`)
  return JSON.stringify(row.custom_id)
}

/**
 * An append-only file of answered rows. A row counts once its line is on the disk: `append` settles after the sync.
 * Lines that arrive while a sync is under way share the next one (group commit). After a write error nothing more is
 * written, so that a torn line can only be the last.
 */
export class Journal {
  readonly #file: FileHandle
  #waiting: { line: string; resolve: () => void; reject: (error: unknown) => void }[] = []
  #flushing: Promise<void> | undefined
  #isFlushing = false
  #broken: { error: unknown } | undefined

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Opens a journal to go on after its last whole line. @throws the file system's error */
  static async open(path: string, { wholeBytes }: Pick<JournalState, 'wholeBytes'>): Promise<Journal> {
    const file = await open(path, 'a')
    await truncate(path, wholeBytes)
    return new Journal(file)
  }

  appendSegment(segment: SegmentStart): Promise<void> {
    return this.#append(JSON.stringify({ segment }))
  }

  /** What was measured from the segment's start on; a start that was killed has none. */
  appendMeasures(measured: SegmentMeasures): Promise<void> {
    return this.#append(JSON.stringify({ measured }))
  }

  /** @param line the row, as it will stand in the bundle @throws the file system's error: the row then does not count */
  appendRow(line: string, row: ParsedRow, facts: Pick<RowHead, 'tries' | 'is'>): Promise<void> {
    const head: Omit<RowHead, 'crc'> = {
      at: Date.now(),
      ...facts,
      ...(row.promptTokens === undefined ? {} : { prompt: row.promptTokens }),
      ...(row.completionTokens === undefined ? {} : { completion: row.completionTokens }),
      ...(row.finishReason === undefined ? {} : { finish: row.finishReason }),
    }
    return this.#append(joinLine(head, line))
  }

  async close(): Promise<void> {
    await this.#flushing
    await this.#file.close()
  }

  #append(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject })
      if (!this.#isFlushing) this.#flushing = this.#flush()
    })
  }

  /** Ends in the same step in which it finds nothing waiting: a line that comes just then starts the next one. */
  async #flush(): Promise<void> {
    this.#isFlushing = true
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        // eslint-disable-next-line no-throw-literal, typescript/only-throw-error -- the first error, told to every later row
        if (this.#broken) throw this.#broken.error
        await this.#file.appendFile(batch.map(({ line }) => `${line}\n`).join(''))
        await this.#file.datasync()
        for (const { resolve } of batch) resolve()
      } catch (error) {
        this.#broken ??= { error }
        for (const { reject } of batch) reject(error)
      }
    }
    this.#isFlushing = false
  }
}

function joinLine(head: Omit<RowHead, 'crc'>, row: string): string {
  return `${JSON.stringify({ ...head, crc: crc32(row) }).slice(0, -1)}${rowMark}${row}}`
}

/** A journal's line with its row replaced. @param change gets the row and gives the new one */
export function replaceRow(line: string, change: (row: string) => string): string {
  const mark = line.indexOf(rowMark)
  if (mark === -1 || line.startsWith('{"segment":') || line.startsWith('{"measured":')) return line
  const head = JSON.parse(`${line.slice(0, mark)}}`) as RowHead
  return joinLine(head, change(line.slice(mark + rowMark.length, -1)))
}

/**
 * Takes a row's line apart. An answered row is counted by what its head says of it, an error by itself.
 * @returns start and end: where the row stands in the line @throws when the row isn't the one that was written
 */
export function openLine(line: Buffer): { start: number; end: number; row: ParsedRow } {
  const mark = line.indexOf(rowMark)
  const start = mark + rowMark.length
  const end = line.length - 1
  const head = JSON.parse(`${line.toString('utf8', 0, mark)}}`) as RowHead
  if (crc32(line.subarray(start, end)) !== head.crc) throw new Error('the row does not match its checksum')
  if (head.is === 'ok') return { start, end, row: countedRow(head) }
  const { row, problem } = parseRow(line.toString('utf8', start, end))
  if (row === undefined) throw new Error(`the line holds no row: ${problem}`)
  return { start, end, row }
}

function countedRow({ prompt, completion, finish }: RowHead): ParsedRow {
  const row: ParsedRow = { id: '', customId: '', ok: true, content: null }
  if (prompt !== undefined) row.promptTokens = prompt
  if (completion !== undefined) row.completionTokens = completion
  if (finish !== undefined) row.finishReason = finish
  return row
}
