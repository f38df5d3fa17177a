import { createHash } from 'node:crypto'
import { round, type ParsedRow, type RunOrigin } from 'registry'
import { canonicalJson, digestFile } from 'registry/node'
import { readerOf, type FormatName } from './detect-format.ts'
import { RawDigest } from './source-lines.ts'
import type { Claim, SourceRow, UnreadableRow } from './source-row.ts'

type LeftOut = RunOrigin['left_out'][number]

/** The rows of one model in a source. A source of one model has one part. */
export interface SourcePart {
  /** as the rows call it; undefined where no row says it */
  model?: string
  /** in the order they stand; each once */
  customIds: string[]
  /** places of the same rows: line or record numbers */
  places: number[]
  answered: number
  failed: number
  /** means over the answered rows that carry usage */
  promptTokens?: number
  completionTokens?: number
  /** of the first failed row */
  firstError?: { status?: number; message: string }
  /** of the first row of each place: order-independent digest over the kept rows */
  rowsSha256: string
  /** seconds since 1970: when the first and the last answer were begun, by the engine */
  created?: { first: number; last: number }
  engine?: string
  leftOut: LeftOut[]
  /** custom_ids that stand more than once, with other rows */
  contradicting: number
}

export interface SourceFacts {
  sha256: string
  bytes: number
  /** rows in the file: those of all parts, and those left out */
  rows: number
  parts: SourcePart[]
  /** left out of every part: lines that are no rows */
  leftOut: LeftOut[]
  /** why the file's rows can't be imported as they are */
  refused?: string
  /** ids were made from positions */
  positional: boolean
  inputsSha256?: string
  claims: Claim[]
}

interface OpenPart {
  model?: string
  at: Map<string, number>
  customIds: string[]
  places: number[]
  ok: boolean[]
  /** of each kept row, as 32 characters: a Buffer for each would weigh more than the ids */
  hashes: string[]
  tokens: { prompt: number; promptRows: number; completion: number; completionRows: number }
  firstError?: { status?: number; message: string }
  first?: number
  last?: number
  engines: Set<string>
  leftOut: LeftOut[]
  contradicting: number
}

const mostSpans = 10_000

/** Ids of many files are the same: one string for all of them. */
export type IdPool = Map<string, string>

/**
 * Reads a source once: who is in it, what can't be read, what stands twice. Holds ids and places, never rows. Of rows with
 * one custom_id the first good answer is kept, else the first; the others are named in `leftOut`.
 */
export async function readSource(
  path: string,
  format: FormatName,
  map: Readonly<Record<string, string>>,
  pool: IdPool,
): Promise<SourceFacts> {
  const raw = new RawDigest()
  const claims: Claim[] = []
  const leftOut: LeftOut[] = []
  const parts = new Map<string, OpenPart>()
  const inputs = createHash('sha256')
  let withInput = 0
  let rows = 0
  let positional = true
  const options = { map, onRaw: raw.add, onClaim: (claim: Claim) => void claims.push(claim) }
  for await (const found of readerOf(format)(path, options)) {
    rows++
    if (found.finding !== undefined) {
      addSpan(leftOut, found)
      continue
    }
    if (found.positional !== true) positional = false
    if (found.input !== undefined) {
      withInput++
      inputs.update(`${canonicalJson(found.input)}\n`)
    }
    const key = found.model ?? ''
    let part = parts.get(key)
    if (!part) {
      part = newPart(found.model)
      parts.set(key, part)
    }
    addRow(part, found, pool)
  }
  const { sha256, bytes } = await finishDigest(raw, path)
  const { closed, refused } = closeParts(parts)
  return {
    sha256,
    bytes,
    rows,
    parts: closed,
    leftOut,
    ...(refused === undefined ? {} : { refused }),
    positional: positional && rows > leftOut.length && closed.length > 0,
    ...(withInput > 0 ? { inputsSha256: inputs.digest('hex') } : {}),
    claims,
  }
}

/** A reader may stop before the file's end, where it is damaged: then the digest is taken of the whole file. */
async function finishDigest(raw: RawDigest, path: string): Promise<{ sha256: string; bytes: number }> {
  const seen = raw.finish()
  const whole = await digestFile(path)
  return seen.bytes === whole.bytes ? seen : whole
}

function newPart(model: string | undefined): OpenPart {
  return {
    ...(model === undefined ? {} : { model }),
    at: new Map(),
    customIds: [],
    places: [],
    ok: [],
    hashes: [],
    tokens: { prompt: 0, promptRows: 0, completion: 0, completionRows: 0 },
    engines: new Set(),
    leftOut: [],
    contradicting: 0,
  }
}

interface Kept {
  customId: string
  place: number
  ok: boolean
  hash: string
}

function addRow(part: OpenPart, found: SourceRow, pool: IdPool): void {
  const { created, engine } = found
  const customId = pool.get(found.row.customId) ?? found.row.customId
  if (!pool.has(customId)) pool.set(customId, customId)
  const hash = createHash('sha256').update(found.line).digest().toString('latin1')
  const kept = keepRow(part, { customId, place: found.place, ok: found.row.ok, hash })
  if (!kept) return
  countRow(part, found.row)
  if (created !== undefined) {
    part.first = Math.min(part.first ?? created, created)
    part.last = Math.max(part.last ?? created, created)
  }
  if (engine !== undefined) part.engines.add(engine)
}

