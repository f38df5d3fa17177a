import { dirname } from 'node:path'
import { expect, test, vi } from 'vitest'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { addForge, protect } from '../../test/support/add-forge.ts'
import { expectGolden } from '../../test/support/expect-golden.ts'
import { makeLedger } from '../../test/support/make-ledger.ts'
import { runCli } from '../../test/support/run-cli.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { git } from '../adapters/git.ts'

// several Git processes each, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

test('publish --pull-request → merge → register --push → spool clear, from the terminal', async () => {
  const ledger = await makeLedger(3)
  const { server, remote } = await addForge(ledger, { kind: 'gitea' })
  const folder = dirname(ledger.folder)
  await using engine = await startVllmProtocolServer({ answer: () => '{"recommendation":{"value":"Yes"}}' })
  const { runId } = await runTestBatch(ledger, { baseUrl: engine.baseUrl })
  const env = { BATCHLEDGER_TOKEN: server.token, BATCHLEDGER_SPOOL: ledger.spool }
  const cli = (...args: string[]) => runCli([...args, '--json'], { cwd: ledger.folder, env })

  const published = await cli('publish', runId, '--pull-request', '--assignee', 'nobody')
  expect(published).toMatchObject({ code: 0 })
  expect(published.stderr).toBe('pull request 1: "nobody" can\'t be assigned here: assign somebody by hand\n')
  await expectGolden('publish-pull-request', published.stdout, folder)
  const { commit } = JSON.parse(published.stdout) as { commit: string }
  await git(remote, ['update-ref', 'refs/heads/main', commit])

  const cleared = await cli('spool', 'clear')
  expect(cleared).toMatchObject({ code: 0, stderr: '' })
  await expectGolden('spool-clear', cleared.stdout, folder)

  await protect(remote, 'refs/heads/main')
  const offered = await cli('register', '--push', 'origin')
  expect(offered).toMatchObject({ code: 0, stderr: '' })
  await expectGolden('register-push', offered.stdout, folder)
})

test('without a token the mend is named; an unknown remote is no forge', async () => {
  const ledger = await makeLedger(1)
  await addForge(ledger)
  const cli = (...args: string[]) =>
    runCli(args, { cwd: ledger.folder, env: { BATCHLEDGER_TOKEN: '', GITHUB_TOKEN: '', GH_TOKEN: '' } })
  const lost = await cli('publish', 'nobody', '--pull-request')
  expect(lost.code).toBe(2)
  expect(lost.stderr).toContain('BATCHLEDGER_TOKEN: not set')
  const unknown = await cli('register', '--push', 'upstream')
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toContain('--push "upstream": no such remote; known: origin')
  expect((await cli('publish', 'nobody', '--assignee', '--x')).code).toBe(2)
})
