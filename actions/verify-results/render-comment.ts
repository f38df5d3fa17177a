import {
  escapeMarkdown,
  formatBytes,
  formatCount,
  formatDuration,
  formatPercent,
  formatRate,
  formatTime,
  notMeasured,
  type RawAgreement,
  type RunMeta,
} from 'registry'
import { withholdFailure, withholdMasked } from './check-meta.ts'
import type { PrimaryCounts } from './count-verdicts.ts'
import { formatShare } from './judge-run.ts'
import type { ChangeVerification, VerifiedRun } from './verify-change.ts'

/** The comment is found again by this. */
export const commentMarker = '<!-- batchledger:verify -->'

const mostCharacters = 59_000
const mostFaultCharacters = 20_000
const mostCauses = 10

/**
 * The comment of a verification, for a reviewer who decides in a minute: the verdict first, then what is wrong, what ran,
 * what changed. Below 60,000 characters whatever comes in; parts that don't fit are counted. Pure.
 */
export function renderComment(verification: ChangeVerification): string {
  const { runs, faults } = verification
  const blocks = [
    ...renderFaults(faults),
    ...runs.flatMap(renderRun),
    ...(verification.kind === 'run' ? [renderStore(verification)] : []),
  ]
  const foot = renderFoot(verification)
  let text = `${commentMarker}\n${renderVerdict(verification)}\n`
  let left = 0
  for (const block of blocks)
    if (text.length + block.length + foot.length < mostCharacters) text += `\n${block}\n`
    else left++
  if (left > 0) text += `\n… and ${left} more parts, which did not fit: \`batchledger verify\` prints them all.\n`
  return `${text}\n${foot}\n`
}

function renderVerdict({ ok, kind, faults, runs }: ChangeVerification): string {
  const red = runs.flatMap(({ gates }) => gates).filter((gate) => gate.ok === false).length
  const [run] = runs
  const what =
    kind === 'none'
      ? 'no run in this change'
      : kind === 'index'
        ? 'the index'
        : run
          ? code(run.meta.run_id)
          : 'this change'
  if (ok && kind === 'none') return `### ✅ Nothing to hold: ${what}`
  if (ok) return `### ✅ Holds: ${runs.length > 1 ? `${runs.length} runs` : what}`
  const reasons = [
    ...(faults.length > 0 ? [plural(faults.length, 'fault')] : []),
    ...(red > 0 ? [`${plural(red, 'gate')} not met`] : []),
  ]
  return `### ❌ Does not hold: ${reasons.join(', ')} in ${runs.length > 1 ? `${runs.length} runs` : what}`
}

function renderFaults(faults: readonly string[]): string[] {
  if (faults.length === 0) return []
  const lines: string[] = []
  let length = 0
  for (const fault of faults) {
    const line = `- ${fit(fault, 900)}`
    length += line.length + 1
    if (length > mostFaultCharacters) break
    lines.push(line)
  }
  const more = faults.length - lines.length
  return [
    [
      `**${plural(faults.length, 'fault')}**`,
      '',
      ...lines,
      ...(more > 0 ? [`- … and ${formatCount(more)} more`] : []),
    ].join('\n'),
  ]
}

function renderRun(run: VerifiedRun): string[] {
  return [
    renderSubject(run),
    ...renderGates(run),
    renderAccounting(run),
    ...renderCauses(run),
    ...renderVerdicts(run),
    ...renderNotes(run),
  ]
}

function renderSubject({ meta, personal }: VerifiedRun): string {
  const { model, dataset, execution, status, failure } = meta
  const rubric = dataset.rubric === undefined ? 'no rubric' : code(dataset.rubric)
  const why = failure
    ? `: ${fit(personal ? withholdFailure(failure.message) : failure.message, 600)} (${code(failure.code)})`
    : ''
  const engine = [execution.engine.name, execution.engine.version].filter(Boolean).join(' ')
  return [
    `**${fit(model.name, 200)}** over ${code(dataset.name)} by ${rubric}, started ${formatTime(execution.started_at)} on ${fit(engine, 200)}`,
    `**Status ${status}**${why}`,
    `**${formatCount(meta.results.total)} rows** = ${formatCount(meta.results.success)} answered well + ${formatCount(meta.results.errors)} errors + ${formatCount(meta.results.missing)} missing`,
  ].join('<br>\n')
}

function renderGates({ gates }: VerifiedRun): string[] {
  if (gates.length === 0) return ['No gates are set: registry/policy.yaml asks nothing of a run']
  const rows = gates.map(
    ({ gate, ok, reason }) =>
      `| ${ok === null ? 'not judged' : ok ? '✅ met' : '❌ **not met**'} | ${code(gate)} | ${fit(reason, 800)} |`,
  )
  return [['| | gate | what was found |', '|---|---|---|', ...rows].join('\n')]
}

