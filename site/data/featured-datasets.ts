import type { DatasetPage, PageData } from './page-data.ts'

/** How many datasets the overview has room for. */
const most = 4

/** The datasets that were run over last, newest first: those the overview tells of before it lists all runs. */
export function featuredDatasets({ runs, datasets }: Pick<PageData, 'runs' | 'datasets'>): DatasetPage[] {
  const byId = new Map(datasets.map((dataset) => [dataset.id, dataset]))
  const used = [...new Set(runs.map(({ dataset }) => dataset))]
  return used.flatMap((id) => byId.get(id) ?? []).slice(0, most)
}
