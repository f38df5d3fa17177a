import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { startForgeServer } from '../../test/servers/forge-server.ts'
import { commitEdits, makeChange } from '../../test/support/make-change.ts'
import { makeFolder } from '../../test/support/make-ledger.ts'
import { git } from '../adapters/git.ts'
import { verifyResultsStep } from './verify-results-step.ts'

test('a merge queue’s commit is judged against its parent: what stands before it in the queue is judged on its own', async () => {
  const { ledger, remote, base, head } = await makeChange()
  const note = { path: 'NOTES.md', text: 'another pull request\n' }
  const first = await commitEdits(ledger.folder, { parent: base, tree: base, edits: [note] })
  const second = await commitEdits(ledger.folder, { parent: first, tree: head, edits: [note] })
  await git(ledger.folder, ['push', '--quiet', 'origin', `${second}:refs/heads/gh-readonly-queue/main/pr-2`])
  const server = await startForgeServer({ repository: remote })
  onTestFinished(() => server[Symbol.asyncDispose]())
  await git(ledger.folder, ['config', 'lfs.url', pathToFileURL(remote).href])
  await git(ledger.folder, ['remote', 'set-url', 'origin', server.gitUrl])
  const env = {
    GITHUB_API_URL: server.apiUrl,
    GITHUB_REPOSITORY: server.repository,
    BATCHLEDGER_SPOOL: ledger.spool,
    BATCHLEDGER_LFS_STORE: await makeFolder(),
  }
  const judge = (inputs: Record<string, string>) =>
    verifyResultsStep({
      input: (name) => ({ ledger: ledger.folder, ...inputs })[name],
      required: () => '',
      token: () => server.token,
      env,
      say: () => undefined,
    })
  expect((await judge({ head: second, base: first })).faults).toEqual([])
  // against main it would be a run beside another change
  expect((await judge({ head: second })).faults).toEqual([expect.stringMatching(/NOTES\.md: is added beside a run/)])
})
