import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { git } from './git.ts'
import { fetchBase } from './git-plumbing.ts'

const folder = await mkdtemp(join(tmpdir(), 'batchledger-plumbing-'))
afterAll(() => rm(folder, { recursive: true }))

test('two that fetch a moved branch into one repository at once both get its commit', async () => {
  const [remote, work] = [join(folder, 'remote'), join(folder, 'work')]
  await git(folder, ['init', '--quiet', '--initial-branch', 'main', remote])
  await git(folder, ['init', '--quiet', work])
  await git(work, ['remote', 'add', 'origin', remote])
  const commit = async () => {
    const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org']
    await git(remote, [...author, 'commit', '--quiet', '--allow-empty', '-m', 'More'])
    return (await git(remote, ['rev-parse', 'HEAD'])).trim()
  }
  for (let round = 0; round < 8; round++) {
    const head = await commit()
    const fetched = await Promise.all([1, 2].map(() => fetchBase(work, 'origin', 'main')))
    expect(fetched).toEqual([head, head])
  }
})
