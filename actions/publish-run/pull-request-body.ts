import { maskMessage, type RunMeta } from 'registry'
import { metaPathOf } from 'registry/node'

const mostCauses = 10
const mostConflicts = 30
const longestText = 300
const longestCommand = 1500

/** `Run <run_id>`, marked when the run is partial or failed. */
export function pullRequestTitle(meta: RunMeta): string {
  return `Run ${meta.run_id}${meta.status === 'completed' ? '' : ` (${meta.status})`}`
}

/**
 * A run's pull request in Markdown, for a reviewer who decides in a minute: what ran, whether every row is accounted for,
 * how fast, what failed and why, what merging does. No row text; for personal data no word of an engine either. What a
 * person, a model or an engine wrote stands in code spans, where no mention, link or markup works. Pure.
 */
export function pullRequestBody(
  meta: RunMeta,
  { base, jobUrl, note }: { base: string; jobUrl?: string; note?: string },
): string {
  return `${[
    headline(meta),
    ...(note === undefined ? [] : [`Note: ${code(note)}`]),
    '### What ran',
    table(['', ''], whatRan(meta)),
    '### Rows',
    table(
      ['asked for', 'answered', 'errors', 'missing', 'success rate'],
      [
        [
          count(meta.results.total),
          count(meta.results.success),
          count(meta.results.errors),
          count(meta.results.missing),
          meta.results.success_rate === undefined ? '–' : `${meta.results.success_rate} %`,
        ],
      ],
    ),
    ...causes(meta),
    ...conflicts(meta),
    '### Speed',
    table(['requests/s', 'prompt tokens/s', 'output tokens/s', 'time with requests in flight'], [speed(meta)]),
    '### How to review',
    howToReview(meta, base),
    ...(jobUrl === undefined ? [] : [`Made by ${link(jobUrl)}.`]),
  ].join('\n\n')}\n`
}

function headline({ status, results, failure, dataset }: RunMeta): string {
  const counted = `${count(results.success)} of ${count(results.total)} rows answered, ${count(results.errors)} errors, ${count(results.missing)} missing`
  if (status === 'completed') return `**Completed:** ${counted}.`
  const why = failure === undefined ? '' : ` Why: ${code(failure.code)}${reason(failure.message, dataset.privacy)}.`
  const mark = status === 'failed' ? '❌ **This run failed:**' : '⚠️ **This run is partial:**'
  return `${mark} ${counted}.${why}`
}

/** An engine may echo a row in its words, so those of personal rows are left out. */
function reason(message: string, privacy: RunMeta['dataset']['privacy']): string {
  return privacy === 'personal' ? '' : ` ${code(maskMessage(message))}`
}

function whatRan({ model, dataset, execution, provenance }: RunMeta): string[][] {
  const { engine, host, sampling } = execution
  const digest = (name: string, value: string | undefined) => (value === undefined ? [] : [`${name} ${prefix(value)}`])
  const weights = [
    ...(model.revision === undefined ? [] : [`revision ${prefix(model.revision)}`]),
    ...digest('weights', model.weights_sha256),
    ...(model.quantization === undefined ? [] : [code(model.quantization)]),
  ]
  const machine = [host?.name, host?.cpu, host?.platform].filter((part) => part !== undefined).map((part) => code(part))
  return [
    ['model', [code(model.name), code(model.id), ...weights].join(', ')],
    [
      'dataset',
      [code(dataset.name), `${count(dataset.count)} rows`, dataset.privacy, ...digest('sha256', dataset.sha256)].join(
        ', ',
      ),
    ],
    ['rubric', [code(dataset.rubric ?? 'none'), ...digest('prompt', dataset.prompt_sha256)].join(', ')],
    [
      'engine',
      [engine.name, engine.version]
        .filter((part) => part !== undefined)
        .map((part) => code(part))
        .join(', '),
    ],
    ['sampling', sampling ? code(`temperature ${sampling.temperature}, max_tokens ${sampling.max_tokens}`) : '–'],
    ['host', machine.join(', ') || '–'],
    ['started', `${execution.started_at} to ${execution.completed_at ?? '–'}`],
    [
      'retries, restarts, resumes',
      [execution.retries, execution.restarts, execution.resumes].map((value) => count(value ?? 0)).join(', '),
    ],
    ...(provenance.source === 'measured' ? [] : [['source', provenance.source]]),
    ['command', code(execution.command ?? '', longestCommand)],
  ]
}

