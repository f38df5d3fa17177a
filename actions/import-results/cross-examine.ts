import { round, type KnownFrom, type Model, type RunMeta } from 'registry'
import { stemOf } from 'registry/node'
import { readDuration } from './read-duration.ts'
import { isoOf, momentOf, readMoment } from './read-moment.ts'
import type { SourcePart } from './read-source.ts'
import { canMean, findModel, proposeModel, type ResolvedModel } from './resolve-model.ts'
import type { Claim } from './source-row.ts'

export type Conflict = RunMeta['provenance']['conflicts'][number]

/** Seconds that a clock, a rounding or an engine's start may take. */
const slack = 60
const longestStart = 24 * 3600

/** From the most to the least trusted, where the rows themselves say nothing. */
const trust: readonly KnownFrom[] = ['given', 'meta', 'log', 'file name', 'folder', 'index', 'catalog', 'file time']

export interface ExaminedModel {
  model: ResolvedModel
  from: KnownFrom
  conflicts: Conflict[]
}

/** Which model answered: the rows decide, else the claim that is trusted most. Undefined where nobody says. Pure. */
export function examineModel(
  observed: string | undefined,
  claims: readonly Claim[],
  models: ReadonlyMap<string, Model>,
): ExaminedModel | undefined {
  const said = byTrust(claims, 'model')
  const [best] = said
  const named = observed ?? (best && String(best.value))
  if (named === undefined) return undefined
  const model = findModel(named, models) ?? proposeModel(named)
  const conflicts = said.flatMap(({ value, from }): Conflict[] => {
    const claimed = String(value)
    const means = findModel(claimed, models)
    const agrees = means ? means.slug === model.slug : canMean(claimed, model)
    return agrees ? [] : [{ field: 'model', claimed, observed: observed ?? null, claimed_by: from }]
  })
  return { model, from: observed === undefined && best ? best.from : 'rows', conflicts }
}

export interface ExaminedTimes {
  startedAt: number
  completedAt?: number
  durationSeconds?: number
  knownFrom: Record<string, KnownFrom>
  conflicts: Conflict[]
}

/**
 * When it ran and how long: by the engine's own clock in the rows, and by a meta only as far as the rows bear it out. What
 * they contradict is not used. @param fileTime when the file was last written, for sources that say no time at all. Pure.
 */
export function examineTimes(
  created: SourcePart['created'],
  claims: readonly Claim[],
  fileTime: number,
): ExaminedTimes {
  const conflicts: Conflict[] = []
  const knownFrom: Record<string, KnownFrom> = {}
  const started = examineStart(created, claims, conflicts)
  const completed = examineEnd(created, claims, conflicts)
  const startedAt = started?.at ?? created?.first ?? fileTime
  knownFrom['execution.started_at'] = started?.from ?? (created ? 'rows' : 'file time')
  let completedAt = completed?.at ?? created?.last
  if (completedAt !== undefined && completedAt < startedAt) completedAt = undefined
  if (completedAt !== undefined) knownFrom['execution.completed_at'] = completed?.from ?? 'rows'
  const rowsSpan = created ? created.last - created.first : undefined
  const wholeSpan = started?.exact === true && completed ? completed.at - started.at : undefined
  examineElapsed(claims, rowsSpan, wholeSpan, conflicts)
  const durationSeconds = examineDuration(claims, rowsSpan, wholeSpan, conflicts)
  if (durationSeconds) knownFrom['execution.duration_seconds'] = durationSeconds.from
  return {
    startedAt,
    ...(completedAt === undefined ? {} : { completedAt }),
    ...(durationSeconds === undefined ? {} : { durationSeconds: durationSeconds.value }),
    knownFrom,
    conflicts,
  }
}

interface Believed {
  at: number
  from: KnownFrom
  exact: boolean
}

function examineStart(
  created: SourcePart['created'],
  claims: readonly Claim[],
  conflicts: Conflict[],
): Believed | undefined {
  let believed: Believed | undefined
  for (const { value, from } of byTrust(claims, 'execution.started_at')) {
    const claimed = readMoment(value)
    if (!claimed) continue
    const fits =
      !created ||
      (claimed.exact
        ? created.first >= claimed.from - slack && created.first <= claimed.to + longestStart
        : created.first >= claimed.from && created.first <= claimed.to + longestStart)
    if (!fits)
      conflicts.push({
        field: 'execution.started_at',
        claimed: value,
        observed: isoOf(created.first),
        claimed_by: from,
      })
    else if (!believed && (claimed.exact || !created)) believed = { at: momentOf(claimed), from, exact: claimed.exact }
  }
  return believed
}

