import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { RowCounter, UserError, readRow, type Dataset, type RunMeta } from 'registry'
import { readerOf } from './detect-format.ts'
import type { PlannedRun } from './import-plan.ts'
import { importedId, type SourceRow } from './source-row.ts'
import { RawDigest } from './source-lines.ts'
import { join } from 'node:path'
import { digestFile } from 'registry/node'

export interface WrittenRows {
  sha256: string
  bytes: number
  results: RunMeta['results']
}

const bufferBytes = 1 << 20

/** Collects small writes; digests what it writes. */
class RowFile {
  readonly #file: number
  readonly #hash = createHash('sha256')
  readonly #buffer = Buffer.allocUnsafe(bufferBytes)
  #filled = 0
  bytes = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w')
  }

  add(line: Buffer): void {
    if (this.#filled + line.length + 1 > bufferBytes) this.#flush()
    if (line.length + 1 > bufferBytes) this.#write(Buffer.concat([line, Buffer.from('\n')]))
    else {
      line.copy(this.#buffer, this.#filled)
      this.#filled += line.length
      this.#buffer[this.#filled++] = 10
    }
  }

  finish(): { sha256: string; bytes: number } {
    this.#flush()
    fsyncSync(this.#file)
    closeSync(this.#file)
    return { sha256: this.#hash.digest('hex'), bytes: this.bytes }
  }

  #flush(): void {
    if (this.#filled > 0) this.#write(this.#buffer.subarray(0, this.#filled))
    this.#filled = 0
  }

  #write(part: Buffer): void {
    this.#hash.update(part)
    for (let written = 0; written < part.length;) written += writeSync(this.#file, part, written)
    this.bytes += part.length
  }
}

/**
 * Writes a run's rows in the dataset's order: one pass over the source, and a second one over what was written where the
 * source has another order. Holds places, never rows. @throws UserError when the source isn't what was planned
 */
export async function writeRows(
  run: PlannedRun,
  map: Readonly<Record<string, string>>,
  privacy: Dataset['privacy'],
  path: string,
): Promise<WrittenRows> {
  const ordinals = indexPlaces(run.part.places)
  const positions = run.dataset.positions
  const counter = new RowCounter(privacy)
  const raw = new RawDigest()
  const rows = run.part.places.length
  const spots: Spots = {
    positions: new Int32Array(rows),
    offsets: new Float64Array(rows),
    lengths: new Int32Array(rows),
  }
  let count = 0
  const unordered = new RowFile(path)
  let offset = 0
  let last = -1
  let inOrder = true
  const source = join(run.source.root, run.source.path)
  for await (const found of readerOf(run.source.format)(source, { map, onRaw: raw.add })) {
    if (found.finding !== undefined) continue
    const ordinal = (ordinals[found.place] ?? 0) - 1
    if (ordinal < 0 || run.part.customIds[ordinal] !== found.row.customId) continue
    const customId = run.renamed?.get(found.row.customId) ?? found.row.customId
    const row = customId === found.row.customId ? found : renameRow(found, customId)
    const position = positions.get(customId)
    if (position === undefined) throw new Error('a row without a place in its dataset')
    inOrder &&= position > last
    last = position
    spots.positions[count] = position
    spots.offsets[count] = offset
    spots.lengths[count++] = row.line.length
    offset += row.line.length + 1
    unordered.add(row.line)
    counter.add(row.row)
  }
  const written = unordered.finish()
  await checkUnchanged(run, raw, source, count)
  const results = counter.results(run.counted.total)
  return { ...(inOrder ? written : await sortRows(path, spots)), results }
}

/** The source must still be what the plan read. */
async function checkUnchanged(run: PlannedRun, raw: RawDigest, source: string, rows: number): Promise<void> {
  const seen = raw.finish()
  const found = seen.bytes === run.sourceBytes ? seen : await digestFile(source)
  if (found.sha256 === run.sourceSha256 && rows === run.part.customIds.length) return
  throw new UserError('the import was stopped', [
    `${source}: changed while it was read: import it again when nothing writes to it any more`,
  ])
}

/** Where rows lie in the file of source order; numbers only, since there may be hundreds of thousands. */
interface Spots {
  positions: Int32Array
  offsets: Float64Array
  lengths: Int32Array
}

/** A row's place in the source → its ordinal in the part, from 1; 0 for what is not taken. */
function indexPlaces(places: readonly number[]): Int32Array {
  const last = places.reduce((most, place) => Math.max(most, place), 0)
  const ordinals = new Int32Array(last + 1)
  for (const [ordinal, place] of places.entries()) ordinals[place] = ordinal + 1
  return ordinals
}

async function sortRows(
  path: string,
  { positions, offsets, lengths }: Spots,
): Promise<{ sha256: string; bytes: number }> {
  const unordered = `${path}.unordered`
  await rename(path, unordered)
  const from = openSync(unordered, 'r')
  const sorted = new RowFile(path)
  try {
    const order = Uint32Array.from(positions.keys()).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0))
    for (const spot of order) {
      const length = lengths[spot] ?? 0
      const line = Buffer.allocUnsafe(length)
      readSync(from, line, 0, length, offsets[spot] ?? 0)
      sorted.add(line)
    }
    return sorted.finish()
  } finally {
    closeSync(from)
    await rm(unordered, { force: true })
  }
}

/** A converted row under the dataset's own id. */
function renameRow(found: SourceRow, customId: string): SourceRow {
  const value = {
    ...(JSON.parse(found.line.toString('utf8')) as object),
    id: importedId(customId),
    custom_id: customId,
  }
  const { row, problem } = readRow(value)
  if (problem !== undefined) throw new Error(problem)
  return { ...found, line: Buffer.from(JSON.stringify(value)), row }
}
