import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lfsAttributes } from 'registry/node'
import { onTestFinished } from 'vitest'
import { git } from '../../actions/adapters/git.ts'
import { writeLedger, type TestLedger } from './write-ledger.ts'

export { writeDataset, type TestLedger } from './write-ledger.ts'

/** A folder that is removed when the test ends. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** `writeLedger` in a temporary folder that is removed when the test ends. */
export async function makeLedger(count = 5): Promise<TestLedger> {
  return writeLedger(await makeFolder(), count)
}

/** Makes the ledger a Git repository with LFS and a bare remote `origin`, main pushed. */
export async function addRemote(ledger: TestLedger): Promise<string> {
  const remote = join(dirname(ledger.folder), 'remote.git')
  await ledger.write('.gitattributes', `${lfsAttributes.join('\n')}\n`)
  await git(ledger.folder, ['init', '--quiet', '-b', 'main'])
  await git(ledger.folder, ['config', 'user.name', 'Test'])
  await git(ledger.folder, ['config', 'user.email', 'test@localhost'])
  await git(ledger.folder, ['lfs', 'install', '--local'])
  await git(ledger.folder, ['init', '--quiet', '--bare', '-b', 'main', remote])
  await git(ledger.folder, ['remote', 'add', 'origin', pathToFileURL(remote).href])
  await git(ledger.folder, ['add', '--all'])
  await git(ledger.folder, ['commit', '--quiet', '-m', 'Start'])
  await git(ledger.folder, ['push', '--quiet', 'origin', 'main'])
  return remote
}
