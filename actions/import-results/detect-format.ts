import { compressionOf, DamagedStream, readBytes, readStart } from './source-lines.ts'
import { isMembers, type ReadSource } from './source-row.ts'
import { nameOf, readInputOutput, readInputOutputCsv, separatorOf } from './formats/input-output.ts'
import { readInspectArchive, readInspectJson } from './formats/inspect.ts'
import { readLmEval } from './formats/lm-eval.ts'
import { readOpenaiBatch } from './formats/openai-batch.ts'
import { readPromptfoo } from './formats/promptfoo.ts'

const readers = {
  'openai-batch': readOpenaiBatch,
  'input-output jsonl': readInputOutput,
  'input-output csv': readInputOutputCsv,
  'lm-eval samples': readLmEval,
  'inspect eval': readInspectArchive,
  'inspect json': readInspectJson,
  'promptfoo json': readPromptfoo,
} satisfies Record<string, ReadSource>

export type FormatName = keyof typeof readers

export function readerOf(format: FormatName): ReadSource {
  return readers[format]
}

/** What a file is: rows in a format, or why it is none. */
export type Detected = { format: FormatName; reason?: never } | { format?: never; reason: string }

const sniffBytes = 1 << 18

/** By what a file holds, not by what it is called. Reads its first bytes only. @throws the file system's error */
export async function detectFormat(path: string, map: Readonly<Record<string, string>>): Promise<Detected> {
  const start = await readStart(path, 512)
  if (start.length === 0) return { reason: 'is empty' }
  if (start.toString('latin1').startsWith('version https://git-lfs'))
    return { reason: 'is a Git LFS pointer: fetch the rows with git lfs pull' }
  if (start.length > 1 && start.readUInt16BE(0) === 0x504b)
    return /\.eval$/i.test(path) ? { format: 'inspect eval' } : { reason: 'is an archive: unpack it' }
  const text = (await sniff(path)).replace(/^\uFEFF/, '')
  if (text.includes('\0')) return { reason: 'is binary' }
  if (compressionOf(start) !== 'none' && text === '') return { reason: 'is compressed, and nothing of it can be read' }
  if (/\.csv(\.gz|\.zst)?$|\.tsv(\.gz|\.zst)?$/i.test(path)) return detectCsv(path, text, map)
  const trimmed = text.trimStart()
  if (!trimmed.startsWith('{') && !/\.(jsonl|ndjson|json)(\.gz|\.zst)?$/i.test(path))
    return { reason: 'holds no rows of a known format' }
  return detectLines(text, map) ?? detectWhole(text) ?? { reason: 'holds no rows of a known format' }
}

async function sniff(path: string): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of readBytes(path)) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= sniffBytes) break
    }
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function detectCsv(path: string, text: string, map: Readonly<Record<string, string>>): Promise<Detected> {
  const separator = await separatorOf(path)
  const names = (text.split('\n')[0] ?? '').split(separator).map((name) => name.trim().replaceAll('"', ''))
  return names.some((name) => nameOf('output', map).includes(name))
    ? { format: 'input-output csv' }
    : {
        reason: `has the columns ${names.slice(0, 8).join(', ')}, none is an output: name it with --map output=COLUMN`,
      }
}

/** The first line that says what it is decides; lines that are damaged don't. */
function detectLines(text: string, map: Readonly<Record<string, string>>): Detected | undefined {
  let request = false
  let parsed = 0
  for (const line of text.split('\n')) {
    const value = tryParse(line)
    if (!isMembers(value)) continue
    parsed++
    if ('custom_id' in value && ('response' in value || 'error' in value) && !('output' in value))
      return isMembers(value['response']) || isMembers(value['error']) || value['response'] === null || 'id' in value
        ? { format: 'openai-batch' }
        : { format: 'input-output jsonl' }
    if ('doc_id' in value && 'resps' in value) return { format: 'lm-eval samples' }
    if ('custom_id' in value && 'method' in value && 'body' in value) request = true
    else if (nameOf('output', map).some((name) => name in value) && !('results' in value))
      return { format: 'input-output jsonl' }
  }
  if (request) return { reason: 'holds requests, not answers: name it with --input, and datasets are known by it' }
  if (parsed > 1) return { reason: 'its lines hold no answers: name the member that does with --map output=NAME' }
  return undefined
}

/** A file that is one JSON value; told by the members that stand at its beginning. */
function detectWhole(text: string): Detected | undefined {
  if (/^\s*\{\s*"version"\s*:\s*\d+\s*,[\s\S]{0,400}"status"\s*:[\s\S]*"eval"\s*:\s*\{/.test(text))
    return { format: 'inspect json' }
  if (/^\s*\{\s*"evalId"\s*:/.test(text) && /"results"\s*:\s*\{/.test(text)) return { format: 'promptfoo json' }
  if (/^\s*\{\s*"results"\s*:\s*\{/.test(text) && /"n-shot"|"configs"\s*:|"alias"\s*:/.test(text))
    return { reason: 'holds aggregate figures of lm-eval, no rows: its samples_*.jsonl do' }
  return undefined
}

function tryParse(line: string): unknown {
  const text = line.trim()
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    // a damaged line, or one line of a value that takes many: it says nothing of the format
    return undefined
  }
}
