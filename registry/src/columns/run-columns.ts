import type { Field, Rubric } from '../formats/rubric.ts'
import { parseRow, type ParsedRow, type RowResult } from '../rows/parse-row.ts'
import { codeOfStatus, parserVersion, readFields, type FieldVerdict } from '../verdicts/read-verdict.ts'

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

/** Builds run columns from rows in order. */
export class ColumnsBuilder {
  readonly #rubric: Pick<Rubric, 'fields' | 'accept'>
  readonly #customIds: string[] = []
  readonly #statuses: number[] = []
  readonly #promptTokens: number[] = []
  readonly #completionTokens: number[] = []
  readonly #offsets: number[] = []
  readonly #lengths: number[] = []
  readonly #fields: {
    name: string
    field: Field
    codeOf: Map<string, number>
    statuses: number[]
    codes: number[]
    numbers: number[]
  }[]

  constructor(rubric: Pick<Rubric, 'fields' | 'accept'>) {
    this.#rubric = rubric
    this.#fields = Object.entries(rubric.fields).map(([name, field]) => ({
      name,
      field,
      codeOf: new Map(scaleOf(field).map((value, code) => [value, code])),
      statuses: [],
      codes: [],
      numbers: [],
    }))
  }

  /** Adds a line; one that is no row gives its problem back and is not added. For the parameters see `addRow`. */
  add(line: string, offset: number, length: number): RowResult {
    const result = parseRow(line)
    if (result.row) this.addRow(result.row, offset, length)
    return result
  }

  /** @param offset byte offset of the row's line in its file @param length its bytes without the line break */
  addRow(row: ParsedRow, offset: number, length: number): void {
    const verdict = readFields(row, this.#rubric)
    this.#customIds.push(row.customId)
    this.#statuses.push(codeOfStatus(verdict.status))
    this.#promptTokens.push(row.promptTokens ?? 0)
    this.#completionTokens.push(row.completionTokens ?? 0)
    this.#offsets.push(offset)
    this.#lengths.push(length)
    for (const [place, { field, codeOf, statuses, codes, numbers }] of this.#fields.entries()) {
      const found = verdict.fields[place] as FieldVerdict
      statuses.push(codeOfStatus(found.status))
      codes.push(found.value === undefined ? -1 : (codeOf.get(String(found.value)) ?? -1))
      if (field.type === 'number') numbers.push(typeof found.value === 'number' ? found.value : Number.NaN)
    }
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
        this.#fields.map(({ name, field, statuses, codes, numbers }) => [
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

/** The columns of rows that follow each other; all are of one rubric. @throws RangeError where there is no part */
export function joinColumns(parts: readonly RunColumns[]): RunColumns {
  const [first] = parts
  if (first === undefined) throw new RangeError('no parts, expected at least one')
  return {
    parserVersion: first.parserVersion,
    customIds: parts.flatMap(({ customIds }) => customIds),
    statuses: joinArrays(parts.map(({ statuses }) => statuses)),
    promptTokens: joinArrays(parts.map(({ promptTokens }) => promptTokens)),
    completionTokens: joinArrays(parts.map(({ completionTokens }) => completionTokens)),
    offsets: joinArrays(parts.map(({ offsets }) => offsets)),
    lengths: joinArrays(parts.map(({ lengths }) => lengths)),
    fields: Object.fromEntries(
      Object.entries(first.fields).map(([name, { numbers }]) => {
        const columns = parts.map(({ fields }) => fields[name] as FieldColumn)
        return [
          name,
          {
            statuses: joinArrays(columns.map(({ statuses }) => statuses)),
            codes: joinArrays(columns.map(({ codes }) => codes)),
            ...(numbers ? { numbers: joinArrays(columns.map((column) => column.numbers as Float64Array)) } : {}),
          },
        ]
      }),
    ),
  }
}

type TypedArray = Uint8Array | Int16Array | Uint32Array | Float64Array

function joinArrays<Values extends TypedArray>(parts: readonly Values[]): Values {
  const make = parts[0]?.constructor as new (length: number) => Values
  const joined = new make(parts.reduce((length, part) => length + part.length, 0))
  let place = 0
  for (const part of parts) {
    joined.set(part, place)
    place += part.length
  }
  return joined
}
