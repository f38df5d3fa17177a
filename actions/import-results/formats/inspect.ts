import { promisify } from 'node:util'
import { inflateRaw, zstdDecompress } from 'node:zlib'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { DamagedStream, readBytes } from '../source-lines.ts'
import {
  asCount,
  asMoment,
  asText,
  convertRow,
  isMembers,
  type Claim,
  type ReadOptions,
  type ReadSource,
  type SourceRow,
  type UnreadableRow,
} from '../source-row.ts'

const largestSample = 64 << 20
const largestJson = 400 << 20
const methods = { stored: 0, deflated: 8, zstd: 93 }

interface EvalHeader {
  model?: string
  /** samples are asked once */
  once: boolean
}

/**
 * An Inspect log as an archive (inspect-ai, `.eval`: header.json, else _journal/start.json of a run that was broken off;
 * samples/<id>_epoch_<n>.json; deflated or zstd). One sample in memory at a time.
 */
export const readInspectArchive: ReadSource = async function* (path, options) {
  let zip: ZipFile
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false })
  } catch {
    yield { place: 1, finding: 'the archive is damaged or ends early: none of its samples can be read' }
    return
  }
  try {
    const entries: Entry[] = []
    for await (const entry of zip.eachEntry()) entries.push(entry)
    const named = (name: string) => entries.find(({ fileName }) => fileName === name)
    const head = named('header.json') ?? named('_journal/start.json')
    const log: unknown = head ? tryJson(await readEntry(zip, head)) : undefined
    const header = readHeader(isMembers(log) ? log : {}, options)
    let place = 0
    for (const entry of entries) {
      if (!/^samples\/.*\.json$/.test(entry.fileName)) continue
      place++
      const text = await readEntry(zip, entry)
      const sample = text === undefined ? undefined : tryJson(text)
      yield sample === undefined
        ? { place, finding: 'the sample is damaged or no JSON' }
        : readSample(sample, place, header)
    }
  } catch {
    yield { place: 1, finding: 'the archive’s list of samples is damaged: what it doesn’t name is lost' }
  } finally {
    zip.close()
  }
}

/** The same log as one JSON text. */
export const readInspectJson: ReadSource = async function* (path, options) {
  const log = await readWholeJson(path, options)
  if (!isMembers(log)) {
    yield { place: 1, finding: 'not JSON, or larger than 400 MB: none of its samples can be read' }
    return
  }
  const header = readHeader(log, options)
  const samples = Array.isArray(log['samples']) ? (log['samples'] as unknown[]) : []
  for (const [index, sample] of samples.entries()) yield readSample(sample, index + 1, header)
}

/** A JSON file that must be held whole; undefined when it can't be read. */
export async function readWholeJson(path: string, { onRaw }: ReadOptions): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of readBytes(path, onRaw)) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > largestJson) return undefined
    }
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error
    return undefined
  }
  return tryJson(
    Buffer.concat(chunks)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  )
}

function readHeader(log: Readonly<Record<string, unknown>>, { onClaim }: ReadOptions): EvalHeader {
  const about = isMembers(log['eval']) ? log['eval'] : {}
  const dataset = isMembers(about['dataset']) ? about['dataset'] : {}
  const stats = isMembers(log['stats']) ? log['stats'] : {}
  const config = isMembers(about['config']) ? about['config'] : {}
  const claim = (field: Claim['field'], value: unknown) => {
    if ((typeof value === 'string' && value !== '') || typeof value === 'number')
      onClaim?.({ field, value, from: 'meta' })
  }
  const model = asText(about['model'])
  claim('model', model)
  claim('dataset.name', dataset['name'])
  claim('execution.started_at', stats['started_at'] || about['created'])
  claim('execution.completed_at', stats['completed_at'])
  const epochs = asCount(config['epochs']) ?? 1
  claim('results.total', asCount(dataset['samples']) && Number(dataset['samples']) * epochs)
  return { ...(model === undefined ? {} : { model }), once: epochs === 1 }
}

function readSample(sample: unknown, place: number, header: EvalHeader): SourceRow | UnreadableRow {
  if (!isMembers(sample)) return { place, finding: 'not an object, a sample is one' }
  const { id, epoch, output, error } = sample
  if (typeof id !== 'string' && typeof id !== 'number') return { place, finding: 'the sample has no id' }
  const out = isMembers(output) ? output : {}
  const choices = Array.isArray(out['choices']) ? (out['choices'] as unknown[]) : []
  const choice = isMembers(choices[0]) ? choices[0] : undefined
  const message = isMembers(choice?.['message']) ? choice['message'] : undefined
  const usage = isMembers(out['usage']) ? out['usage'] : {}
  const failure = isMembers(error) ? (asText(error['message']) ?? 'no message') : asText(out['error'])
  if (!message && failure === undefined) return { place, finding: 'the sample holds neither an answer nor an error' }
  return convertRow({
    place,
    customId: header.once ? String(id) : `${id}#${Number(epoch)}`,
    content: message && textOf(message['content']),
    error: failure,
    model: asText(out['model']) ?? header.model,
    created: asMoment(sample['started_at']),
    finishReason: asText(choice?.['stop_reason']),
    promptTokens: asCount(usage['input_tokens']),
    completionTokens: asCount(usage['output_tokens']),
    input: sample['input'],
  })
}

/** A message is a text, or parts of which some are texts. */
function textOf(content: unknown): string | null {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return null
  return content.map((part: unknown) => (isMembers(part) ? (asText(part['text']) ?? '') : '')).join('')
}

/** An entry's text; undefined when it is damaged, too large, or packed in a way we don't know. */
async function readEntry(zip: ZipFile, entry: Entry): Promise<string | undefined> {
  if (entry.uncompressedSize > largestSample || entry.compressedSize > largestSample) return undefined
  const limit = { maxOutputLength: largestSample }
  try {
    const chunks: Buffer[] = []
    const stream = await zip.openReadStreamPromise(entry, { decodeFileData: false })
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
    const packed = Buffer.concat(chunks)
    const method = entry.compressionMethod
    if (method === methods.stored) return packed.toString('utf8')
    if (method === methods.deflated) return (await promisify(inflateRaw)(packed, limit)).toString('utf8')
    if (method === methods.zstd) return (await promisify(zstdDecompress)(packed, limit)).toString('utf8')
    return undefined
  } catch {
    // a damaged entry: told by who asked for it
    return undefined
  }
}

function tryJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
