import type { Label } from 'registry'

export interface LabelLine {
  label: Label
  /** `file:line` */
  where: string
}

export interface MergedLabels {
  /** the ledger's file as it becomes: sorted, a label a line */
  text: string
  added: Label[]
  replaced: Label[]
  /** the ledger says so already */
  unchanged: number
  /** the ledger holds a later word of the same rater: that one stays */
  older: number
  problems: string[]
}

/**
 * New labels merged into those that are there. A rater has one word on an item's field under one prompt: a later day's
 * replaces an earlier one's, and of the same day the one that is added now; Git keeps what was. Different raters stand
 * beside each other. Same labels, same bytes, in whatever order they came. Pure.
 */
export function mergeLabels(existing: readonly Label[], lines: readonly LabelLine[]): MergedLabels {
  const kept = new Map<string, Label>()
  for (const label of existing) {
    const earlier = kept.get(keyOf(label))
    if (!earlier || earlier.date <= label.date) kept.set(keyOf(label), label)
  }
  const { chosen, problems } = chooseOnes(lines)
  const added: Label[] = []
  const replaced: Label[] = []
  let unchanged = 0
  let older = 0
  for (const [key, { label }] of chosen) {
    const there = kept.get(key)
    if (there && formatLabel(there) === formatLabel(label)) unchanged++
    else if (there && there.date > label.date) older++
    else {
      kept.set(key, label)
      if (there) replaced.push(label)
      else added.push(label)
    }
  }
  const text = [...kept.values()]
    .sort(byPlace)
    .map((label) => `${formatLabel(label)}\n`)
    .join('')
  return { text, added, replaced, unchanged, older, problems }
}

/** One word of each rater on each field of an item, out of a file that may hold several. */
function chooseOnes(lines: readonly LabelLine[]): { chosen: Map<string, LabelLine>; problems: string[] } {
  const chosen = new Map<string, LabelLine>()
  const problems: string[] = []
  for (const line of lines) {
    const key = keyOf(line.label)
    const other = chosen.get(key)
    if (!other || other.label.date < line.label.date) chosen.set(key, line)
    else if (other.label.date === line.label.date && formatLabel(other.label) !== formatLabel(line.label))
      problems.push(
        `${line.where}: says otherwise than ${other.where} of the same item and field, by the same rater on the same day: keep one of them`,
      )
  }
  return { chosen, problems }
}

const keyOf = ({ custom_id, field, rater, prompt_sha256 }: Label) =>
  JSON.stringify([custom_id, field, rater, prompt_sha256])

/** Members in the order people read them. */
function formatLabel(label: Label): string {
  const { custom_id, field, value, rater, date, prompt_sha256, selection, note } = label
  return JSON.stringify({
    custom_id,
    field,
    value,
    rater,
    date,
    prompt_sha256,
    selection,
    ...(note === undefined ? {} : { note }),
  })
}

function byPlace(a: Label, b: Label): number {
  const keys = (label: Label) => [label.custom_id, label.field, label.rater, label.prompt_sha256]
  const [one, other] = [keys(a), keys(b)]
  const at = one.findIndex((key, place) => key !== other[place])
  return at === -1 ? 0 : (one[at] ?? '') < (other[at] ?? '') ? -1 : 1
}