function causes({ results, dataset }: RunMeta): string[] {
  const all = results.error_causes
  if (all.length === 0) return []
  const rows = all
    .slice(0, mostCauses)
    .map((cause) => [
      count(cause.count),
      cause.status === undefined ? 'no answer' : `HTTP ${cause.status}`,
      cause.code === undefined ? '–' : code(cause.code),
      dataset.privacy === 'personal' ? 'withheld: the rows are personal' : code(maskMessage(cause.message)),
    ])
  const rest = all.length - rows.length
  return [
    '### Errors',
    table(['rows', 'status', 'code', 'cause'], rows),
    ...(rest > 0 ? [`… and ${rest} more causes, in the meta.`] : []),
  ]
}

/** What the import was told and the rows don't show: a reviewer decides with it, so it stands in the request itself. */
function conflicts({ provenance: { conflicts: found, origin } }: RunMeta): string[] {
  const leftOut = origin?.left_out.reduce((sum, { rows }) => sum + rows, 0) ?? 0
  const told =
    origin === undefined
      ? []
      : [
          '### Imported',
          `From ${code(origin.file)} (${code(origin.format)}, sha256 ${prefix(origin.sha256)}): ${count(origin.imported)} of its ${count(origin.rows)} rows; ${count(leftOut)} left out, named in the meta.`,
        ]
  if (found.length === 0) return told
  const rows = found
    .slice(0, mostConflicts)
    .map(({ field, claimed, observed }) => [code(field), code(spell(claimed)), code(spell(observed))])
  const rest = found.length - rows.length
  return [
    ...told,
    '### Conflicts: what was claimed against what the rows show',
    table(['field', 'claimed', 'observed'], rows),
    ...(rest > 0 ? [`… and ${rest} more, in the meta.`] : []),
  ]
}

function spell(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '–')
}

function speed({ execution, results }: RunMeta): string[] {
  const seconds = execution.duration_seconds
  const perSecond = (mean: number | undefined) =>
    mean === undefined || seconds === undefined || seconds === 0 ? '–' : ((mean * results.success) / seconds).toFixed(1)
  return [
    execution.req_per_sec === undefined ? '–' : String(execution.req_per_sec),
    perSecond(results.avg_prompt_tokens),
    perSecond(results.avg_completion_tokens),
    seconds === undefined ? '–' : duration(seconds),
  ]
}

function howToReview(meta: RunMeta, base: string): string {
  const failed =
    meta.status === 'completed'
      ? []
      : [
          `- The run is ${meta.status}. Merge it to keep it as a record, or close this: the same run command goes on where it stopped.`,
        ]
  return [
    '- Wait for the status `batchledger/verify`. Its comment says whether every figure above follows from the rows, whether every byte is on the server, and what changed against the last comparable run.',
    `- Only three files may change: ${code(meta.files.results)}, its log, and ${code(metaPathOf(meta))}.`,
    ...failed,
    `- **Merging publishes the run**: it becomes write-once on ${code(base)}, the index and the site are rebuilt. Closing publishes nothing, and the rows stay on the runner until somebody drops them.`,
  ].join('\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // a table is cut into cells before its code spans are read
  const cell = (text: string) => text.replaceAll('\\', '⧵').replaceAll('|', '\\|')
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Foreign text as a code span on one line: no mention, link, picture, markup or table cell can begin in it. */
function code(text: string, longest = longestText): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replaceAll('`', '’')
    .trim()
  const cut = line.length > longest ? `${line.slice(0, longest - 1)}…` : line
  return cut === '' ? '–' : `\`${cut}\``
}

function link(url: string): string {
  return /^https?:\/\/[\w.:/?=&%[\]-]{1,400}$/.test(url) ? `[this job](${url})` : code(url)
}

function prefix(digest: string): string {
  return code(digest.slice(0, 12))
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
