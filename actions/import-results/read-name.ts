import { basename, dirname } from 'node:path'
import type { KnownFrom } from 'registry'
import type { Claim } from './source-row.ts'

/** What a name may say of a run. */
export interface NameClaims {
  /** a model with its size, such as `qwen3_4b` */
  model?: string
  /** `2024-10-28` or `2024-10-28T14:33:00` without a zone, or a year alone */
  time?: string
  /** what is left of a file name without model, time and words like "results": the dataset's stem */
  dataset?: string
}

const modelPattern =
  /(?<![a-z0-9])([a-z]{2,}(?:[-_. ]?v?\d+(?:\.\d+)*)?(?:[-_. ][a-z]+)?[-_. ]?(?:\d+x)?\d+(?:[._]\d+)?[bm])(?![a-z0-9])/i
const timePattern =
  /(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[-_T ]?([01]\d|2[0-3])[-_.:h]?([0-5]\d)(?:[-_.:m]?([0-5]\d))?)?(?!\d)/
const yearPattern = /(?<!\d)(20[12]\d)(?!\d)/
const noise =
  /(?<![a-z0-9])(results?|outputs?|out|responses?|predictions?|samples?|batch_output|instruct|chat|it|gguf|run|raw|final|new|old|copy|bak|partial|part|full|rerun|v\d+)(?![a-z0-9])/gi

/** Reads a file's or a folder's name. Pure; says nothing where the name says nothing. */
export function readName(name: string, models: readonly RegExp[] = []): NameClaims {
  const known = models.map((pattern) => pattern.exec(name)?.[0]).filter((found) => found !== undefined)
  const model = known.toSorted((a, b) => b.length - a.length)[0] ?? modelPattern.exec(name)?.[1]
  const rest = model === undefined ? name : name.replace(model, ' ')
  const stamp = timePattern.exec(rest)
  const year = stamp ? undefined : yearPattern.exec(rest)
  const time = stamp ? spellTime(stamp) : year?.[1]
  const left = rest
    .replace(stamp?.[0] ?? year?.[0] ?? '\0', ' ')
    .replaceAll(noise, ' ')
    .replaceAll(/[-_.\s]*\s[-_.\s]*/g, ' ')
    .replaceAll(/^[-_.\s]+|[-_.\s]+$/g, '')
    .replaceAll(' ', '_')
  return {
    ...(model === undefined ? {} : { model }),
    ...(time === undefined ? {} : { time }),
    ...(left.length < 2 ? {} : { dataset: left }),
  }
}

/** What the names of a file and of the folders above it (below `root`) claim. */
export function claimsOfPath(path: string, models: readonly RegExp[]): Claim[] {
  const claims: Claim[] = []
  const add = (field: string, value: string | undefined, from: KnownFrom) => {
    if (value !== undefined) claims.push({ field, value, from })
  }
  const own = readName(stemOfSource(path), models)
  add('model', own.model, 'file name')
  add('execution.started_at', own.time, 'file name')
  add('dataset.name', own.dataset, 'file name')
  for (let folder = dirname(path); folder !== '.' && folder !== '/'; folder = dirname(folder)) {
    const { model } = readName(basename(folder), models)
    if (model === undefined) continue
    add('model', model, 'folder')
    break
  }
  return claims
}

/** A source's name without the endings of its format and compression. */
export function stemOfSource(path: string): string {
  return basename(path).replace(/(\.(jsonl|ndjson|json|csv|tsv|eval|gz|zst|txt))+$/i, '')
}

function spellTime([, year, month, day, hour, minute, second]: RegExpExecArray): string {
  const date = `${year}-${month}-${day}`
  return hour === undefined ? date : `${date}T${hour}:${minute}:${second ?? '00'}`
}
