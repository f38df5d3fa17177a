import { readFile, writeFile } from 'node:fs/promises'
import { ledgerIndexSchema } from 'registry'
import { expect, test } from 'vitest'
import { addRun, pathIn } from '../../test/support/add-run.ts'
import { makeLedger } from '../../test/support/make-ledger.ts'
import { registerRuns } from './register-runs.ts'

const index = 'results/metadata.json'

test('the index says what the metas say; the same ledger gives the same bytes', async () => {
  const ledger = await makeLedger(3)
  await addRun(ledger, { at: '2026-11-24T10:00:00Z' })
  await addRun(ledger, { at: '2026-11-24T09:00:00Z', salt: 1 })
  expect((await registerRuns({ ledger: ledger.folder })).changed).toBe(true)
  const text = await readFile(pathIn(ledger, index), 'utf8')
  expect(ledgerIndexSchema.parse(JSON.parse(text))).toEqual({
    schema_version: 1,
    runs: ['090000', '100000'].map((time) => ({
      run_id: `tiny-people-20261124-${time}`,
      model: 'tiny',
      dataset: 'people.jsonl',
      status: 'completed',
      timestamp: `2026-11-24T${time.slice(0, 2)}:00:00.000Z`,
      results_file: `results/tiny/people_20261124_${time}.jsonl`,
    })),
    datasets: { 'people.jsonl': { count: 3, prompt_version: 'verdict_v1', created: '2026-11-24' } },
    models: { tiny: { name: 'Tiny', hf_id: 'test/tiny', runs: 2 } },
  })
  expect((await registerRuns({ ledger: ledger.folder })).changed).toBe(false)
  expect(await readFile(pathIn(ledger, index), 'utf8')).toBe(text)
})

test('an empty ledger has an empty index', async () => {
  const ledger = await makeLedger(1)
  await registerRuns({ ledger: ledger.folder })
  expect(JSON.parse(await readFile(pathIn(ledger, index), 'utf8'))).toEqual({
    schema_version: 1,
    runs: [],
    datasets: {},
    models: {},
  })
})

test('a meta that can’t be believed stops it, and the index stays as it was', async () => {
  const ledger = await makeLedger(1)
  await addRun(ledger)
  await registerRuns({ ledger: ledger.folder })
  const text = await readFile(pathIn(ledger, index), 'utf8')
  await ledger.write('results/tiny/people_20200101_000000.meta.json', '{}')
  await writeFile(pathIn(ledger, 'results/tiny/people_20200101_000001.meta.json'), 'torn')
  await expect(registerRuns({ ledger: ledger.folder })).rejects.toMatchObject({
    problems: expect.arrayContaining([
      expect.stringMatching(/000000\.meta\.json: run_id/),
      expect.stringMatching(/000001\.meta\.json: not JSON/),
    ]) as unknown,
  })
  expect(await readFile(pathIn(ledger, index), 'utf8')).toBe(text)
})
