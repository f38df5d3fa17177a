import { readFileSync } from 'node:fs'

/**
 * A second, simple-minded reading of rows, on purpose without registry's functions: what the pages say is checked
 * against it. Null is unusable or missing.
 */
export type PlainVerdict = string | number | boolean | null

/** custom_id → the value at a path in the answer, where the answer is JSON as it should be. */
export function plainVerdicts(
  rowsFile: string,
  path: readonly string[],
  isValid: (value: unknown) => boolean,
): Map<string, PlainVerdict> {
  const verdicts = new Map<string, PlainVerdict>()
  for (const line of readFileSync(rowsFile, 'utf8').split('\n').filter(Boolean)) {
    const row = JSON.parse(line) as {
      custom_id: string
      error?: unknown
      response?: { status_code?: number; body?: { choices?: { message?: { content?: string } }[] } }
    }
    const content = row.error ? undefined : row.response?.body?.choices?.[0]?.message?.content
    let value: unknown = readObject(content ?? '')
    for (const part of path) value = (value as Record<string, unknown> | undefined)?.[part]
    verdicts.set(row.custom_id, isValid(value) ? (value as PlainVerdict) : null)
  }
  return verdicts
}

/** The whole answer, a fenced block, or its last line; nothing where it goes round in circles. */
function readObject(content: string): unknown {
  if (goesRound(content)) return undefined
  for (const text of [content, /```json\n(.*?)\n```/s.exec(content)?.[1] ?? '', content.split('\n').at(-1) ?? ''])
    try {
      return JSON.parse(text)
    } catch {
      // the next way of writing it
    }
  return undefined
}

/** Eight times the same one to twenty words or signs running. */
function goesRound(content: string): boolean {
  const words = content.match(/\w+|[^\w\s]/g) ?? []
  for (let length = 1; length <= 20; length++)
    for (let start = 0; start + length * 8 <= words.length; start++) {
      const unit = words.slice(start, start + length).join(' ')
      const eight = words.slice(start, start + length * 8).join(' ')
      if (eight === Array.from({ length: 8 }, () => unit).join(' ')) return true
    }
  return false
}

/** Items by filter, as MEASURES has it, over one map for each run. */
export function plainFilters(
  ids: readonly string[],
  runs: readonly ReadonlyMap<string, PlainVerdict>[],
  equal: (a: PlainVerdict, b: PlainVerdict) => boolean = (a, b) => a === b,
): Record<'all' | 'agree' | 'disagree' | 'error', string[]> {
  const says = (id: string) => runs.map((run) => run.get(id) ?? null)
  const usable = (id: string) => says(id).filter((say) => say !== null)
  const same = (id: string) => usable(id).every((say) => equal(say, usable(id)[0] ?? null))
  return {
    all: [...ids],
    agree: ids.filter((id) => usable(id).length > 1 && same(id)),
    disagree: ids.filter((id) => usable(id).length > 1 && !same(id)),
    error: ids.filter((id) => usable(id).length < runs.length),
  }
}

/** Items on which the highest and the lowest usable verdict are at least so many places of the scale apart. */
export function plainApart(
  ids: readonly string[],
  runs: readonly ReadonlyMap<string, PlainVerdict>[],
  scale: readonly PlainVerdict[],
  gap: number,
): string[] {
  return ids.filter((id) => {
    const places = runs.map((run) => scale.indexOf(run.get(id) ?? null)).filter((place) => place >= 0)
    return places.some((a) => places.some((b) => a - b >= gap))
  })
}

/** Items on which one run says this and another that; null for nothing usable. */
export function plainSays(
  ids: readonly string[],
  [a, b]: readonly ReadonlyMap<string, PlainVerdict>[],
  [first, second]: readonly [PlainVerdict, PlainVerdict],
): string[] {
  return ids.filter((id) => (a?.get(id) ?? null) === first && (b?.get(id) ?? null) === second)
}

/** The parse statuses that a look at a row tells: its answer never came, or holds nothing. */
export function plainFaults(rowsFile: string): Map<string, 'request_error' | 'empty' | undefined> {
  const faults = new Map<string, 'request_error' | 'empty' | undefined>()
  for (const line of readFileSync(rowsFile, 'utf8').split('\n').filter(Boolean)) {
    const { custom_id, error, response } = JSON.parse(line) as {
      custom_id: string
      error?: unknown
      response?: { status_code: number; body?: { choices?: { message?: { content?: string } }[] } } | null
    }
    const content = response?.body?.choices?.[0]?.message?.content
    const failed = Boolean(error) || response?.status_code !== 200
    faults.set(custom_id, failed ? 'request_error' : content?.trim() === '' ? 'empty' : undefined)
  }
  return faults
}

/** How far apart the usable verdicts of an item are on average, over all pairs; -1 for fewer than two. */
export function plainDistance(
  id: string,
  runs: readonly ReadonlyMap<string, PlainVerdict>[],
  scale: readonly PlainVerdict[],
): number {
  const places = runs.map((run) => scale.indexOf(run.get(id) ?? null)).filter((place) => place >= 0)
  const pairs = places.flatMap((a, index) => places.slice(index + 1).map((b) => Math.abs(a - b) / (scale.length - 1)))
  return pairs.length === 0 ? -1 : pairs.reduce((sum, distance) => sum + distance, 0) / pairs.length
}

/** The dataset's ids, in its order. */
export function plainIds(ledger: string, dataset: string): string[] {
  return readFileSync(`${ledger}/registry/datasets/${dataset}.jsonl`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { custom_id: string }).custom_id)
}
