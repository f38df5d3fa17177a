import { formatCsvLine, statusName, type CsvCell } from 'registry'
import type { CompareField } from '../data/compare-data.ts'
import type { ItemHead } from './data-source.ts'
import { saysOf, type JudgedRun } from './judge-field.ts'
import { sayValue } from './say-value.ts'

export interface CsvSource {
  fields: readonly CompareField[]
  /** name of a run and its columns */
  runs: readonly (JudgedRun & { runId: string })[]
  headOf: (position: number) => ItemHead | undefined
  /** makes the heads of some positions known to `headOf` */
  loadHeads: (positions: Uint32Array) => Promise<void>
}

/** Lines made before the page may draw and take keys. */
export const linesAPart = 500

/**
 * The shown items as CSV, some hundred lines at a time: id, title, and of each run each field's usable value and its
 * status. What isn't usable is an empty cell. @throws the signal's reason
 */
export async function* writeCsv(
  { fields, runs, headOf, loadHeads }: CsvSource,
  shown: Uint32Array,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const columns = runs.flatMap((run) => fields.map((field) => ({ run, field })))
  yield formatCsvLine([
    'custom_id',
    'title',
    ...columns.flatMap(({ run, field }) => [`${run.runId} ${field.name}`, `${run.runId} ${field.name} status`]),
  ])
  for (let start = 0; start < shown.length; start += linesAPart) {
    signal.throwIfAborted()
    const part = shown.subarray(start, start + linesAPart)
    await loadHeads(part)
    let lines = ''
    for (const position of part) {
      const head = headOf(position)
      lines += formatCsvLine([
        head?.id,
        head?.title ?? undefined,
        ...columns.flatMap(({ run, field }) => cellsOf(run, field, position)),
      ])
    }
    yield lines
    await new Promise((resolve) => setTimeout(resolve))
  }
}

function cellsOf(run: JudgedRun, field: CompareField, position: number): [CsvCell, string] {
  const [say = null] = saysOf(field, [run], position)
  const status = run.fields.get(field.name)?.statuses[position]
  return [say === null ? undefined : sayValue(field, say), status === undefined ? 'missing' : statusName(status)]
}
