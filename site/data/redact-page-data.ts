import { idSchema, type Dataset } from 'registry'
import { allowFigures } from './allow-figures.ts'
import { describeRecorded } from './describe-kind.ts'
import type { DatasetLabels } from './describe-labels.ts'
import type { DatasetPage, PageData, Question, RunPage } from './page-data.ts'
import { redactAgreement } from './redact-agreement.ts'
import { redactRun } from './redact-run.ts'

/**
 * What the public build is made from: the catalog, the runs' figures and aggregate agreement. An allow-list: a member
 * of PageData that isn't named here doesn't go out, however it got in. Pure.
 */
export function redactPageData(data: PageData): PageData {
  const personal = personalDatasets(data)
  return {
    kind: 'public',
    ledger: data.ledger,
    ...(data.commit === undefined ? {} : { commit: data.commit }),
    base: data.base,
    runs: data.runs.map((run) => redactRun(run, personal.has(run.dataset))),
    datasets: data.datasets.map((dataset) => redactDataset(dataset, personal.has(dataset.id))),
  }
}

/** Datasets that the catalog or any of their runs calls personal, and those it doesn't know, as in verify. */
export function personalDatasets({ datasets, runs }: Pick<PageData, 'datasets' | 'runs'>): Set<string> {
  const said = (run: RunPage) => run.meta.dataset.privacy === 'personal'
  return new Set([
    ...datasets.filter(({ entry }) => (entry?.privacy ?? 'personal') === 'personal').map(({ id }) => id),
    ...runs.filter(said).map(({ dataset }) => dataset),
  ])
}

function redactDataset(dataset: DatasetPage, personal: boolean): DatasetPage {
  const { agreement, labels } = dataset
  const told = agreement && allowFigures(redactAgreement(agreement), personal)
  return {
    id: dataset.id,
    page: dataset.page,
    title: dataset.title,
    ...(dataset.entry ? { entry: redactEntry(dataset.entry) } : {}),
    questions: dataset.questions.map(redactQuestion),
    runs: [...dataset.runs],
    preselected: [...dataset.preselected],
    ...(told ? { agreement: told } : {}),
    ...(labels ? { labels: redactLabels(labels, dataset.questions) } : {}),
  }
}

/** What people wrote into the catalog of a dataset; not where its file lies on a runner. */
function redactEntry(entry: Dataset): Dataset {
  const { title, description, format, file, location, sha256, count, privacy, created, rubric } = entry
  return {
    title,
    ...(description === undefined ? {} : { description }),
    format,
    file: file.replace(/^\/.*\//, ''),
    location,
    sha256,
    count,
    privacy,
    created,
    ...(rubric === undefined ? {} : { rubric }),
  }
}

/** A rubric of the catalog as it is; of what only runs recorded no word, since nobody put it into the catalog. */
function redactQuestion(question: Question): Question {
  const { rubric, title, description, criteria, prompt, fields, note, promptSha256 } = question
  const digest = promptSha256 === undefined ? {} : { promptSha256 }
  const fieldsTold = fields.map((field) => ({
    name: field.name,
    title: field.title,
    type: field.type,
    scale: [...field.scale],
    tolerance: field.tolerance,
    primary: field.primary,
    ...(field.positive === undefined ? {} : { positive: [...field.positive] }),
  }))
  if (note !== undefined)
    return {
      ...(idSchema.safeParse(rubric).success ? { rubric: rubric ?? '' } : {}),
      // without a rubric of the catalog the title is what a meta says
      title: fields.length > 0 || idSchema.safeParse(title).success ? title : 'a rubric that is not in the catalog',
      criteria: {},
      prompt: [],
      fields: fieldsTold,
      note: describeRecorded,
      ...digest,
    }
  return {
    ...(rubric === undefined ? {} : { rubric }),
    title,
    ...(description === undefined ? {} : { description }),
    criteria: { ...criteria },
    prompt: prompt.map(({ name, text }) => ({ name, text })),
    fields: fieldsTold,
    ...digest,
  }
}

/** Raters are numbered: who they are is nobody's business outside. A field that no question has is a rater's own word. */
function redactLabels(labels: DatasetLabels, questions: readonly Question[]): DatasetLabels {
  const known = new Set(questions.flatMap(({ fields }) => fields.map(({ name }) => name)))
  const strange = labels.fields.filter(({ field }) => !known.has(field))
  return {
    file: labels.file,
    count: labels.count,
    items: labels.items,
    raters: labels.raters.map((_, place) => `rater ${place + 1}`),
    selections: labels.selections.map(({ selection, count }) => ({ selection, count })),
    fields: [
      ...labels.fields.flatMap(({ field, count }) => (known.has(field) ? [{ field, count }] : [])),
      ...(strange.length > 0
        ? [{ field: 'no field of the rubric', count: strange.reduce((sum, { count }) => sum + count, 0) }]
        : []),
    ],
    faults: labels.faults,
  }
}
