import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import type { ForgeFault } from '../../test/servers/forge-server.ts'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { addForge } from '../../test/support/add-forge.ts'
import { makeLedger } from '../../test/support/make-ledger.ts'
import { runCli } from '../../test/support/run-cli.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { git } from '../adapters/git.ts'

// several Git processes each, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

const cli = fileURLToPath(new URL('../cli/batchledger.ts', import.meta.url))

const places: [string, ForgeFault][] = [
  ['while the objects are sent', { at: /PUT .*\/objects\/[0-9a-f]+$/, fault: 'silent' }],
  ['between objects and commit', { at: /POST .*\/git-receive-pack$/, fault: 'silent' }],
  ['between commit and pull request', { at: /POST .*\/pulls$/, fault: 'silent' }],
  ['when the pull request was made and nobody heard of it', { at: /POST .*\/pulls$/, fault: 'done-silent' }],
  ['between pull request and assignee', { at: /PATCH .*\/issues\/1$/, fault: 'silent' }],
]

test.each(places)('killed %s: the same command goes on, and nothing is doubled', async (_name, fault) => {
  const ledger = await makeLedger(3)
  const { server, remote } = await addForge(ledger, { assignable: ['ada'] })
  await using engine = await startVllmProtocolServer({ answer: () => '{"recommendation":{"value":"Yes"}}' })
  const { runId, meta } = await runTestBatch(ledger, { baseUrl: engine.baseUrl })
  const env = { BATCHLEDGER_TOKEN: server.token, GITHUB_API_URL: server.apiUrl, BATCHLEDGER_SPOOL: ledger.spool }
  const args = ['publish', runId, '--pull-request', '--assignee', 'ada', '--json']

  const rule = { ...fault, times: 1 }
  server.faults.push(rule)
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: ledger.folder,
    env: { ...process.env, ...env },
    stdio: 'ignore',
  })
  const closed = once(child, 'close')
  await expect.poll(() => rule.times, { timeout: 60_000 }).toBe(0)
  child.kill('SIGKILL')
  expect(await closed).toEqual([null, 'SIGKILL'])

  const again = await runCli(args, { cwd: ledger.folder, env })
  expect(again).toMatchObject({ code: 0 })
  expect(JSON.parse(again.stdout)).toMatchObject({ pull_request: { number: 1, state: 'open' } })
  expect(server.state.pulls).toMatchObject([{ title: `Run ${runId}`, assignees: ['ada'] }])
  expect([...server.lfs.objects.keys()].sort()).toEqual(Object.values(meta.files.sha256).sort())
  expect((await git(remote, ['for-each-ref', '--format=%(refname)'])).trim().split('\n')).toEqual([
    'refs/heads/main',
    `refs/heads/runs/${runId}`,
  ])
  expect(await git(remote, ['rev-list', '--count', `main..runs/${runId}`])).toBe('1\n')
})
