import { join } from 'node:path'
import { datasetSchema, escapeMarkdown, parseYaml, UserError, type Label } from 'registry'
import {
  catalogFolders,
  checkDataset,
  checkLabel,
  labelsPathOf,
  parseLabels,
  readLedger,
  readOptional,
  type Catalog,
} from 'registry/node'
import type { Forge, PullRequest } from '../adapters/forge.ts'
import type { GitAuth } from '../adapters/git.ts'
import { commitLabels, openBase, textAt, type CommittedLabels, type LedgerAt } from './commit-labels.ts'
import { findDatasets, namedDataset, type LabelledDataset } from './find-dataset.ts'
import { keepHere } from './keep-here.ts'
import { mergeLabels, type LabelLine, type MergedLabels } from './merge-labels.ts'
import { nameLabels } from './name-labels.ts'

export interface AddLabelsInputs {
  /** the ledger's folder: a Git repository, or a folder of one */
  ledger: string
  /** JSON lines, a label a line; shown in findings as it is named */
  file: string
  dataset?: string
  remote: string
  /** `main` unless told */
  base?: string
  auth?: GitAuth
  /** with it, a pull request is opened, or the one there is found */
  forge?: Forge
}

export interface AddLabelsOutcome {
  dataset: string
  /** where the labels stand, relative to the ledger */
  file: string
  added: number
  replaced: number
  unchanged: number
  older: number
  /** here: personal data's labels, in a file that Git ignores; nowhere: there was nothing to add */
  where: 'branch' | 'here' | 'nowhere'
  branch?: string
  commit?: string
  /** the branch was pushed to this remote */
  remote?: string
  already?: boolean
  pull?: { number: number; url: string; created: boolean; state: 'open' | 'closed' | 'merged' }
  warnings: string[]
}

const mostProblems = 50

/**
 * Adds reference labels to a dataset: they are checked, merged into its labels file and offered on a branch of their own.
 * Labels of personal data name people's rows, and plain Git can't forget: they stay on this machine, in a file that Git
 * ignores. The working tree is not touched otherwise.
 * @throws UserError with every fault of the file, or naming what the remote or the forge refused
 */
export async function addLabels(inputs: AddLabelsInputs): Promise<AddLabelsOutcome> {
  const text = await readOptional(inputs.file)
  if (text === undefined) throw new UserError('no labels there', [`${inputs.file}: no such file`])
  const { catalog, problems: ledgerProblems } = await readLedger(inputs.ledger)
  const { lines, problems } = parseLabels(text, inputs.file)
  if (lines.length === 0 && problems.length === 0) problems.push(`${inputs.file}: holds no label, expected one a line`)
  if (problems.length > 0) refuse(problems)
  const { dataset, warnings } = await chooseDataset(inputs, catalog, lines, ledgerProblems)
  return dataset.entry.privacy === 'personal'
    ? keepLabels(inputs, dataset, lines, warnings)
    : offerLabels(inputs, dataset, lines, warnings)
}

interface Chosen {
  dataset: LabelledDataset
  warnings: string[]
}