/** Of rows with one custom_id the first good answer is kept, else the first. */
function keepRow(part: OpenPart, { customId, place, ok, hash }: Kept): boolean {
  const earlier = part.at.get(customId)
  if (earlier === undefined) {
    part.at.set(customId, part.customIds.length)
    part.customIds.push(customId)
    part.places.push(place)
    part.ok.push(ok)
    part.hashes.push(hash)
    return true
  }
  if (part.hashes[earlier] === hash) {
    addSpan(part.leftOut, { place, finding: 'is the same row as an earlier one' })
    return false
  }
  part.contradicting++
  if (!ok || part.ok[earlier] === true) {
    addSpan(part.leftOut, { place, finding: 'its custom_id stands in an earlier row, which is kept; they differ' })
    return false
  }
  const finding = 'failed; a later row of this custom_id was answered and is kept'
  addSpan(part.leftOut, { place: part.places[earlier] ?? 0, finding })
  part.places[earlier] = place
  part.ok[earlier] = true
  part.hashes[earlier] = hash
  return true
}

function countRow(part: OpenPart, row: ParsedRow): void {
  const { tokens } = part
  if (!row.ok) {
    const { status, message = 'no message' } = row.error ?? {}
    part.firstError ??= { ...(status === undefined ? {} : { status }), message }
    return
  }
  if (row.promptTokens !== undefined) {
    tokens.prompt += row.promptTokens
    tokens.promptRows++
  }
  if (row.completionTokens === undefined) return
  tokens.completion += row.completionTokens
  tokens.completionRows++
}

/** Consecutive places with one finding are one span. */
function addSpan(spans: LeftOut[], { place, to, finding }: Pick<UnreadableRow, 'place' | 'finding' | 'to'>): void {
  const last = spans.at(-1)
  if (last && last.finding === finding && place > last.to && place <= last.to + 1) {
    last.to = to ?? place
    last.rows++
  } else if (last && spans.length >= mostSpans) {
    last.finding = 'other findings'
    last.to = Math.max(last.to, to ?? place)
    last.rows++
  } else spans.push({ from: place, to: to ?? place, rows: 1, finding })
}

/**
 * Error rows may not say a model. In a file of one model they are that model's; in a file of several they can't be told
 * apart, and the file is refused.
 */
function closeParts(parts: Map<string, OpenPart>): { closed: SourcePart[]; refused?: string } {
  const named = [...parts.values()].filter(({ model }) => model !== undefined)
  const unnamed = parts.get('')
  if (!unnamed || named.length === 0) return { closed: [...parts.values()].map(closePart) }
  const [only] = named
  if (named.length > 1 || !only)
    return {
      closed: [],
      refused: `rows of ${named.length} models (${named.map(({ model }) => model).join(', ')}) and ${unnamed.customIds.length} that say none, which belong to no one: split the file by model`,
    }
  return { closed: [closePart(join(only, unnamed))] }
}

/** Rows that say their model and rows that don't, as one part in the file's order. */
function join(named: OpenPart, unnamed: OpenPart): OpenPart {
  const joined: OpenPart = { ...newPart(named.model), contradicting: named.contradicting + unnamed.contradicting }
  joined.leftOut = [...named.leftOut, ...unnamed.leftOut]
  const all = [named, unnamed].flatMap((part) => part.places.map((place, index) => ({ place, index, part })))
  for (const { part, index, place } of all.sort((a, b) => a.place - b.place))
    keepRow(joined, {
      customId: part.customIds[index] ?? '',
      place,
      ok: part.ok[index] ?? false,
      hash: part.hashes[index] ?? '',
    })
  joined.leftOut.sort((a, b) => a.from - b.from)
  joined.tokens = named.tokens
  const firstError = unnamed.firstError ?? named.firstError
  if (firstError) joined.firstError = firstError
  joined.engines = new Set([...named.engines, ...unnamed.engines])
  if (named.first !== undefined) joined.first = named.first
  if (named.last !== undefined) joined.last = named.last
  return joined
}

function closePart(part: OpenPart): SourcePart {
  const digest = Buffer.alloc(32)
  // a sum that does not depend on the order: each row stands once, so no two cancel out
  for (const hash of part.hashes)
    for (let byte = 0; byte < 32; byte++) digest[byte] = (digest[byte] ?? 0) ^ hash.charCodeAt(byte)
  const answered = part.ok.filter(Boolean).length
  const [engine] = part.engines
  const { tokens } = part
  return {
    ...(part.model === undefined ? {} : { model: part.model }),
    customIds: part.customIds,
    places: part.places,
    answered,
    failed: part.ok.length - answered,
    ...(tokens.promptRows > 0 ? { promptTokens: round(tokens.prompt / tokens.promptRows, 2) } : {}),
    ...(tokens.completionRows > 0 ? { completionTokens: round(tokens.completion / tokens.completionRows, 2) } : {}),
    ...(part.firstError ? { firstError: part.firstError } : {}),
    rowsSha256: createHash('sha256').update(`${part.hashes.length}\n`).update(digest).digest('hex'),
    ...(part.first === undefined || part.last === undefined ? {} : { created: { first: part.first, last: part.last } }),
    ...(part.engines.size === 1 && engine !== undefined ? { engine } : {}),
    leftOut: part.leftOut,
    contradicting: part.contradicting,
  }
}
