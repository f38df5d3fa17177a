import { formatCount } from 'registry'
import type { DatasetLabels } from './describe-labels.ts'

/** A dataset's labels in one line: `30 labels of 30 items: 30 category; by generator; picked: all 30`. */
export function tellLabels({ count, items, raters, selections, fields }: DatasetLabels): string {
  if (count === 0) return 'none yet'
  const list = (entries: readonly [name: string, count: number][]) =>
    entries.map(([name, found]) => `${name} ${formatCount(found)}`).join(', ')
  return [
    `${formatCount(count)} ${count === 1 ? 'label' : 'labels'} of ${formatCount(items)} ${items === 1 ? 'item' : 'items'}`,
    `by field: ${list(fields.map(({ field, count: found }) => [field, found]))}`,
    `by selection: ${list(selections.map(({ selection, count: found }) => [selection, found]))}`,
    `raters: ${raters.join(', ')}`,
  ].join('; ')
}
