import { join } from 'node:path'
import type { Dataset } from '../formats/dataset.ts'
import { labelSchema, type Label } from '../formats/label.ts'
import { parseJson } from '../formats/parse-json.ts'
import type { Rubric } from '../formats/rubric.ts'
import { readField } from '../verdicts/read-verdict.ts'
import { promptSha256, readyMadePromptSha256 } from './digest-rubric.ts'
import { isLink, readOptional } from './read-catalog.ts'

/**
 * A dataset's reference labels, none where it names no file. Every fault is told as `path:line: finding`: a line that is
 * no label, a field or value its rubric doesn't know, an id the dataset doesn't hold, a label of another prompt.
 */
export async function readLabels(
  ledger: string,
  dataset: Dataset,
  rubric: Rubric | undefined,
  customIds: Pick<ReadonlySet<string>, 'has'>,
): Promise<{ labels: Label[]; problems: string[] }> {
  const path = dataset.labels
  if (path === undefined) return { labels: [], problems: [] }
  const text = (await isLink(join(ledger, path))) ? undefined : await readOptional(join(ledger, path))
  if (text === undefined)
    return {
      labels: [],
      problems: [
        `${path}: the dataset's entry names it, no such file (a link is none): put it there or mend the entry`,
      ],
    }
  const { lines, problems } = parseLabels(text, path)
  for (const { label, where } of lines) {
    if (!customIds.has(label.custom_id)) problems.push(`${where}: the dataset holds no such custom_id`)
    if (rubric) problems.push(...checkLabel(label, rubric, dataset).map((finding) => `${where}: ${finding}`))
  }
  return { labels: lines.map(({ label }) => label), problems }
}

/**
 * A dataset's labels as a comparison of runs takes them. Told are also fields the rubric lacks, and values it doesn't know
 * where the label is of the runs' own prompt; labels of other prompts are kept, to be counted.
 */
export async function readReferenceLabels(
  ledger: string,
  dataset: Dataset,
  { rubric, promptSha256: own }: { rubric: Rubric; promptSha256: string | undefined },
  customIds: Pick<ReadonlySet<string>, 'has'>,
): Promise<{ labels: Label[]; problems: string[] }> {
  const { labels, problems } = await readLabels(ledger, dataset, undefined, customIds)
  const wrong = labels.flatMap((label) => {
    const field = Object.hasOwn(rubric.fields, label.field) ? rubric.fields[label.field] : undefined
    if (!field)
      return [`${dataset.labels}: field is ${label.field}, the rubric has ${Object.keys(rubric.fields).join(', ')}`]
    const fits = label.prompt_sha256 !== own || readField(label.value, field).status === 'ok'
    return fits ? [] : [`${dataset.labels}: ${JSON.stringify(label.value)} is not one of ${label.field}'s values`]
  })
  return { labels, problems: [...problems, ...new Set(wrong)] }
}

/** The lines of a labels file; `where` is `file:line`. A line that is no label is told. */
export function parseLabels(
  text: string,
  file: string,
): { lines: { label: Label; where: string }[]; problems: string[] } {
  const lines: { label: Label; where: string }[] = []
  const problems: string[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const where = `${file}:${index + 1}`
    const { value: label, problems: faults } = parseJson(line, where, labelSchema)
    problems.push(...faults)
    if (label) lines.push({ label, where })
  }
  return { lines, problems }
}

/** A label against the rubric of what it judges: its field, its value, and the prompt that was asked. */
export function checkLabel(label: Label, rubric: Rubric, { format }: Pick<Dataset, 'format'>): string[] {
  const field = Object.hasOwn(rubric.fields, label.field) ? rubric.fields[label.field] : undefined
  if (!field) return [`field is ${label.field}, the rubric has ${Object.keys(rubric.fields).join(', ')}`]
  const findings: string[] = []
  if (readField(label.value, field).status !== 'ok') findings.push(`value is not one of ${label.field}'s`)
  const asked = format === 'openai-batch' ? readyMadePromptSha256 : promptSha256(rubric)
  if (label.prompt_sha256 !== asked)
    findings.push('prompt_sha256 is of another prompt than the rubric’s: labels belong to what was asked')
  return findings
}
