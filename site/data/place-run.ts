import { alignRun, missingStatus, type AlignedRun, type Rubric, type RunColumns } from 'registry'

/** A run's columns by the items' positions. */
export interface PlacedRun extends AlignedRun {
  /** the row's worst status; missingStatus where there is no row */
  statuses: Uint8Array
}

/**
 * A run's columns moved from the file's order to the items' order. Of rows with the same id the first counts. Ids that
 * are no item's are told in `strangers`.
 * @param positions custom_id → the item's ordinal
 */
export function placeRun(
  columns: RunColumns,
  positions: ReadonlyMap<string, number>,
  fields: Rubric['fields'],
): PlacedRun & { strangers: string[] } {
  const aligned = alignRun(columns, positions, positions.size, fields)
  const statuses = Uint8Array.from(aligned.rows, (row) => (row < 0 ? missingStatus : (columns.statuses[row] as number)))
  return { ...aligned, statuses, strangers: columns.customIds.filter((id) => !positions.has(id)) }
}
