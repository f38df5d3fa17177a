import type { RunColumns } from 'registry'
import { missing, type ColumnsFile } from './compare-data.ts'

/**
 * A run's columns moved from the file's order to the items' order: place `p` is the item whose ordinal is `p`.
 * Of rows with the same id the first counts. Ids that are no item's are told in `strangers`.
 * @param positions custom_id → the item's ordinal
 */
export function placeColumns(
  columns: RunColumns,
  positions: ReadonlyMap<string, number>,
): Omit<ColumnsFile, 'texts'> & { strangers: string[] } {
  const rowAt = Array.from<number>({ length: positions.size }).fill(missing)
  const strangers: string[] = []
  for (const [row, customId] of columns.customIds.entries()) {
    const position = positions.get(customId)
    if (position === undefined) strangers.push(customId)
    else if (rowAt[position] === missing) rowAt[position] = row
  }
  const place = (column: ArrayLike<number>) =>
    rowAt.map((row) => (row === missing ? missing : (column[row] ?? missing)))
  return {
    strangers,
    statuses: place(columns.statuses),
    fields: Object.fromEntries(
      Object.entries(columns.fields).map(([name, { statuses, codes, numbers }]) => [
        name,
        {
          statuses: place(statuses),
          codes: place(codes),
          ...(numbers
            ? {
                numbers: rowAt.map((row) => {
                  const value = row === missing ? undefined : numbers[row]
                  return value === undefined || Number.isNaN(value) ? null : value
                }),
              }
            : {}),
        },
      ]),
    ),
  }
}
