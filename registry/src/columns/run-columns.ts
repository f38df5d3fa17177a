import type { Field, Rubric } from '../formats/rubric.ts'
import { parseRow, type ParsedRow } from '../rows/parse-row.ts'
import { parserVersion, readVerdict, verdictStatuses, type FieldVerdict } from '../verdicts/read-verdict.ts'

/** One field of all rows. `codes[i]` is the place in the scale (boolean: 0 false, 1 true), -1 without a value. */
export interface FieldColumn {
  statuses: Uint8Array
  codes: Int16Array
  /** number fields only: the values, NaN without one */
  numbers?: Float64Array
}

/**
 * A run's rows as typed arrays, one place a row in the file's order. Statuses are places in `verdictStatuses`.
 * Tokens are the engine's own counts, 0 where it gave none. Offsets and lengths are bytes in the .jsonl.
 */
export interface RunColumns {
  parserVersion: number
  customIds: string[]
  statuses: Uint8Array
  fields: Record<string, FieldColumn>
  promptTokens: Uint32Array
  completionTokens: Uint32Array
  offsets: Float64Array
  lengths: Uint32Array
}

/** What a code of a field stands for. */
export function scaleOf(field: Field): readonly string[] {
  return field.type === 'nominal' || field.type === 'ordinal'
    ? field.scale
    : field.type === 'boolean'
      ? ['false', 'true']
      : []
}

/** Builds run columns from lines in order; a line that is no row gives its problem back and is not added. */
export class ColumnsBuilder {
  readonly #rubric: Pick<Rubric, 'fields' | 'accept'>
  readonly #customIds: string[] = []
  readonly #statuses: number[] = []
  readonly #promptTokens: number[] = []
  readonly #completionTokens: number[] = []
  readonly #offsets: number[] = []
  readonly #lengths: number[] = []
  readonly #fields: Record<
    string,
    { field: Field; codeOf: Map<string, number>; statuses: number[]; codes: number[]; numbers: number[] }
  >

  constructor(rubric: Pick<Rubric, 'fields' | 'accept'>) {
    this.#rubric = rubric
    this.#fields = Object.fromEntries(
      Object.entries(rubric.fields).map(([name, field]) => [
        name,
        {
          field,
          codeOf: new Map(scaleOf(field).map((value, code) => [value, code])),
          statuses: [],
          codes: [],
          numbers: [],
        },
      ]),
    )
  }

  /** @param offset byte offset of the line in its file @param length its bytes without the line break */
  add(
    line: string,
    offset: number,
    length: number,
  ): { row: ParsedRow; problem?: never } | { row?: never; problem: string } {
    const result = parseRow(line)
    if (result.problem !== undefined) return result
    const { row } = result
    const verdict = readVerdict(row, this.#rubric)
    this.#customIds.push(row.customId)
    this.#statuses.push(verdictStatuses.indexOf(verdict.status))
    this.#promptTokens.push(row.promptTokens ?? 0)
    this.#completionTokens.push(row.completionTokens ?? 0)
    this.#offsets.push(offset)
    this.#lengths.push(length)
    for (const [name, column] of Object.entries(this.#fields)) {
      const found: FieldVerdict = verdict.fields[name] ?? { status: 'schema_error' }
      column.statuses.push(verdictStatuses.indexOf(found.status))
      column.codes.push(found.value === undefined ? -1 : (column.codeOf.get(String(found.value)) ?? -1))
      column.numbers.push(typeof found.value === 'number' ? found.value : Number.NaN)
    }
    return result
  }

  finish(): RunColumns {
    return {
      parserVersion,
      customIds: this.#customIds,
      statuses: Uint8Array.from(this.#statuses),
      promptTokens: Uint32Array.from(this.#promptTokens),
      completionTokens: Uint32Array.from(this.#completionTokens),
      offsets: Float64Array.from(this.#offsets),
      lengths: Uint32Array.from(this.#lengths),
      fields: Object.fromEntries(
        Object.entries(this.#fields).map(([name, { field, statuses, codes, numbers }]) => [
          name,
          {
            statuses: Uint8Array.from(statuses),
            codes: Int16Array.from(codes),
            ...(field.type === 'number' ? { numbers: Float64Array.from(numbers) } : {}),
          },
        ]),
      ),
    }
  }
}
