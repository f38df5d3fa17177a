import { InvalidArgumentError, Option, type Command } from 'commander'
import type { Dataset } from 'registry'
import { importResults, type ImportOutcome } from '../import-results/import-results.ts'
import { rowsOf, type ImportPlan, type PlannedRun } from '../import-results/import-plan.ts'
import { isoOf } from '../import-results/read-moment.ts'
import { formatTable } from './format-table.ts'
import { findLedger, withLedger, type LedgerOptions } from './options.ts'
import { runVerb, type VerbResult } from './verb.ts'

interface ImportOptions extends LedgerOptions {
  apply?: boolean
  scan?: string
  map: Record<string, string>
  input?: string
  model?: string
  dataset?: string
  rubric?: string
  privacy?: Dataset['privacy']
}

export function addImport(program: Command): void {
  withLedger(program.command('import [paths...]'))
    .description('old results into this ledger: a plan first, bundles with --apply; sources are never changed')
    .option('--apply', 'carry the plan out; a second time changes nothing')
    .option('--scan <dir>', 'find result files anywhere below DIR, and list what was left out and why')
    .option('--input <file>', 'the requests or records that were asked: datasets are then known by digest')
    .option('--model <name>', 'the model, where neither rows nor names say it')
    .option('--dataset <id>', 'a dataset of the catalog; rows without ids take its ids in order')
    .option('--rubric <id>', 'the rubric all of them were asked with')
    .addOption(
      new Option('--privacy <kind>', 'of datasets the catalog does not have; personal unless told').choices([
        'personal',
        'synthetic',
        'public',
      ]),
    )
    .option('--map <part=name>', 'a column or member: output, input, custom_id, model, created, error', addMap, {})
    .addHelpText(
      'after',
      `
Reads OpenAI and vLLM batch output, {input, output} JSON lines and CSV, lm-evaluation-harness samples, Inspect logs,
promptfoo results; gzip and zstd. What names, logs and metas claim and the rows contradict is told as a conflict.

Example:
  $ batchledger import old/
  $ batchledger import old/ --input batch_5k.jsonl --rubric candidate_evaluation_v1 --apply`,
    )
    .action((paths: string[], options: ImportOptions) =>
      runVerb(options, async () => {
        const named = [...paths, ...(options.scan === undefined ? [] : [options.scan])]
        const outcome = await importResults(
          {
            ledger: await findLedger(options),
            paths: named.length > 0 ? named : ['.'],
            map: options.map,
            ...(options.input === undefined ? {} : { input: options.input }),
            given: {
              ...(options.model === undefined ? {} : { model: options.model }),
              ...(options.dataset === undefined ? {} : { dataset: options.dataset }),
              ...(options.rubric === undefined ? {} : { rubric: options.rubric }),
              ...(options.privacy === undefined ? {} : { privacy: options.privacy }),
            },
            apply: options.apply === true,
          },
          { onStep: (text) => process.stderr.write(`${text}\n`) },
        )
        return tellOutcome(outcome, options.scan !== undefined)
      }),
    )
}

function tellOutcome({ plan, applied }: ImportOutcome, everyFile: boolean): VerbResult {
  return {
    json: { ...planJson(plan), ...(applied ? { applied } : {}) },
    text: [
      ...planText(plan, everyFile),
      '',
      applied
        ? `${applied.imported.length} runs imported, ${applied.catalog.length} catalog files written; next: batchledger verify, then commit`
        : plan.runs.length > 0
          ? 'nothing was written: the same command with --apply does'
          : 'nothing to import',
      ...(applied?.unregistered ?? []).map((problem) => `the index was not written: ${problem}`),
    ].join('\n'),
    exitCode: (applied?.unregistered.length ?? 0) > 0 ? 1 : 0,
  }
}

function planJson(plan: ImportPlan): object {
  return {
    runs: plan.runs.map((run) => ({
      file: run.source.path,
      format: run.source.format,
      run_id: run.runId,
      model: run.model.slug,
      dataset: run.dataset.name,
      dataset_known: run.datasetKnown,
      ...(run.rubric === undefined ? {} : { rubric: run.rubric }),
      status: run.counted.status,
      ...(run.failure ? { failure: run.failure } : {}),
      started_at: isoOf(run.startedAt),
      rows: rowsOf(run).imported + rowsOf(run).leftOut,
      imported: rowsOf(run).imported,
      left_out: run.leftOut,
      success: run.counted.success,
      errors: run.counted.errors,
      missing: run.counted.total - run.counted.success - run.counted.errors,
      conflicts: run.conflicts,
      known_from: run.knownFrom,
      notes: run.notes,
    })),
    duplicates: plan.duplicates.map(({ inLedger, ...duplicate }) => ({ ...duplicate, in_ledger: inLedger })),
    refused: plan.refused,
    left_out: plan.leftOut,
    catalog: {
      models: plan.newModels.map(({ slug, hubId }) => ({ slug, hub_id: hubId })),
      datasets: plan.newDatasets.map(({ id, positions }) => ({ id, count: positions.size })),
    },
    files: plan.sources.map(({ shown, source, rows, parts, leftOut }) => ({
      file: shown,
      format: source.format,
      rows,
      read: parts.reduce((sum, { customIds }) => sum + customIds.length, 0),
      left_out: [...leftOut, ...parts.flatMap((part) => part.leftOut)],
    })),
    notes: plan.notes,
  }
}

