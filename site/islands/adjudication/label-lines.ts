import type { Label } from 'registry'

/** Labels as a browser keeps them and as they are exported: lines of registry/labels/<dataset>.jsonl. */
export interface LabelLines {
  labels: Label[]
  /** lines that are no labels of this form: kept as they stand, since someone may have written them by hand */
  strange: string[]
}

export function readLabelLines(text: string): LabelLines {
  const read: LabelLines = { labels: [], strange: [] }
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const label = readLine(line)
    if (label) read.labels.push(label)
    else read.strange.push(line)
  }
  return read
}

export function writeLabelLines({ labels, strange }: LabelLines): string {
  return [...labels.map(writeLine), ...strange].map((line) => `${line}\n`).join('')
}

/** What a rater can have said only once: a later word takes the earlier one's place. */
export function isSameSubject(a: Subject, b: Subject): boolean {
  return a.custom_id === b.custom_id && a.field === b.field && a.rater === b.rater
}

export type Subject = Pick<Label, 'custom_id' | 'field' | 'rater'>

/**
 * The lines to hand in, in an order of their own, so that the same labels are the same bytes. `all` is a claim about the
 * whole: labels of a walk through all items are written so only when their rater has labelled every item in that field;
 * until then as `disagreement`, which enters no interval (MEASURES, "Labels").
 * @param count items of the dataset
 */
export function exportLabels(labels: readonly Label[], count: number): Label[] {
  const unfinished = new Set(unfinishedWalks(labels, count).map(({ key }) => key))
  return labels
    .map((label) =>
      label.selection === 'all' && unfinished.has(walkKey(label))
        ? { ...label, selection: 'disagreement' as const }
        : label,
    )
    .sort((a, b) => compareText(subjectKey(a), subjectKey(b)))
}

/** Walks through all items that have not come to their end, a rater and a field each. An item drawn at random is done too. */
export function unfinishedWalks(
  labels: readonly Label[],
  count: number,
): { key: string; rater: string; field: string; done: number }[] {
  const walking = new Set(labels.filter(({ selection }) => selection === 'all').map(walkKey))
  const walks = new Map<string, { key: string; rater: string; field: string; done: number }>()
  for (const label of labels) {
    const key = walkKey(label)
    if (label.selection === 'disagreement' || !walking.has(key)) continue
    const walk = walks.get(key) ?? { key, rater: label.rater, field: label.field, done: 0 }
    walk.done++
    walks.set(key, walk)
  }
  return [...walks.values()].filter(({ done }) => done < count)
}

function walkKey({ rater, field }: Pick<Label, 'rater' | 'field'>): string {
  return JSON.stringify([rater, field])
}

function subjectKey({ custom_id: id, field, rater }: Subject): string {
  return JSON.stringify([id, field, rater])
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** Members in the order of the format, whatever order they came in. */
function writeLine(label: Label): string {
  const { custom_id, field, value, rater, date, prompt_sha256, selection, note } = label
  return JSON.stringify({ custom_id, field, value, rater, date, prompt_sha256, selection, note })
}

/** The browser's own look at a stored line; registry's schema, which is larger than this page, checks what is handed in. */
function readLine(line: string): Label | undefined {
  let read: unknown
  try {
    read = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof read !== 'object' || read === null) return undefined
  const label = read as Record<string, unknown>
  const isText = (name: string) => typeof label[name] === 'string' && label[name] !== ''
  const isLabel =
    ['custom_id', 'field', 'rater', 'date', 'prompt_sha256'].every(isText) &&
    ['string', 'boolean', 'number'].includes(typeof label['value']) &&
    selections.has(label['selection']) &&
    (label['note'] === undefined || typeof label['note'] === 'string')
  return isLabel ? (read as Label) : undefined
}

const selections: ReadonlySet<unknown> = new Set<Label['selection']>(['random', 'disagreement', 'all'])