/** The dataset the labels are of; they are checked against it on the way. */
async function chooseDataset(
  { ledger, dataset }: AddLabelsInputs,
  catalog: Catalog,
  lines: readonly LabelLine[],
  ledgerProblems: readonly string[],
): Promise<Chosen> {
  const labels = lines.map(({ label }) => label)
  if (dataset !== undefined) {
    const named = namedDataset(catalog, dataset, labels)
    if ('problem' in named) throw new UserError('no such dataset', [named.problem, ...ledgerProblems])
    const { problems, warnings } = await checkLabels(ledger, named, lines)
    if (problems.length > 0) refuse(problems)
    return { dataset: named, warnings }
  }
  const candidates = findDatasets(catalog, labels)
  const checked = await Promise.all(
    candidates.map(async (candidate) => {
      const { problems, warnings } = await checkLabels(ledger, candidate, lines)
      return { candidate, problems, warnings }
    }),
  )
  const fits = checked.filter(({ problems }) => problems.length === 0)
  const [fit] = fits
  if (fit && fits.length === 1) {
    // labels of another dataset under the same prompt would fit too, of a personal one as well, and then be pushed
    if (fit.warnings.length > 0 && fit.candidate.entry.privacy !== 'personal')
      refuse([
        ...fit.warnings.map((warning) => `${fit.candidate.id}: ${warning}`),
        `only the prompt says that they are of ${fit.candidate.id}: name it with --dataset ${fit.candidate.id} if they are`,
      ])
    return { dataset: fit.candidate, warnings: fit.warnings }
  }
  if (fits.length > 1)
    refuse([`${fits.map(({ candidate }) => candidate.id).join(', ')}: each could be meant: name one with --dataset ID`])
  const [only] = checked
  // with one candidate its faults say more than that it doesn't fit
  if (only && checked.length === 1) refuse(only.problems)
  const why =
    checked.length === 0
      ? 'prompt_sha256 is of no dataset’s rubric: the rubric was edited since, or it is another ledger'
      : `the labels fit none of ${checked.map(({ candidate }) => candidate.id).join(', ')}`
  return refuse([`${why}: name the dataset with --dataset ID to see what is wrong`, ...ledgerProblems])
}

async function checkLabels(
  ledger: string,
  { id, entry, rubric }: LabelledDataset,
  lines: readonly LabelLine[],
): Promise<{ problems: string[]; warnings: string[] }> {
  const problems: string[] = []
  const warnings: string[] = []
  const ids = new Set<string>()
  // where the rows are not here nobody can tell an id from another
  const [missing] = await checkDataset(ledger, id, entry, ({ customId }) => void ids.add(customId))
  if (missing !== undefined) warnings.push(`custom_ids were not checked: ${missing}`)
  if (!rubric)
    problems.push(
      entry.rubric === undefined
        ? `${catalogFolders.datasets}/${id}.yaml: names no rubric, and no rubric asks what prompt_sha256 says: add rubric: ID`
        : `${catalogFolders.rubrics}/${entry.rubric}.yaml: missing or faulty, and labels are read by it: put it back`,
    )
  for (const { label, where } of lines) {
    if (missing === undefined && !ids.has(label.custom_id))
      problems.push(
        `${where}: ${id} holds no such custom_id: take the line out, or name another dataset with --dataset`,
      )
    if (rubric) problems.push(...checkLabel(label, rubric, entry).map((finding) => `${where}: ${finding}`))
  }
  return { problems, warnings }
}

/** Personal data: the labels' file is merged in place, where Git ignores it. */
async function keepLabels(
  { ledger }: AddLabelsInputs,
  { id, entry }: LabelledDataset,
  lines: readonly LabelLine[],
  warnings: readonly string[],
): Promise<AddLabelsOutcome> {
  const path = entry.labels ?? labelsPathOf(id)
  const merged = mergeInto(path, await readOptional(join(ledger, path)), lines)
  await keepHere(ledger, path, merged.text)
  return {
    ...countsOf(id, path, merged),
    where: 'here',
    warnings: [
      ...warnings,
      `${id} is personal: its labels name people’s rows, and plain Git can’t forget them, so they stay on this machine in ${path}; compare reads them with --labels ${path}`,
    ],
  }
}