function planText(plan: ImportPlan, everyFile: boolean): string[] {
  const heading = ['file', 'run', 'dataset', 'rows', 'ok', 'errors', 'missing', 'status', 'conflicts']
  const table = plan.runs.map((run) => [
    run.source.path,
    run.runId,
    `${run.dataset.name}${run.datasetKnown ? '' : ' (new)'}`,
    String(rowsOf(run).imported),
    String(run.counted.success),
    String(run.counted.errors),
    String(run.counted.total - run.counted.success - run.counted.errors),
    run.counted.status,
    String(run.conflicts.length),
  ])
  const blind = plan.runs.filter((run) => !knowsPrompt(run)).length
  return [
    ...(table.length > 0 ? [formatTable([heading, ...table], [3, 4, 5, 6, 8])] : []),
    ...plan.runs.flatMap(runDetails),
    ...section(
      'Same rows as another, not imported again',
      plan.duplicates.map(({ file, of, rows }) => `${file}: its ${rows} rows are those of ${of}`),
    ),
    ...section(
      'Not imported',
      plan.refused.map(({ file, rows, reason }) => `${file} (${rows} rows): ${reason}`),
    ),
    ...section('New in the catalog', [
      ...plan.newModels.map(({ slug, hubId }) => `model ${slug} (${hubId})`),
      ...plan.newDatasets.map(({ id, positions }) => `dataset ${id}, ${positions.size} rows`),
    ]),
    ...(everyFile || plan.leftOut.length <= 20
      ? section(
          'Left out',
          plan.leftOut.map(({ file, reason }) => `${file}: ${reason}`),
        )
      : ['', `${plan.leftOut.length} other files were left out: --scan lists them`]),
    ...section('Notes', [
      ...plan.notes,
      ...(blind > 0
        ? [
            `nothing says what ${blind} runs were asked, so they can't be compared: name the input with --input, or the rubric with --rubric`,
          ]
        : []),
    ]),
  ]
}

function runDetails(run: PlannedRun): string[] {
  const lines = [
    ...run.conflicts.map(
      ({ field, claimed, observed, claimed_by: by }) =>
        `conflict: ${field}: ${by ?? 'somebody'} says ${spell(claimed)}, ${observed === null ? 'the rows say nothing' : `found ${spell(observed)}`}`,
    ),
    ...run.leftOut.map(
      ({ from, to, rows, finding }) =>
        `${from === to ? `row ${from}` : `rows ${from}–${to} (${rows})`} left out: ${finding}`,
    ),
    ...(run.failure ? [`${run.counted.status}: ${run.failure.message}`] : []),
    ...(run.source.format === 'openai-batch' || run.knownFrom['execution.started_at'] === 'rows'
      ? []
      : [`started: known from ${run.knownFrom['execution.started_at']} only`]),
    ...run.notes,
  ]
  const most = 20
  const more = lines.length > most ? [`… and ${lines.length - most} more, in --json`] : []
  return section(run.source.path, [...lines.slice(0, most), ...more])
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}

function spell(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
}

function knowsPrompt({ dataset, knownFrom }: PlannedRun): boolean {
  return ('entry' in dataset && dataset.entry.format === 'openai-batch') || knownFrom['dataset.rubric'] === 'given'
}

const parts = new Set([
  'output',
  'input',
  'custom_id',
  'model',
  'created',
  'error',
  'finish_reason',
  'prompt_tokens',
  'completion_tokens',
])

function addMap(text: string, map: Record<string, string>): Record<string, string> {
  const [part = '', ...rest] = text.split('=')
  const name = rest.join('=')
  if (!parts.has(part) || name === '')
    throw new InvalidArgumentError(`expected one of ${[...parts].join(', ')}, then =NAME`)
  return { ...map, [part]: name }
}