function examineEnd(
  created: SourcePart['created'],
  claims: readonly Claim[],
  conflicts: Conflict[],
): Believed | undefined {
  let believed: Believed | undefined
  for (const { value, from } of byTrust(claims, 'execution.completed_at')) {
    const claimed = readMoment(value)
    if (!claimed) continue
    const fits = !created || (created.last >= claimed.from - longestStart && created.last <= claimed.to + slack)
    if (!fits)
      conflicts.push({
        field: 'execution.completed_at',
        claimed: value,
        observed: isoOf(created.last),
        claimed_by: from,
      })
    else if (claimed.exact) believed ??= { at: claimed.from, from, exact: true }
  }
  return believed
}

/** A span as a script printed it: it can't be shorter than the rows took, nor differ from its own start and end. */
function examineElapsed(
  claims: readonly Claim[],
  rowsSpan: number | undefined,
  wholeSpan: number | undefined,
  conflicts: Conflict[],
): void {
  for (const { value, from } of byTrust(claims, 'elapsed')) {
    const seconds = typeof value === 'number' ? value : readDuration(value)
    if (seconds === undefined) continue
    const observed = wholeSpan ?? rowsSpan
    if (observed === undefined) continue
    const fits =
      wholeSpan === undefined
        ? seconds >= observed - slack && seconds <= observed + longestStart / 24 + observed / 2
        : Math.abs(seconds - observed) <= Math.max(slack, observed / 100)
    if (!fits)
      conflicts.push({
        field: 'execution.elapsed',
        claimed: value,
        observed: `${round(observed, 1)} s`,
        claimed_by: from,
      })
  }
}

function examineDuration(
  claims: readonly Claim[],
  rowsSpan: number | undefined,
  wholeSpan: number | undefined,
  conflicts: Conflict[],
): { value: number; from: KnownFrom } | undefined {
  for (const { value, from } of byTrust(claims, 'execution.duration_seconds')) {
    const seconds = typeof value === 'number' ? value : readDuration(value)
    if (seconds === undefined || !(seconds > 0)) continue
    const tooShort = rowsSpan !== undefined && seconds < rowsSpan - slack
    const tooLong = wholeSpan !== undefined && seconds > wholeSpan + slack
    if (!tooShort && !tooLong) return { value: round(seconds, 3), from }
    const observed = `${round((tooShort ? rowsSpan : wholeSpan) ?? 0, 1)} s`
    conflicts.push({ field: 'execution.duration_seconds', claimed: value, observed, claimed_by: from })
  }
  return undefined
}

/** What the rows count, for comparing with what was claimed. */
export interface CountedRows {
  total: number
  success: number
  errors: number
  status: RunMeta['status']
  promptTokens?: number
  completionTokens?: number
  durationSeconds?: number
  /** a dataset of the catalog or of a given input file; else its name and count are only what was imported */
  dataset: { name: string; known: boolean }
}

/** The claims that can be counted again. Pure. */
export function examineCounts(counted: CountedRows, claims: readonly Claim[]): Conflict[] {
  const { total, success, errors, status } = counted
  const rate = counted.durationSeconds === undefined ? undefined : success / counted.durationSeconds
  const figures: [field: string, observed: number | undefined, tolerance: number][] = [
    ['results.total', total, 0],
    ['results.success', success, 0],
    ['results.errors', errors, 0],
    ['dataset.count', total, 0],
    ['results.success_rate', total > 0 ? round((100 * success) / total, 4) : undefined, 0.06],
    ['results.avg_prompt_tokens', counted.promptTokens, 0.06],
    ['results.avg_completion_tokens', counted.completionTokens, 0.06],
    ['execution.req_per_sec', rate === undefined ? undefined : round(rate, 4), (rate ?? 0) / 50 + 0.006],
  ]
  const conflicts = figures.flatMap(([field, observed, tolerance]) =>
    byTrust(claims, field).flatMap(({ value, from }): Conflict[] => {
      const claimed = typeof value === 'number' ? value : Number(value.replaceAll(/[,%\s]/g, ''))
      if (observed === undefined || Number.isNaN(claimed)) return []
      return Math.abs(claimed - observed) > tolerance ? [{ field, claimed: value, observed, claimed_by: from }] : []
    }),
  )
  for (const { value, from } of byTrust(claims, 'status'))
    if (['completed', 'partial', 'failed'].includes(String(value)) && value !== status)
      conflicts.push({ field: 'status', claimed: value, observed: status, claimed_by: from })
  if (counted.dataset.known)
    for (const { value, from } of byTrust(claims, 'dataset.name'))
      if (from !== 'file name' && from !== 'folder' && !sameDataset(String(value), counted.dataset.name))
        conflicts.push({ field: 'dataset.name', claimed: value, observed: counted.dataset.name, claimed_by: from })
  return conflicts
}

function sameDataset(claimed: string, name: string): boolean {
  const fold = (text: string) =>
    stemOf(text)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
  return fold(claimed) === fold(name)
}

/** The most trusted first. */
export function byTrust(claims: readonly Claim[], field: string): Claim[] {
  return claims
    .filter((claim) => claim.field === field)
    .toSorted((a, b) => trust.indexOf(a.from) - trust.indexOf(b.from))
}
