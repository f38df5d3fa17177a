import { readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ledgerIndexSchema, UserError, type LedgerIndex } from 'registry'
import { expect, test, vi } from 'vitest'
import { addForge, protect } from '../../test/support/add-forge.ts'
import { addRun } from '../../test/support/add-run.ts'
import { addRemote, makeFolder, makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { git } from '../adapters/git.ts'
import { indexBranch, pushIndex } from './push-index.ts'

// several Git processes each, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

/** A run, committed and pushed to the remote's main, as a merge would. */
async function merge(ledger: TestLedger, at: string, settings: readonly string[] = []): Promise<void> {
  await addRun(ledger, { at })
  await git(ledger.folder, ['add', 'results'])
  await git(ledger.folder, ['commit', '--quiet', '-m', `Merge ${at}`])
  await git(ledger.folder, [...settings, 'push', '--quiet', 'origin', 'main'])
}

async function indexOf(remote: string, ref = 'main'): Promise<LedgerIndex> {
  return ledgerIndexSchema.parse(JSON.parse(await git(remote, ['show', `${ref}:results/metadata.json`])))
}

const commits = async (remote: string, ref = 'main') => Number(await git(remote, ['rev-list', '--count', ref]))

test('the index is written on main once, the working tree stays, and what it says already is not written again', async () => {
  const ledger = await makeLedger(3)
  const remote = await addRemote(ledger)
  await merge(ledger, '2026-11-24T10:00:00Z')
  const before = await git(ledger.folder, ['status', '--porcelain=v2', '--branch'])
  const first = await pushIndex({ ledger: ledger.folder, remote: 'origin' })
  expect(first).toMatchObject({ where: 'main', warnings: [] })
  expect(await indexOf(remote)).toEqual(first.index)
  expect(first.index.runs).toHaveLength(1)
  expect(await git(remote, ['diff', '--name-only', 'main~1', 'main'])).toBe('results/metadata.json\n')
  const count = await commits(remote)
  expect(await pushIndex({ ledger: ledger.folder, remote: 'origin' })).toMatchObject({ where: 'up to date' })
  expect(await commits(remote)).toBe(count)
  const after = await git(ledger.folder, ['status', '--porcelain=v2', '--branch'])
  expect(after.replaceAll(/branch\.ab.*/g, '')).toBe(before.replaceAll(/branch\.ab.*/g, ''))
})

test('a shallow or a blobless clone without LFS objects is enough, and the blobs come in one fetch', async () => {
  const ledger = await makeLedger(3)
  const remote = await addRemote(ledger)
  await git(remote, ['config', 'uploadpack.allowFilter', 'true'])
  await git(remote, ['config', 'uploadpack.allowAnySHA1InWant', 'true'])
  for (const minute of [0, 1, 2]) await merge(ledger, `2026-11-24T10:0${minute}:00Z`)
  const root = await makeFolder()
  const clone = async (name: string, ...options: string[]) => {
    const url = pathToFileURL(remote).href
    await git(root, ['clone', '--quiet', ...options, url, name], { env: { GIT_LFS_SKIP_SMUDGE: '1' } })
    return join(root, name)
  }
  const blobless = await clone('blobless', '--filter=blob:none', '--no-checkout')
  const packs = async () =>
    (await readdir(join(blobless, '.git', 'objects', 'pack'))).filter((name) => name.endsWith('.promisor')).length
  const before = await packs()
  expect(await pushIndex({ ledger: blobless, remote: 'origin' })).toMatchObject({ where: 'main' })
  expect((await packs()) - before).toBe(1)
  const shallow = await clone('shallow', '--depth=1')
  expect(await pushIndex({ ledger: shallow, remote: 'origin' })).toMatchObject({ where: 'up to date' })
  await git(ledger.folder, ['pull', '--quiet', '--rebase', 'origin', 'main'])
  await merge(ledger, '2026-11-24T10:05:00Z')
  expect(await pushIndex({ ledger: shallow, remote: 'origin' })).toMatchObject({ where: 'main' })
  expect((await indexOf(remote)).runs).toHaveLength(4)
})

test('a main that moves meanwhile, and several at once: each run is in the index in the end', async () => {
  const ledger = await makeLedger(3)
  const remote = await addRemote(ledger)
  const root = await makeFolder()
  await merge(ledger, '2026-11-24T10:00:00Z')
  const clones = await Promise.all(
    [0, 1, 2, 3].map(async (index) => {
      const clone = join(root, `clone-${index}`)
      await git(root, ['clone', '--quiet', pathToFileURL(remote).href, clone], { env: { GIT_LFS_SKIP_SMUDGE: '1' } })
      // each a committer of its own, so that their commits differ and only one can be first
      await git(clone, ['config', 'user.name', `Runner ${index}`])
      await git(clone, ['config', 'user.email', `runner-${index}@localhost`])
      return clone
    }),
  )
  const outcomes = await Promise.all([
    ...clones.map((clone) => pushIndex({ ledger: clone, remote: 'origin' })),
    (async () => {
      await addRun(ledger, { at: '2026-11-24T11:00:00Z' })
      await git(ledger.folder, ['add', 'results'])
      await git(ledger.folder, ['commit', '--quiet', '-m', 'Merge another'])
      for (let tries = 0; tries < 20; tries++) {
        const pushed = await git(ledger.folder, ['push', '--quiet', 'origin', 'main']).catch(() => undefined)
        if (pushed !== undefined) return pushIndex({ ledger: ledger.folder, remote: 'origin' })
        await git(ledger.folder, ['pull', '--quiet', '--rebase', 'origin', 'main'])
      }
      throw new Error('never pushed')
    })(),
  ])
  expect(outcomes.filter(({ where }) => where === 'main').length).toBeGreaterThanOrEqual(1)
  for (const { where } of outcomes) expect(['main', 'up to date']).toContain(where)
  expect((await indexOf(remote)).runs).toHaveLength(2)
})

test('a protected main gets one pull request, brought up to date in place', async () => {
  const ledger = await makeLedger(3)
  const { server, forge, remote } = await addForge(ledger)
  const auth = { token: server.token }
  const header = `http.${server.origin}/.extraheader=Authorization: token ${server.token}`
  await merge(ledger, '2026-11-24T10:00:00Z', ['-c', header])
  await protect(remote, 'refs/heads/main')
  const register = () => pushIndex({ ledger: ledger.folder, remote: 'origin', auth, forge })
  const first = await register()
  expect(first).toMatchObject({ where: 'pull request', pull: { number: 1, created: true } })
  expect(first.warnings).toEqual([expect.stringMatching(/takes no push of the index .*declined.*bypass list/)])
  expect((await indexOf(remote, indexBranch)).runs).toHaveLength(1)
  const head = await git(remote, ['rev-parse', indexBranch])
  expect(await register()).toMatchObject({ pull: { number: 1, created: false } })
  expect(await git(remote, ['rev-parse', indexBranch])).toBe(head)

  await addRun(ledger, { at: '2026-11-24T11:00:00Z' })
  await git(ledger.folder, ['add', 'results'])
  await git(ledger.folder, ['commit', '--quiet', '-m', 'Merge'])
  await git(remote, ['fetch', '--quiet', ledger.folder, '+refs/heads/main:refs/heads/main'])
  const outcomes = await Promise.all([register(), register()])
  expect(outcomes.map(({ pull }) => pull?.number)).toEqual([1, 1])
  expect((await indexOf(remote, indexBranch)).runs).toHaveLength(2)
  expect(server.state.pulls).toMatchObject([{ title: 'Update the index: 2 runs', branch: indexBranch }])
})

test('where neither main nor a pull request will do, the mend is named and nothing breaks', async () => {
  const ledger = await makeLedger(3)
  const { server, forge, remote } = await addForge(ledger)
  const auth = { token: server.token }
  await protect(remote, 'refs/heads/*')
  const inputs = { ledger: ledger.folder, remote: 'origin', auth }
  expect(await pushIndex(inputs)).toMatchObject({
    where: 'nowhere',
    warnings: [expect.stringMatching(/there is no token for a pull request: let the job push/)],
  })
  expect(await pushIndex({ ...inputs, forge })).toMatchObject({ where: 'nowhere', index: { runs: [] } })
})

test('a job that may not open pull requests is told how it may; the bot branch waits', async () => {
  const ledger = await makeLedger(3)
  const { server, forge, remote } = await addForge(ledger)
  await protect(remote, 'refs/heads/main')
  const message = 'GitHub Actions is not permitted to create or approve pull requests.'
  server.faults.push({ at: /POST .*\/pulls$/, fault: { status: 403, message } })
  const register = () => pushIndex({ ledger: ledger.folder, remote: 'origin', auth: { token: server.token }, forge })
  const refused = await register()
  expect(refused.where).toBe('nowhere')
  expect(refused.warnings.at(-1)).toMatch(/Workflow permissions/)
  expect(await register()).toMatchObject({ where: 'pull request', pull: { created: true } })
})

test('a meta on main that can’t be believed stops it, a link is told, and main stays as it was', async () => {
  const ledger = await makeLedger(1)
  const remote = await addRemote(ledger)
  await ledger.write('results/tiny/people_20200101_000000.meta.json', '{}')
  const link = join(ledger.folder, 'results/tiny/people_20200101_000001.meta.json')
  await symlink('people_20200101_000000.meta.json', link)
  await git(ledger.folder, ['add', 'results'])
  await git(ledger.folder, ['commit', '--quiet', '-m', 'Break'])
  await git(ledger.folder, ['push', '--quiet', 'origin', 'main'])
  const head = await git(remote, ['rev-parse', 'main'])
  const error: unknown = await pushIndex({ ledger: ledger.folder, remote: 'origin' }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UserError)
  expect((error as UserError).problems.join('\n')).toMatch(
    /000001\.meta\.json: is a link[^]*000000\.meta\.json: run_id/,
  )
  expect(await git(remote, ['rev-parse', 'main'])).toBe(head)
})