/** This run beside the last comparable one. */
function renderAccounting({ meta, comparable, rows, before }: VerifiedRun): string {
  const other = comparable.verdicts.run
  const there = 'reason' in before ? undefined : before
  const sameSpeed = other !== undefined && comparable.speed.run?.run_id === other.run_id
  const line = (name: string, read: (meta: RunMeta) => string, shown = true) =>
    `| ${name} | ${read(meta)} |${other ? ` ${shown ? read(other) : notMeasured} |` : ''}`
  const parsed = (counts: { parseRate?: number } | undefined) => formatPercent(counts?.parseRate)
  return [
    ...(other ? [`Compared with ${code(other.run_id)}, the last comparable run on main:`, ''] : []),
    `| | this run |${other ? ' before |' : ''}`,
    `|---|---:|${other ? '---:|' : ''}`,
    line('answered well', ({ results }) => `${formatCount(results.success)} (${formatPercent(results.success_rate)})`),
    line('errors · missing', ({ results }) => `${formatCount(results.errors)} · ${formatCount(results.missing)}`),
    ...(rows ? [`| usable verdicts, of those | ${parsed(rows)} |${other ? ` ${parsed(there)} |` : ''}`] : []),
    line(
      'requests/s',
      ({ run_id: runId, execution }) =>
        `${formatRate(execution.req_per_sec)}${sameSpeed && runId === meta.run_id ? spellChange(meta, other) : ''}`,
      sameSpeed,
    ),
    line('time with requests in flight', ({ execution }) => formatDuration(execution.duration_seconds), sameSpeed),
    line(
      'tokens a row, prompt · output',
      ({ results }) => `${tokens(results.avg_prompt_tokens)} · ${tokens(results.avg_completion_tokens)}`,
    ),
  ].join('\n')
}

function renderCauses({ meta, personal }: VerifiedRun): string[] {
  const { error_causes: causes, finish_reasons: reasons } = meta.results
  const blocks: string[] = []
  if (causes.length > 0) {
    const rows = causes
      .slice(0, mostCauses)
      .map(
        ({ count, status, code: name, message }) =>
          `| ${formatCount(count)} | ${status ?? notMeasured} | ${spellCode(name, personal)} | ${fit(personal ? withholdMasked(message) : message, 500)} |`,
      )
    const more = causes.slice(mostCauses)
    const rest = more.reduce((sum, { count }) => sum + count, 0)
    blocks.push(
      [
        '| errors | HTTP | code | cause |',
        '|---:|---|---|---|',
        ...rows,
        ...(more.length > 0 ? [`| ${formatCount(rest)} | | | and ${more.length} more causes |`] : []),
      ].join('\n'),
    )
  }
  const finished = Object.entries(reasons).sort(([, a], [, b]) => b - a)
  if (finished.length > 0) {
    const word = (reason: string) => (personal && !/^[a-z_]{1,20}$/.test(reason) ? 'withheld' : code(reason))
    const listed = finished.slice(0, 8).map(([reason, count]) => `${word(reason)} ${formatCount(count)}`)
    const more = finished.length - listed.length
    blocks.push(`Finish reasons: ${listed.join(', ')}${more > 0 ? `, and ${more} more` : ''}`)
  }
  return blocks
}

/** An error's code; of personal data only a number or our own, an engine's may be a word of the row. */
function spellCode(name: string | undefined, personal: boolean): string {
  if (name === undefined) return notMeasured
  return personal && !/^(\d{1,5}|malformed_body)$/.test(name) ? 'withheld' : code(name)
}

function renderVerdicts({ rows, before }: VerifiedRun): string[] {
  if (!rows) return []
  const there = 'reason' in before ? undefined : before
  const statuses = (list: typeof rows.statuses) =>
    list.map(({ status, count }) => `${code(status)} ${formatCount(count)}`).join(', ') || 'no rows'
  const blocks = [`Parse statuses: ${statuses(rows.statuses)}${there ? ` (before: ${statuses(there.statuses)})` : ''}`]
  if (!rows.primary) return blocks
  return [
    ...blocks,
    renderPrimary(rows.primary, there?.primary),
    ...(there ? [renderAgreement(there.agreement, rows.primary.name)] : []),
  ]
}

