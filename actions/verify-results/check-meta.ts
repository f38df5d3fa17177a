import { isDeepStrictEqual } from 'node:util'
import { round, withholdMessage, type Rubric, type RunMeta } from 'registry'
import { catalogFolders, metaPathOf, promptSha256, readyMadePromptSha256, stemOf, type Catalog } from 'registry/node'

type Entries = Pick<Catalog, 'models' | 'datasets' | 'rubrics'>

/**
 * What a meta says against itself and the catalog, without a row: status, accounting, rates, prompt, model, dataset.
 * Entries the catalog doesn't have are not told here. Pure.
 */
export function checkMeta(meta: RunMeta, catalog: Entries): string[] {
  const path = metaPathOf(meta)
  const rubric = meta.dataset.rubric === undefined ? undefined : catalog.rubrics.get(meta.dataset.rubric)
  const model = catalog.models.get(meta.model.slug)
  return [
    ...checkStatus(meta, path),
    ...checkAccounting(meta, path),
    ...checkRate(meta, path),
    ...(rubric ? checkPrompt(meta, path, rubric) : []),
    ...(model && meta.model.id !== model.hub_id
      ? [
          `${path}: model.id is ${meta.model.id}, registry/models/${meta.model.slug}.yaml has ${model.hub_id}: one of them was edited`,
        ]
      : []),
    ...checkDatasetEntry(meta, path, catalog),
  ]
}

/**
 * Whether a run's rows are to be handled as personal: its meta or its dataset's entry says so, or there is no entry that
 * would say otherwise.
 */
export function isPersonal({ dataset }: Pick<RunMeta, 'dataset'>, catalog: Pick<Catalog, 'datasets'>): boolean {
  const entry = catalog.datasets.get(stemOf(dataset.name))
  return dataset.privacy === 'personal' || (entry?.privacy ?? 'personal') === 'personal'
}

/** A masked cause's words as they may be shown of personal data: our own stay, an engine's are withheld. */
export function withholdMasked(message: string): string {
  return withholdMessage(message.replaceAll(/\bN\b/g, '0'))
}

const ourFailures =
  /^(only the first \d+ of \d+ rows were asked for|\d+ rows have no answer|interrupted with \d+ rows to go|part \d+ of \d+: batchledger merge joins the parts)$/

/** The same of a failure's words. */
export function withholdFailure(message: string): string {
  return ourFailures.test(message) ? message : withholdMasked(message)
}

/** A status against the accounting: completed has no missing rows, and a run without one good row is failed. */
function checkStatus({ status, failure, results }: RunMeta, path: string): string[] {
  const problems: string[] = []
  if (status === 'completed' && results.missing > 0)
    problems.push(`${path}: status is completed, ${results.missing} rows are missing`)
  if (status !== 'failed' && results.success === 0)
    problems.push(`${path}: status is ${status}, no row was answered well`)
  if (status !== 'completed' && !failure) problems.push(`${path}: status is ${status} without a reason in failure`)
  if (status === 'completed' && failure) problems.push(`${path}: status is completed, failure says ${failure.code}`)
  return problems
}

/** The parts against their sums. That total = success + errors + missing = the dataset's count, the schema says already. */
function checkAccounting({ results }: RunMeta, path: string): string[] {
  const { total, success, errors, success_rate: rate } = results
  const problems: string[] = []
  const told = (finding: string) => problems.push(`${path}: results.${finding}: the meta was edited`)
  const expected = total > 0 ? round((100 * success) / total, 4) : undefined
  if (rate !== expected) told(`success_rate is ${rate ?? 'absent'}, success / total is ${expected ?? 'undefined'}`)
  const caused = results.error_causes.reduce((sum, { count }) => sum + count, 0)
  if (caused !== errors) told(`error_causes count ${caused} rows, errors is ${errors}`)
  const finished = Object.values(results.finish_reasons).reduce((sum, count) => sum + count, 0)
  if (finished !== success) told(`finish_reasons count ${finished} rows, success is ${success}`)
  return problems
}

function checkRate({ execution, results }: RunMeta, path: string): string[] {
  const { duration_seconds: seconds, req_per_sec: rate } = execution
  const found = seconds !== undefined && seconds > 0 ? round(results.success / seconds, 4) : undefined
  return found === rate ? [] : [`${path}: execution.req_per_sec is ${rate}, success / duration is ${found}`]
}

/** What the run says it asked, against the rubric it names; ready-made requests asked what their dataset says. */
function checkPrompt({ run_id: runId, dataset }: RunMeta, path: string, rubric: Rubric): string[] {
  const asked = dataset.prompt_sha256
  if (asked === undefined || asked === readyMadePromptSha256) return []
  if (asked !== promptSha256(rubric))
    return [
      `${catalogFolders.rubrics}/${dataset.rubric}.yaml: its prompt part differs from what ${runId} was judged by: a rubric that runs refer to is not edited; restore it and give the new one a new id`,
    ]
  if (isDeepStrictEqual(dataset.criteria, rubric.criteria)) return []
  return [`${path}: dataset.criteria are not those of ${dataset.rubric}, whose prompt it names: the meta was edited`]
}

function checkDatasetEntry({ run_id: runId, dataset }: RunMeta, path: string, catalog: Entries): string[] {
  const id = stemOf(dataset.name)
  const entry = catalog.datasets.get(id)
  if (!entry) return []
  const problems: string[] = []
  if (entry.sha256 !== dataset.sha256)
    problems.push(
      `${catalogFolders.datasets}/${id}.yaml: sha256 differs from the one ${runId} was run with: datasets don’t change; give the new data a new name`,
    )
  else if (entry.count !== dataset.count)
    problems.push(`${path}: dataset.count is ${dataset.count}, ${id}.yaml has ${entry.count}: one of them was edited`)
  if (entry.privacy === 'personal' && dataset.privacy !== 'personal')
    problems.push(
      `${path}: dataset.privacy is ${dataset.privacy}, ${id}.yaml says personal: a run is handled as its dataset is; run it again`,
    )
  return problems
}
