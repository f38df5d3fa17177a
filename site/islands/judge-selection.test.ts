import { missingStatus, verdictStatuses, type VerdictStatus } from 'registry'
import { expect, test } from 'vitest'
import type { CompareField } from '../data/compare-data.ts'
import { countFilters, filterPositions, judgeSelection, saysOf, type SelectedColumns } from './judge-selection.ts'

const mood: CompareField = {
  name: 'mood',
  title: 'Mood',
  type: 'ordinal',
  scale: ['Bad', 'Fair', 'Good'],
  tolerance: 0,
  primary: true,
}
const score: CompareField = { ...mood, name: 'score', type: 'number', scale: [], tolerance: 0.5 }

test('agree, disagree and error over three runs; error may overlap either', () => {
  const columns = [
    column(['ok', 'ok', 'ok', 'ok_extracted', 'missing'], [2, 2, 2, 1, -1]),
    column(['ok', 'ok', 'repaired', 'ok', 'no_json'], [2, 1, 2, 1, -1]),
    column(['ok', 'ok', 'ok', 'missing', 'ok'], [2, 1, 0, -1, 0]),
  ]
  const judged = judgeSelection(mood, columns, 5)
  const all = [0, 1, 2, 3, 4]
  expect(filterPositions(judged, 'agree', all)).toEqual([0, 3])
  expect(filterPositions(judged, 'disagree', all)).toEqual([1, 2])
  expect(filterPositions(judged, 'error', all)).toEqual([2, 3, 4])
  expect(countFilters(judged, [0, 2])).toEqual({ all: 2, agree: 1, disagree: 1, error: 1 })
})

test('a repaired value is no say, though its code is there', () => {
  expect(saysOf(mood, [column(['repaired'], [2])], 0)).toEqual([null])
})

test('numbers within the tolerance are equal', () => {
  const columns = [1, 1.5, 2.1].map((value) => typed('score', [9], { codes: [-1], numbers: [value] }))
  expect([...judgeSelection(score, columns.slice(0, 2), 1)]).toEqual([1])
  expect([...judgeSelection(score, columns, 1)]).toEqual([2])
})

test('a run that was read without the field says nothing on it', () => {
  expect(saysOf(score, [column(['ok'], [1])], 0)).toEqual([null])
})

function column(statuses: (VerdictStatus | 'missing')[], codes: number[]) {
  const places = statuses.map((status) => (status === 'missing' ? missingStatus : verdictStatuses.indexOf(status)))
  return typed('mood', places, { codes })
}

function typed(
  name: string,
  places: readonly number[],
  { codes, numbers }: { codes: readonly number[]; numbers?: readonly number[] },
): SelectedColumns {
  const statuses = Uint8Array.from(places)
  const field = {
    statuses,
    codes: Int32Array.from(codes),
    ...(numbers ? { numbers: Float64Array.from(numbers) } : {}),
  }
  return { statuses, fields: new Map([[name, field]]) }
}