async function offerLabels(
  inputs: AddLabelsInputs,
  { id }: LabelledDataset,
  lines: readonly LabelLine[],
  warnings: string[],
): Promise<AddLabelsOutcome> {
  const base = inputs.base ?? 'main'
  const at = await openBase({ ...inputs, base })
  const entryPath = `${catalogFolders.datasets}/${id}.yaml`
  const entryText = await textAt(at, entryPath)
  const onBase = entryText === undefined ? undefined : parseYaml(entryText, entryPath, datasetSchema)
  const main = at.remote === undefined ? 'the commit you stand on' : `${base} of ${at.remote}`
  if (entryText === undefined || !onBase?.value)
    refuse([`${entryPath}: missing or faulty in ${main}: merge the dataset’s entry first`])
  const { privacy, labels: namedPath } = onBase.value
  if (privacy === 'personal')
    refuse([`${entryPath}: is personal in ${main}, and labels of personal rows don’t go to plain Git: pull first`])
  const path = namedPath ?? labelsPathOf(id)
  const merged = mergeInto(path, await textAt(at, path), lines)
  const counts = countsOf(id, path, merged)
  if (merged.added.length + merged.replaced.length === 0) return { ...counts, where: 'nowhere', warnings }
  const files = new Map([[path, merged.text]])
  if (namedPath === undefined) files.set(entryPath, nameLabels(entryText, path))
  const subject = `Add ${counts.added + counts.replaced} labels to ${id}`
  const committed = await commitLabels(at, { dataset: id, files, message: `${subject}\n\n${describeCounts(counts)}` })
  const pull = inputs.forge && (await offerPull(inputs.forge, { at, base, committed, subject, merged, counts }))
  return {
    ...counts,
    where: 'branch',
    ...committed,
    ...(at.remote === undefined ? {} : { remote: at.remote }),
    ...(pull ? { pull } : {}),
    warnings,
  }
}

function mergeInto(path: string, existing: string | undefined, lines: readonly LabelLine[]): MergedLabels {
  const known = parseLabels(existing ?? '', path)
  const merged = mergeLabels(
    known.lines.map(({ label }) => label),
    lines,
  )
  const problems = [...known.problems, ...merged.problems]
  if (problems.length > 0) refuse(problems)
  return merged
}

type Counts = Pick<AddLabelsOutcome, 'dataset' | 'file' | 'added' | 'replaced' | 'unchanged' | 'older'>

function countsOf(dataset: string, file: string, { added, replaced, unchanged, older }: MergedLabels): Counts {
  return { dataset, file, added: added.length, replaced: replaced.length, unchanged, older }
}

/** `12 new, 3 replaced, 1 there already, 2 older than what is there` */
export function describeCounts({ added, replaced, unchanged, older }: Counts): string {
  return [
    `${added} new`,
    ...(replaced > 0 ? [`${replaced} replaced`] : []),
    ...(unchanged > 0 ? [`${unchanged} there already`] : []),
    ...(older > 0 ? [`${older} older than what is there`] : []),
  ].join(', ')
}

interface Offered {
  at: LedgerAt
  base: string
  committed: CommittedLabels
  subject: string
  merged: MergedLabels
  counts: Counts
}

async function offerPull(forge: Forge, { base, committed, subject, merged, counts }: Offered) {
  const there = await forge.findPull(committed.branch)
  if (there) return tellPull(there, false)
  const body = pullBody(counts, [...merged.added, ...merged.replaced])
  return tellPull(await forge.createPull({ branch: committed.branch, base, title: subject, body }), true)
}

function tellPull({ number, url, state, merged }: PullRequest, created: boolean) {
  return { number, url, created, state: merged ? ('merged' as const) : state }
}

/** For a reviewer: how many, by whom, chosen how. No id and no note: they stand in the change itself. */
function pullBody(counts: Counts, labels: readonly Label[]): string {
  const tally = (name: string, of: (label: Label) => string) => {
    const found = new Map<string, number>()
    for (const label of labels) found.set(of(label), (found.get(of(label)) ?? 0) + 1)
    return `- ${name}: ${[...found].map(([value, count]) => `${escapeMarkdown(value)} (${count})`).join(', ')}`
  }
  return [
    `Reference labels for ${escapeMarkdown(counts.dataset)}: ${describeCounts(counts)}.`,
    '',
    tally('by field', ({ field }) => field),
    tally('by rater', ({ rater }) => rater),
    tally('chosen', ({ selection }) => selection),
    '',
    'After the merge, accuracy in `batchledger compare` and on the site counts them. `batchledger verify` checks each line against its dataset and rubric; the check of this pull request looks only at where it may write.',
    '',
  ].join('\n')
}

function refuse(problems: readonly string[]): never {
  const more = problems.length - mostProblems
  throw new UserError('the labels were not added', [
    ...problems.slice(0, mostProblems),
    ...(more > 0 ? [`and ${more} more of the kind`] : []),
  ])
}
