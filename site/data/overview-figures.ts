import { alignRun, codeField, compareField, gatherLabels, type AlignedField, type Label, type RunMeta } from 'registry'
import {
  checkDataset,
  readLabels,
  readRunColumns,
  readRunColumnsCached,
  type Ledger,
  type ReadRun,
} from 'registry/node'
import { describeStandings } from './describe-standings.ts'
import { featuredDatasets } from './featured-datasets.ts'
import type { DatasetPage, PageData, Standings } from './page-data.ts'

/** Adds standings to the datasets that the overview shows. @param cache where run columns are kept */
export async function addStandings(ledger: Ledger, pageData: PageData, cache?: string): Promise<void> {
  for (const dataset of featuredDatasets(pageData)) {
    const standings = await readStandings(ledger, dataset, cache)
    if (standings) dataset.standings = standings
  }
}

/**
 * The standings of a dataset's preselected runs on the primary field; undefined where there is none. Runs are read one
 * after the other, from the cache where there is one.
 */
async function readStandings(
  ledger: Ledger,
  dataset: Pick<DatasetPage, 'id' | 'preselected' | 'entry'>,
  cache?: string,
): Promise<Standings | undefined> {
  const metas = dataset.preselected.flatMap(
    (runId) => ledger.runs.find(({ meta }) => meta.run_id === runId)?.meta ?? [],
  )
  const [first] = metas
  const rubric = metas.map((meta) => ledger.catalog.rubrics.get(meta.dataset.rubric ?? '')).find(Boolean)
  const [name, field] = Object.entries(rubric?.fields ?? {}).find(([, { primary }]) => primary === true) ?? []
  if (!first || !rubric || name === undefined || !field || field.type === 'text') return undefined
  const notes: string[] = []
  const positions = await readPositions(ledger, dataset, first)
  const inFile = positions.size > 0
  const read: ReadRun['columns'][] = []
  for (const meta of metas) {
    const { columns } = await (cache === undefined
      ? readRunColumns(ledger.folder, meta, rubric)
      : readRunColumnsCached(ledger.folder, meta, rubric, { cache }))
    // one field is wanted; the others needn't wait for the last run
    const own = columns.fields[name]
    read.push({ ...columns, fields: own ? { [name]: own } : {} })
    if (!inFile) for (const id of columns.customIds) if (!positions.has(id)) positions.set(id, positions.size)
  }
  // without the file nobody knows which ids are the dataset's
  const labels = await readOwnLabels(ledger, dataset, inFile ? positions : { has: () => true }, notes)
  const count = inFile ? positions.size : Math.max(positions.size, first.dataset.count)
  const aligned = read.flatMap((columns): AlignedField[] => {
    const one = alignRun(columns, positions, count, { [name]: field }).fields.get(name)
    return one ? [one] : []
  })
  if (aligned.length !== metas.length) return undefined
  const reference = gatherLabels(name, field, labels, positions, first.dataset.prompt_sha256)
  const codes = codeField(field, aligned, reference?.values ?? new Map())
  const { comparison } = compareField(
    name,
    codes,
    metas.map((meta) => meta.run_id),
    reference,
  )
  return describeStandings(comparison, metas, notes)
}

/** custom_id → ordinal, out of the dataset's file; empty where it isn't here or isn't what the runs saw. */
async function readPositions(
  { folder }: Ledger,
  { id, entry }: Pick<DatasetPage, 'id' | 'entry'>,
  { dataset }: RunMeta,
): Promise<Map<string, number>> {
  const positions = new Map<string, number>()
  if (entry?.sha256 !== dataset.sha256) return positions
  const problems = await checkDataset(folder, id, entry, ({ customId }) => positions.set(customId, positions.size))
  return problems.length > 0 ? new Map() : positions
}

async function readOwnLabels(
  { folder }: Ledger,
  { entry }: Pick<DatasetPage, 'entry'>,
  known: Pick<ReadonlySet<string>, 'has'>,
  notes: string[],
): Promise<Label[]> {
  if (!entry) return []
  const { labels, problems } = await readLabels(folder, entry, undefined, known)
  if (problems.length === 0) return labels
  notes.push(`The labels have ${problems.length} faults and are not used; the first: ${problems[0]}`)
  return []
}
