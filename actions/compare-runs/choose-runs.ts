import { UserError, type RunMeta } from 'registry'
import { stemOf, type Ledger } from 'registry/node'
import { newestCompleted } from '../export-results/select-runs.ts'

export interface Choice {
  dataset?: string | undefined
  runs?: readonly string[] | undefined
  models?: readonly string[] | undefined
}

/**
 * The runs to compare: those named, in their order; else the newest completed run of each model (or each named model) on the
 * dataset, by model. The dataset may be left out where the runs or the ledger leave no doubt. Pure.
 * @throws UserError with every name that is unknown
 */
export function chooseRuns(ledger: Pick<Ledger, 'folder' | 'runs' | 'problems'>, choice: Choice): RunMeta[] {
  const metas = ledger.runs.map(({ meta }) => meta)
  if (choice.runs && choice.models)
    throw new UserError('which runs?', ['--runs and --models: two ways to choose: give one of them'])
  return choice.runs ? namedRuns(ledger, metas, choice.runs, choice.dataset) : newestRuns(ledger, metas, choice)
}

function namedRuns(
  ledger: Pick<Ledger, 'folder' | 'problems'>,
  metas: readonly RunMeta[],
  names: readonly string[],
  dataset: string | undefined,
): RunMeta[] {
  const problems: string[] = []
  const chosen: RunMeta[] = []
  for (const name of new Set(names)) {
    const meta = metas.find(({ run_id: runId }) => runId === name)
    if (!meta) problems.push(`${JSON.stringify(name)} is not in ${ledger.folder}: batchledger list shows the runs`)
    else if (dataset !== undefined && stemOf(meta.dataset.name) !== stemOf(dataset))
      problems.push(`${name} is a run on ${meta.dataset.name}, --dataset says ${dataset}: leave one out`)
    else chosen.push(meta)
  }
  if (problems.length > 0) throw new UserError('no such run', [...problems, ...ledger.problems])
  return chosen
}

function newestRuns(
  ledger: Pick<Ledger, 'folder' | 'problems'>,
  metas: readonly RunMeta[],
  { dataset, models }: Choice,
): RunMeta[] {
  const stem = dataset === undefined ? onlyDataset(metas) : stemOf(dataset)
  const onDataset = metas.filter((meta) => stemOf(meta.dataset.name) === stem)
  if (onDataset.length === 0)
    throw new UserError('no runs on this dataset', [
      `${JSON.stringify(stem)}: ${ledger.folder} has runs on ${listOf(datasetsOf(metas))}`,
      ...ledger.problems,
    ])
  const newest = new Map(
    newestCompleted(onDataset.map((meta) => ({ meta }))).map(({ meta }) => [meta.model.slug, meta]),
  )
  const slugs = models ?? [...newest.keys()].sort()
  const unknown = slugs.filter((slug) => !newest.has(slug))
  if (unknown.length > 0)
    throw new UserError(
      'no completed run of a model',
      unknown.map((slug) => {
        const other = onDataset.find(({ model }) => model.slug === slug)
        return `${JSON.stringify(slug)}: ${other ? `its newest run on ${stem} is ${other.status}: name it with --runs ${other.run_id}` : `completed on ${stem} are ${listOf([...newest.keys()])}`}`
      }),
    )
  if (slugs.length === 0)
    throw new UserError('no completed run on this dataset', [
      `${stem}: ${onDataset.map(({ run_id: runId, status }) => `${runId} is ${status}`).join(', ')}: name runs with --runs`,
    ])
  return [...new Set(slugs)].map((slug) => newest.get(slug) as RunMeta)
}

/** The dataset that is meant when none is named. */
function onlyDataset(metas: readonly RunMeta[]): string {
  const found = datasetsOf(metas)
  const [only, ...more] = found
  if (only === undefined || more.length > 0)
    throw new UserError('which dataset?', [
      only === undefined
        ? 'the ledger has no runs yet: make one with batchledger run'
        : `the ledger has runs on ${listOf(found)}: name one with --dataset`,
    ])
  return only
}

function datasetsOf(metas: readonly RunMeta[]): string[] {
  return [...new Set(metas.map(({ dataset }) => stemOf(dataset.name)))].sort()
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ')
}
