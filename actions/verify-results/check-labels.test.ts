import { expect, test, vi } from 'vitest'
import { addRemote, makeLedger } from '../../test/support/make-ledger.ts'
import { commitEdits, type Edit } from '../../test/support/make-change.ts'
import { git } from '../adapters/git.ts'
import { verifyChange } from './verify-change.ts'

// several Git processes each, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

const path = 'registry/labels/people.jsonl'

test.each([
  ['personal', path, ''],
  ['personal', 'registry/labels/elsewhere.jsonl', 'labels: registry/labels/elsewhere.jsonl\n'],
  ['synthetic', path, ''],
])('%s: labels in %s are judged by what main says of the dataset', async (privacy, file, more) => {
  const ledger = await makeLedger(2)
  await addRemote(ledger)
  const start = (await git(ledger.folder, ['rev-parse', 'main'])).trim()
  const entry = await git(ledger.folder, ['show', 'main:registry/datasets/people.yaml'])
  const text = entry.replace('synthetic', privacy).replace('location: ledger', 'location: runner') + more
  const commit = (parent: string, tree: string, edits: Edit[]) => commitEdits(ledger.folder, { parent, tree, edits })
  const base = await commit(start, start, [{ path: 'registry/datasets/people.yaml', text }])
  const head = await commit(base, base, [{ path: file, text: '{"custom_id":"person-1"}\n' }])
  const gone = await commit(head, base, [{ path: 'README.md', text: 'x\n' }])
  const faultsOf = async (at: string) =>
    (await verifyChange({ repository: ledger.folder, base, head: at, mode: 'row-free' }, {})).faults
  const expected =
    privacy === 'personal' ? [expect.stringContaining(`${file}: labels of people, which is personal`)] : []
  expect(await faultsOf(head)).toEqual(expected)
  // what a commit brings and a later one removes stays in the history
  expect(await faultsOf(gone)).toEqual(expected)
})

test.each([
  ['comes with them', '', true],
  ['has a fault', 'privacy: secret\n', false],
])('labels of a dataset whose entry %s are refused: nobody can tell whether it is personal', async (_, more, isNew) => {
  const ledger = await makeLedger(2)
  await addRemote(ledger)
  const start = (await git(ledger.folder, ['rev-parse', 'main'])).trim()
  const entry = (await git(ledger.folder, ['show', 'main:registry/datasets/people.yaml'])).replaceAll('people', 'folk')
  const text = more === '' ? entry.replace('synthetic', 'personal') : entry.replace(/privacy: .*\n/, more)
  const commit = (parent: string, edits: Edit[]) => commitEdits(ledger.folder, { parent, tree: parent, edits })
  const ofEntry = { path: 'registry/datasets/folk.yaml', text }
  const base = isNew ? start : await commit(start, [ofEntry])
  const labels = { path: 'registry/labels/folk.jsonl', text: '{"custom_id":"person-1"}\n' }
  const head = await commit(base, isNew ? [ofEntry, labels] : [labels])
  const { faults } = await verifyChange({ repository: ledger.folder, base, head, mode: 'row-free' }, {})
  expect(faults).toEqual([expect.stringContaining('registry/labels/folk.jsonl: labels of a dataset that main has no')])
})
