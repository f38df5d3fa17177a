import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../test/support/make-ledger.ts'
import { Journal, readJournal, replaceRow } from './journal.ts'

const segment = {
  host: 'here',
  started_at: '2026-11-24T10:00:00.000Z',
  sent_at: '2026-11-24T10:00:01.000Z',
  why: 'first' as const,
  engine: { name: 'test', args: {}, servedModel: 'tiny' },
}
const line = (customId: string) => `{"id":"x","custom_id":"${customId}","response":null,"error":"no"}`
const row = { id: 'x', customId: 'a', ok: false, content: null }

test('a line that comes as an earlier one settles is written too', async () => {
  const path = join(await makeFolder(), 'journal.jsonl')
  const journal = await Journal.open(path, { wholeBytes: 0 })
  for (const customId of ['a', 'b', 'c']) await journal.appendRow(line(customId), row, { tries: 1, is: 'final' })
  await journal.close()
  expect([...(await readJournal(path)).rows.keys()]).toEqual(['a', 'b', 'c'])
})

test('what was measured belongs to the start it follows, and is no row', async () => {
  const path = join(await makeFolder(), 'journal.jsonl')
  const journal = await Journal.open(path, { wholeBytes: 0 })
  await journal.appendSegment(segment)
  await journal.appendRow(line('a'), row, { tries: 1, is: 'final' })
  await journal.appendMeasures({ engine_metrics: { prompt_tokens: 7 }, energy_joules: 1.5 })
  await journal.appendSegment({ ...segment, load_seconds: 2, why: 'restart' })
  await journal.close()
  const { segments, rows } = await readJournal(path)
  expect(segments).toMatchObject([{ engine_metrics: { prompt_tokens: 7 }, energy_joules: 1.5 }, { load_seconds: 2 }])
  expect(segments[1]).not.toHaveProperty('engine_metrics')
  expect(rows.size).toBe(1)
  const measured = '{"measured":{"engine_metrics":{}}}'
  expect(replaceRow(measured, () => 'never')).toBe(measured)
})
