import { createHash, hash } from 'node:crypto'
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
  /** 48 bits of each kept row's digest: enough to tell two rows of one custom_id apart */
  marks: number[]
  ok: boolean[]
  /** digests of kept rows that another may take the place of: those that failed, and those that say no model */
  digests: Map<number, string>
  /** of all kept rows, combined without regard to their order */
  sum: Buffer
  tokens: { prompt: number; promptRows: number; completion: number; completionRows: number }
  firstError?: { status?: number; message: string }
  first?: number
  last?: number
  engines: Set<string>
  leftOut: LeftOut[]
  contradicting: number
}

const mostSpans = 1000

const digestBytes = 32

/**
 * Reads a source once: who is in it, what can't be read, what stands twice. Holds ids and places, never rows. Of rows with
 * one custom_id the first good answer is kept, else the first; the others are named in `leftOut`.
 */
export async function readSource(
  path: string,
  format: FormatName,
  map: Readonly<Record<string, string>>,
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
    addRow(part, found)
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
    marks: [],
    ok: [],
    digests: new Map(),
    sum: Buffer.alloc(digestBytes),
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
  /** SHA-256 as 32 characters */
  digest: string
}

function addRow(part: OpenPart, found: SourceRow): void {
  const { created, engine } = found
  // a string: a hash object and a Buffer for each row would weigh on the memory outside the heap
  const digest = hash('sha256', found.line, 'binary')
  const kept = keepRow(part, { customId: found.row.customId, place: found.place, ok: found.row.ok, digest })
  if (!kept) return
  countRow(part, found.row)
  if (created !== undefined) {
    part.first = Math.min(part.first ?? created, created)
    part.last = Math.max(part.last ?? created, created)
  }
  if (engine !== undefined) part.engines.add(engine)
}

/** Of rows with one custom_id the first good answer is kept, else the first. */
function keepRow(part: OpenPart, { customId, place, ok, digest }: Kept): boolean {
  const mark = markOf(digest)
  const earlier = part.at.get(customId)
  if (earlier === undefined) {
    part.at.set(customId, part.customIds.length)
    part.customIds.push(customId)
    part.places.push(place)
    part.marks.push(mark)
    part.ok.push(ok)
    if (!ok || part.model === undefined) part.digests.set(part.marks.length - 1, digest)
    combine(part.sum, digest)
    return true
  }
  if (part.marks[earlier] === mark) {
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
  // what was combined comes out by being combined again
  combine(part.sum, digestAt(part, earlier))
  combine(part.sum, digest)
  part.ok[earlier] = true
  part.marks[earlier] = mark
  if (part.model === undefined) part.digests.set(earlier, digest)
  else part.digests.delete(earlier)
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

/** Exclusive or: each row stands once, so no two cancel out. */
function combine(sum: Buffer, digest: string): void {
  for (let byte = 0; byte < digestBytes; byte++) sum[byte] = (sum[byte] ?? 0) ^ digest.charCodeAt(byte)
}

/** The first 48 bits: what a number holds exactly. */
function markOf(digest: string): number {
  let mark = 0
  for (let byte = 0; byte < 6; byte++) mark = mark * 256 + digest.charCodeAt(byte)
  return mark
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

/** Rows that say their model and rows that don't, as one part in the file's order. Of two good ones the one that says it stays. */
function join(named: OpenPart, unnamed: OpenPart): OpenPart {
  const joined: OpenPart = {
    ...newPart(named.model),
    tokens: named.tokens,
    contradicting: named.contradicting + unnamed.contradicting,
    leftOut: [...named.leftOut, ...unnamed.leftOut],
    engines: new Set([...named.engines, ...unnamed.engines]),
  }
  combine(joined.sum, named.sum.toString('latin1'))
  combine(joined.sum, unnamed.sum.toString('latin1'))
  const dropped = { named: new Set<number>(), unnamed: new Set<number>() }
  for (const [customId, mine] of unnamed.at) {
    const theirs = named.at.get(customId)
    if (theirs === undefined) continue
    joined.contradicting++
    const replace = named.ok[theirs] === false && unnamed.ok[mine] === true
    const [part, index] = replace ? [named, theirs] : [unnamed, mine]
    dropped[replace ? 'named' : 'unnamed'].add(index)
    combine(joined.sum, digestAt(part, index))
    const finding = replace
      ? 'failed; another row of this custom_id was answered and is kept'
      : 'its custom_id stands in another row, which is kept; they differ'
    joined.leftOut.push({ from: part.places[index] ?? 0, to: part.places[index] ?? 0, rows: 1, finding })
  }
  const all = (['named', 'unnamed'] as const).flatMap((which) => {
    const part = which === 'named' ? named : unnamed
    return part.places.flatMap((place, index) => (dropped[which].has(index) ? [] : [{ place, index, part }]))
  })
  for (const { part, index, place } of all.sort((a, b) => a.place - b.place)) {
    joined.customIds.push(part.customIds[index] ?? '')
    joined.places.push(place)
    joined.ok.push(part.ok[index] ?? false)
  }
  joined.leftOut.sort((a, b) => a.from - b.from)
  const firstError = unnamed.firstError ?? named.firstError
  if (firstError) joined.firstError = firstError
  if (named.first !== undefined) joined.first = named.first
  if (named.last !== undefined) joined.last = named.last
  return joined
}

function digestAt(part: OpenPart, index: number): string {
  const digest = part.digests.get(index)
  if (digest === undefined) throw new Error('a row that can be replaced without its digest')
  return digest
}

function closePart(part: OpenPart): SourcePart {
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
    rowsSha256: createHash('sha256').update(`${part.ok.length}\n`).update(part.sum).digest('hex'),
    ...(part.first === undefined || part.last === undefined ? {} : { created: { first: part.first, last: part.last } }),
    ...(part.engines.size === 1 && engine !== undefined ? { engine } : {}),
    leftOut: part.leftOut,
    contradicting: part.contradicting,
  }
}
