import {
  counts,
  judgeItem,
  readPointer,
  readVerdict,
  statusName,
  valueOf,
  type Comparison,
  type FieldCodes,
  type FieldVerdict,
  type Rubric,
  type ShownItem,
  type Verdict,
} from 'registry'
import { readRowAt } from 'registry/node'
import type { Selection } from './read-selection.ts'

/** One item over all runs: what was judged, every field's verdict and reasoning, and the whole answer where none is usable. */
export async function showItem(
  ledger: string,
  selection: Selection,
  codes: ReadonlyMap<string, FieldCodes>,
  position: number,
  display: { title?: string | undefined; display?: readonly string[] | undefined } | undefined,
  runs: Comparison['runs'],
): Promise<ShownItem> {
  const verdicts: (Verdict | undefined)[] = []
  const answers: ShownItem['answers'] = []
  for (const [run, { rows }] of selection.runs.entries()) {
    const row = await readRow(ledger, selection, run, rows[position] as number)
    const verdict = row && readVerdict(row, selection.rubrics[run] as Rubric)
    verdicts.push(verdict)
    const text = row?.content ?? row?.error?.message ?? ''
    if (
      verdict &&
      Object.values(verdict.fields).some(({ status }) => status !== 'ok' && status !== 'ok_extracted') &&
      text !== ''
    )
      answers.push({ run_id: runs[run]?.run_id ?? '', text })
  }
  const runIds = runs.map(({ run_id: runId }) => runId)
  const fields = [...codes].map(([name, field]) => showField(name, field, position, runIds, verdicts))
  const { record } = selection
  const title = record && display?.title !== undefined ? readPointer(record, display.title) : undefined
  const pointers =
    display?.display ?? Object.keys(record ?? {}).map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  const id = selection.ids[position]
  return {
    position: position + 1,
    ...(id === undefined ? {} : { custom_id: id }),
    ...(typeof title === 'string' || typeof title === 'number' ? { title: String(title) } : {}),
    record: record
      ? pointers.flatMap((pointer) => {
          const value = readPointer(record, pointer)
          return value === undefined
            ? []
            : [{ name: pointer.slice(1), value: typeof value === 'string' ? value : JSON.stringify(value) }]
        })
      : [],
    fields,
    answers,
  }
}

function showField(
  name: string,
  codes: FieldCodes,
  position: number,
  runIds: readonly string[],
  verdicts: readonly (Verdict | undefined)[],
): ShownItem['fields'][number] {
  const { numbers } = codes
  const says = codes.codes.usable.map((own) => {
    const code = own[position] as number
    return code < 0 ? null : numbers ? (numbers[code] as number) : code
  })
  const { disagree, majority, outlier } = judgeItem(says, codes.field.type === 'number' ? codes.field.tolerance : 0)
  const right = codes.reference[position] as number
  return {
    field: name,
    differs: disagree,
    ...(majority === null || majority === 'split'
      ? {}
      : { majority: numbers ? String(majority.value) : valueOf(codes, majority.value as number) }),
    ...(right >= 0 ? { reference: valueOf(codes, right) } : {}),
    runs: runIds.map((runId, run) =>
      showVerdict(
        runId,
        (codes.statuses[run] as Uint8Array)[position] as number,
        verdicts[run]?.fields[name],
        outlier[run],
      ),
    ),
  }
}

function showVerdict(
  runId: string,
  status: number,
  found: FieldVerdict | undefined,
  isOutlier: boolean | undefined,
): ShownItem['fields'][number]['runs'][number] {
  return {
    run_id: runId,
    status: statusName(status),
    ...(found?.value === undefined ? {} : { value: String(found.value) }),
    ...(found?.reasoning === undefined ? {} : { reasoning: found.reasoning }),
    outlier: isOutlier === true,
  }
}

function readRow(ledger: string, { places, metas }: Selection, run: number, row: number) {
  const place = places[run]
  const meta = metas[run]
  if (row < 0 || !place || !meta) return Promise.resolve(undefined)
  return readRowAt(ledger, meta.files.results, place.offsets[row] as number, place.lengths[row] as number)
}

/** What a run says on an item, as a list shows it: the value, or the status in brackets. */
export function sayingOf(codes: FieldCodes, run: number, position: number): string {
  const status = (codes.statuses[run] as Uint8Array)[position] as number
  const code = (codes.codes.usable[run] as Int32Array)[position] as number
  return counts(status, 'usable') && code >= 0 ? valueOf(codes, code) : `[${statusName(status)}]`
}
