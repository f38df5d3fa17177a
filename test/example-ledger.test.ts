import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { verifyResults } from '../actions/verify-results/verify-results.ts'
import { exampleCatalog } from '../scripts/make-example.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const ledger = join(root, 'examples', 'ledger')

test('the example verifies: five runs, catalog, labels and index', async () => {
  expect(await verifyResults({ ledger, runIds: [] })).toMatchObject({
    ok: true,
    problems: [],
    runs: [{}, {}, {}, {}, {}],
  })
})

test('the example’s catalog is the root’s', async () => {
  const read = (folder: string) => Promise.all(exampleCatalog.map((path) => readFile(join(folder, path), 'utf8')))
  expect(await read(ledger)).toEqual(await read(root))
})

test('this repository’s own ledger verifies, empty as it is', async () => {
  expect(await verifyResults({ ledger: root, runIds: [] })).toEqual({ ok: true, problems: [], runs: [] })
})