function renderPrimary({ name, usable, values, range }: PrimaryCounts, before: PrimaryCounts | undefined): string {
  if (range) {
    const spell = ({ lowest, median, highest }: typeof range) => `${lowest} to ${highest}, median ${median}`
    return `${code(name)} over ${formatCount(usable)} usable verdicts: ${spell(range)}${before?.range ? ` (before: ${spell(before.range)})` : ''}`
  }
  const share = (count: number, of: number) =>
    of === 0 ? formatCount(count) : `${formatCount(count)} (${formatPercent((100 * count) / of)})`
  const rows = values.slice(0, 20).map(({ value, count }, index) => {
    const other = before ? ` ${share(before.values[index]?.count ?? 0, before.usable)} |` : ''
    return `| ${fit(value, 200)} | ${share(count, usable)} |${other}`
  })
  const more = values.length - rows.length
  return [
    `| ${code(name)} | this run |${before ? ' before |' : ''}`,
    `|---|---:|${before ? '---:|' : ''}`,
    ...rows,
    ...(more > 0 ? [`| and ${more} more values | |${before ? ' |' : ''}`] : []),
  ].join('\n')
}

function renderAgreement(found: RawAgreement | { reason: string }, name: string): string {
  if ('reason' in found) return `No agreement with the last comparable run: ${fit(found.reason, 600)}`
  const dropped = Object.entries(found.dropped).map(([reason, count]) => `${code(reason)} ${formatCount(count)}`)
  const not = dropped.length > 0 ? `; not paired: ${dropped.join(', ')}` : ''
  if (found.agreement === undefined)
    return `Raw agreement on ${code(name)}: no item has a usable verdict in both runs${not}`
  return `**Raw agreement on ${code(name)}: ${formatShare(found.agreement)}** (${formatCount(found.equal)} of ${formatCount(found.paired)} paired items the same${not})`
}

/** What a comparison rests on, or why there is none. */
function renderNotes({ meta, comparable, before, rows }: VerifiedRun): string[] {
  const { verdicts, speed } = comparable
  if (!verdicts.run) return [`Nothing to compare with: ${fit(verdicts.reason, 1200)}`]
  const notes: string[] = []
  if (verdicts.warnings.length > 0)
    notes.push(`⚠️ Other sampling than before, which may change verdicts: ${fit(verdicts.warnings.join('; '), 1200)}`)
  if (!speed.run) notes.push(`No speed to compare with: ${fit(speed.reason, 1600)}`)
  else if (speed.run.run_id !== verdicts.run.run_id)
    notes.push(
      `Speed is comparable with ${code(speed.run.run_id)}: ${formatRate(speed.run.execution.req_per_sec)} requests/s${spellChange(meta, speed.run)}`,
    )
  if (rows && 'reason' in before) notes.push(`No verdicts to compare with: ${fit(before.reason, 1200)}`)
  return notes
}

function renderStore({ store }: ChangeVerification): string {
  const { main, added, budget, moreRuns } = store
  const bound =
    budget === undefined
      ? 'no budget is set'
      : `budget ${formatBytes(budget)}, ${formatPercent((100 * (main + added)) / budget)} used${moreRuns === undefined ? '' : `, room for ${formatCount(moreRuns)} more of this size`}`
  return `LFS: ${formatBytes(added)} added to ${formatBytes(main)} on main; ${bound}`
}

function renderFoot({ mode, head, base, checked, unchecked }: ChangeVerification): string {
  const kind = mode === 'full' ? 'Full' : 'Row-free'
  return [
    `${kind} check of ${code(head.slice(0, 12))} by the rules of main at ${code(base.slice(0, 12))}`,
    `**Checked:** ${escapeMarkdown(checked.join(', '))}`,
    `**Not checked:** ${unchecked.length > 0 ? fit(unchecked.join('; '), 3000) : 'nothing was left out'}`,
  ].join('<br>\n')
}

/** A plain name as code; anything else as text that means nothing. */
function code(text: string): string {
  return /^[A-Za-z0-9][\w./-]{0,199}$/.test(text) ? `\`${text}\`` : fit(text, 300)
}

/** Escaped text of at most so many characters. */
function fit(text: string, most: number): string {
  const start = text.slice(0, most + 1)
  const whole = escapeMarkdown(start)
  if (start.length === text.length && whole.length <= most) return whole
  const cut = (length: number) => escapeMarkdown(`${start.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`)
  let [low, high] = [0, start.length]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (cut(middle).length <= most) low = middle
    else high = middle - 1
  }
  return cut(low)
}

/** How much faster or slower than another run, as ` (−12.5 %)`; '' where a speed was not measured. */
function spellChange(meta: RunMeta, before: RunMeta): string {
  const [now, then] = [meta.execution.req_per_sec, before.execution.req_per_sec]
  if (now === undefined || then === undefined || then === 0) return ''
  const change = (100 * (now - then)) / then
  return ` (${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(1)} %)`
}

function tokens(value: number | undefined): string {
  return value === undefined ? notMeasured : formatCount(Math.round(value))
}

function plural(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`
}
