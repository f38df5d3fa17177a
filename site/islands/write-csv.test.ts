import { missingStatus, verdictStatuses } from 'registry'
import { expect, test } from 'vitest'
import type { CompareField } from '../data/compare-data.ts'
import { writeCsv, type CsvSource } from './write-csv.ts'

const mood: CompareField = {
  name: 'mood',
  title: 'M',
  type: 'nominal',
  scale: ['=Bad', 'Good'],
  tolerance: 0,
  primary: true,
}
const score: CompareField = { ...mood, name: 'score', type: 'number', scale: [] }
const [ok, truncated] = [verdictStatuses.indexOf('ok'), verdictStatuses.indexOf('truncated')]

function sourceOf(count: number): CsvSource & { asked: number[] } {
  const asked: number[] = []
  const known = new Set<number>()
  const fields = new Map([
    [
      'mood',
      {
        statuses: Uint8Array.from({ length: count }, (_, p) => (p === 1 ? truncated : ok)),
        codes: new Int32Array(count),
      },
    ],
    [
      'score',
      {
        statuses: Uint8Array.from({ length: count }, (_, p) => (p === 1 ? missingStatus : ok)),
        codes: new Int32Array(count).fill(-1),
        numbers: new Float64Array(count).fill(-0.5),
      },
    ],
  ])
  return {
    asked,
    fields: [mood, score],
    runs: [{ runId: 'alpha-1', fields }],
    headOf: (position) =>
      known.has(position) ? { id: `@${position}`, title: position === 0 ? '-1+2, "x"' : null } : undefined,
    loadHeads: (positions) => {
      asked.push(positions.length)
      for (const position of positions) known.add(position)
      return Promise.resolve()
    },
  }
}

const gather = async (source: CsvSource, shown: Uint32Array, signal = new AbortController().signal) => {
  let text = ''
  for await (const part of writeCsv(source, shown, signal)) text += part
  return text
}

test('ids, titles, each run’s value and status; text can’t act as a formula, what isn’t usable is empty', async () => {
  expect(await gather(sourceOf(2), Uint32Array.of(1, 0))).toBe(
    [
      'custom_id,title,alpha-1 mood,alpha-1 mood status,alpha-1 score,alpha-1 score status',
      `'@1,,,truncated,,missing`,
      `'@0,"'-1+2, ""x""",'=Bad,ok,-0.5,ok`,
      '',
    ].join('\r\n'),
  )
})

test('made piece by piece, each piece’s heads loaded before', async () => {
  const source = sourceOf(1200)
  const text = await gather(
    source,
    Uint32Array.from({ length: 1200 }, (_, position) => position),
  )
  expect(text.split('\r\n')).toHaveLength(1202)
  expect(source.asked).toEqual([500, 500, 200])
})

test('given up on the signal', async () => {
  await expect(gather(sourceOf(2), Uint32Array.of(0), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
})
