import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readHistory } from './read-history.ts'

const scratch = await mkdtemp(join(tmpdir(), 'read-history-test-'))
afterAll(() => rm(scratch, { recursive: true, force: true }))

const repository = join(scratch, 'repository')
const ledger = join(repository, 'inner ledger')
await mkdir(join(ledger, 'results/m'), { recursive: true })
const run = (...args: string[]) =>
  execFileSync('git', ['-C', repository, '-c', 'user.name=n', '-c', 'user.email=n@n', ...args], { encoding: 'utf8' })

async function commitFile(path: string, subject: string): Promise<void> {
  await writeFile(join(ledger, path), subject)
  run('add', '--all')
  run('commit', '--quiet', '--message', subject)
}

test('a run is told by the commit that brought it to main, and by its pull request', async () => {
  run('init', '--quiet', '--initial-branch', 'main')
  await commitFile('results/m/a.meta.json', 'Run a (#7)')
  run('checkout', '--quiet', '-b', 'runs/b')
  await commitFile('results/m/b.meta.json', 'Run b')
  run('checkout', '--quiet', 'main')
  await commitFile('results/m/ünd "c".meta.json', 'by hand')
  run('merge', '--quiet', '--no-ff', '--message', 'Merge pull request #12 from runs/b', 'runs/b')
  const merge = run('rev-parse', 'HEAD').trim()
  await commitFile('results/m/a.meta.json', 'touched (#99)')
  const history = await readHistory(ledger)
  expect([...history.keys()].sort()).toEqual([
    'results/m/a.meta.json',
    'results/m/b.meta.json',
    'results/m/ünd "c".meta.json',
  ])
  expect(history.get('results/m/a.meta.json')?.pull).toBe(7)
  expect(history.get('results/m/b.meta.json')).toEqual({ commit: merge, pull: 12 })
  expect(history.get('results/m/ünd "c".meta.json')).toEqual({ commit: expect.stringMatching(/^[0-9a-f]{40}$/) })
})

test('a shallow clone and a plain folder know nothing', async () => {
  const shallow = join(scratch, 'shallow')
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${repository}`, shallow])
  expect(await readHistory(join(shallow, 'inner ledger'))).toEqual(new Map())
  expect(await readHistory(scratch)).toEqual(new Map())
})
