import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from 'registry'
import { expect, test, vi } from 'vitest'
import { startForgeServer } from '../../test/servers/forge-server.ts'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { addForge, protect, type TestForge } from '../../test/support/add-forge.ts'
import { makeFolder, makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { openForge } from '../adapters/forge.ts'
import { git } from '../adapters/git.ts'
import type { RunOutcome } from '../run-batch/run-batch.ts'
import { publishRun, type PublishInputs, type PublishOutcome } from './publish-run.ts'

// several Git processes each, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

const answer = () => '{"recommendation":{"value":"Yes"}}'

type Published = TestForge & {
  ledger: TestLedger
  run: RunOutcome
  publish: (more?: Partial<PublishInputs>) => Promise<PublishOutcome>
}

async function makeRun(
  kind: 'github' | 'gitea' = 'github',
  prepare?: (ledger: TestLedger) => Promise<void>,
): Promise<Published> {
  const ledger = await makeLedger(5)
  await prepare?.(ledger)
  const forge = await addForge(ledger, { kind, assignable: ['ada'] })
  await using server = await startVllmProtocolServer({ answer })
  const run = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  const inputs = { ledger: ledger.folder, spool: ledger.spool, runId: run.runId, remote: 'origin' }
  const auth = { token: forge.server.token }
  return { ...forge, ledger, run, publish: (more = {}) => publishRun({ ...inputs, auth, forge: forge.forge, ...more }) }
}

async function faults(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).problems.join('\n')
}

const refs = async (remote: string) => (await git(remote, ['for-each-ref', '--format=%(refname)'])).trim().split('\n')

test.each(['github', 'gitea'] as const)(
  '%s: branch, objects and pull request arrive with the job’s token, once',
  async (kind) => {
    const { server, remote, ledger, run, publish } = await makeRun(kind)
    const config = await readFile(join(ledger.folder, '.git', 'config'), 'utf8')
    const first = await publish({ assignee: 'ada', jobUrl: 'http://127.0.0.1/job/1' })
    expect(first).toMatchObject({ already: false, pull: { number: 1, created: true, state: 'open' } })
    expect(server.state.pulls).toMatchObject([
      { title: `Run ${run.runId}`, branch: `runs/${run.runId}`, base: 'main', assignees: ['ada'] },
    ])
    expect([...server.lfs.objects.keys()].sort()).toEqual(Object.values(run.meta.files.sha256).sort())
    // confirmed by asking, not by fetching them anew
    expect(server.lfs.asked.filter((what) => what.startsWith('GET'))).toEqual([])
    expect(server.lfs.asked).toContain('batch download 2')
    const [pull] = server.state.pulls
    if (pull) pull.body += 'a reviewer’s word'
    const again = await publish({ assignee: 'ada' })
    expect(pull?.body).toMatch(/a reviewer’s word$/)
    expect(again).toMatchObject({ commit: first.commit, already: true, pull: { number: 1, created: false } })
    expect(server.state.pulls).toHaveLength(1)
    expect(await refs(remote)).toEqual(['refs/heads/main', `refs/heads/runs/${run.runId}`])
    expect(await readFile(join(ledger.folder, '.git', 'config'), 'utf8')).toBe(config)
    expect(config).not.toContain(server.token)
  },
)

test('a header that a checkout left in .git/config doesn’t get in the way of the token', async () => {
  const { server, ledger, publish } = await makeRun()
  const stale = `Authorization: Basic ${Buffer.from('x-access-token:stale').toString('base64')}`
  await git(ledger.folder, ['config', `http.${server.origin}/.extraheader`, stale])
  expect(await publish()).toMatchObject({ pull: { number: 1 } })
  expect(server.lfs.objects.size).toBe(2)
})

test('without a token the server’s refusal is told, and the bundle is kept', async () => {
  const { run, ledger, server } = await makeRun()
  const inputs = { ledger: ledger.folder, spool: ledger.spool, runId: run.runId, remote: 'origin' }
  expect(await faults(publishRun(inputs))).toMatch(/wants a token and has got none/)
  expect(await faults(publishRun({ ...inputs, auth: { token: 'expired' } }))).toMatch(/or one that is no longer valid/)
  expect(await readdir(join(ledger.spool, run.runId))).toContain('bundle')
  expect(server.lfs.asked).toEqual([])
})

test('the answers to push and pull request lost, the server down for a while, a connection reset: nothing is doubled', async () => {
  const { server, remote, run, publish } = await makeRun()
  server.faults.push(
    { at: /POST .*\/pulls$/, fault: 'lose-answer' },
    { at: /POST .*git-receive-pack/, fault: { status: 503, message: 'down' } },
    { at: /POST .*git-receive-pack/, fault: 'lose-answer' },
    { at: /objects\/batch/, fault: { status: 503, message: 'down' } },
    { at: /POST .*\/pulls$/, fault: 'reset' },
    { at: /GET .*info\/refs/, fault: 'reset' },
  )
  expect(await publish()).toMatchObject({ pull: { number: 1 } })
  expect(server.faults.map(({ times = 1 }) => times)).toEqual([0, 0, 0, 0, 1, 0])
  expect(server.state.pulls).toHaveLength(1)
  expect(await refs(remote)).toEqual(['refs/heads/main', `refs/heads/runs/${run.runId}`])
})

test('the forge refuses the pull request: branch and bundle are there, and the next publish goes on', async () => {
  const { server, ledger, run, publish } = await makeRun()
  const message = 'GitHub Actions is not permitted to create or approve pull requests.'
  server.faults.push({ at: /POST .*\/pulls$/, fault: { status: 403, message } })
  expect(await faults(publish())).toMatch(/Workflow permissions/)
  server.expired = true
  expect(await faults(publish())).toMatch(/or one that is no longer valid/)
  server.expired = false
  expect((await stat(join(ledger.spool, run.runId, 'published.json'))).isFile()).toBe(true)
  expect(await publish()).toMatchObject({ already: true, pull: { number: 1, created: true } })
})

test('a pull request that somebody closed stays closed unless reopening is asked for; a merged one is left alone', async () => {
  const { server, publish, remote } = await makeRun()
  const { commit } = await publish()
  const [pull] = server.state.pulls
  if (!pull) throw new Error('no pull request')
  pull.state = 'closed'
  expect(await publish()).toMatchObject({ pull: { number: 1, created: false, state: 'closed' } })
  expect(pull.state).toBe('closed')
  expect(await publish({ reopen: true })).toMatchObject({ pull: { number: 1, state: 'open' } })
  expect(pull.state).toBe('open')
  pull.state = 'closed'
  server.faults.push({ at: /PATCH .*\/pulls\/1$/, fault: { status: 422, message: 'branch was recreated' } })
  expect(await publish({ reopen: true })).toMatchObject({ pull: { number: 2, created: true, state: 'open' } })
  server.state.pulls.pop()
  await git(remote, ['update-ref', 'refs/heads/main', commit])
  Object.assign(pull, { state: 'closed', merged: true, title: 'as merged' })
  expect(await publish()).toMatchObject({ already: true, pull: { number: 1, state: 'merged', created: false } })
  expect(server.state.pulls).toMatchObject([{ title: 'as merged' }])
})

test('failed and partial runs are published too, and marked', async () => {
  const { server, forge, ledger } = await makeRun()
  const publish = (runId: string) =>
    publishRun({
      ledger: ledger.folder,
      spool: ledger.spool,
      runId,
      remote: 'origin',
      auth: { token: server.token },
      forge,
    })
  await using engine = await startVllmProtocolServer({ answer })
  const partial = await runTestBatch(ledger, { baseUrl: engine.baseUrl, inputs: { limit: 2 } })
  await publish(partial.runId)
  await using sick = await startVllmProtocolServer({
    answer,
    fault: () => ({ status: 400, body: { error: { message: 'see @ada <b>"secret"</b>', code: 400 } } }),
  })
  const failed = await runTestBatch(ledger, { baseUrl: sick.baseUrl, inputs: { limit: 1 }, deps: { again: true } })
  await publish(failed.runId)
  expect(server.state.pulls.map(({ title }) => title)).toEqual([
    `Run ${partial.runId} (partial)`,
    `Run ${failed.runId} (failed)`,
  ])
  expect(server.state.pulls[1]?.body).toContain('❌ **This run failed:** 0 of 5 rows answered')
})

test('a refused push names the mend, and the bundle is kept', async () => {
  const { remote, ledger, run, publish } = await makeRun()
  await protect(remote, 'refs/heads/runs/*')
  expect(await faults(publish())).toMatch(/hook declined.*permissions contents: write.*the bundle is kept/s)
  expect(await readdir(join(ledger.spool, run.runId))).toContain('bundle')
})

async function personal(ledger: TestLedger): Promise<void> {
  const path = 'registry/datasets/people.yaml'
  const text = await readFile(join(ledger.folder, path), 'utf8')
  await ledger.write(path, text.replace('synthetic', 'personal').replace('location: ledger', 'location: runner'))
}

test('personal rows go to main’s LFS address only, and only to hosts that main’s policy names', async () => {
  await using elsewhere = await startForgeServer()
  const { server, ledger, publish, remote } = await makeRun('github', async (made) => {
    await personal(made)
    await made.write('.lfsconfig', '[lfs]\n\turl = http://rows.example:9/store\n')
  })
  // neither the working tree's address nor its policy counts
  await ledger.write('.lfsconfig', `[lfs]\n\turl = ${server.lfsUrl}\n`)
  await ledger.write('registry/policy.yaml', 'allow_hosts:\n  lfs: [rows.example]\n')
  await git(ledger.folder, ['config', 'lfs.url', elsewhere.lfsUrl])
  expect(await faults(publish())).toMatch(/^rows\.example: may not be sent personal rows: .* allows loopback;/)
  expect([server.lfs.asked, elsewhere.lfs.asked]).toEqual([[], []])
  expect(await refs(remote)).toEqual(['refs/heads/main'])
})

test('an LFS server that sends personal rows on to another host is refused before the first byte', async () => {
  const { server, publish, remote } = await makeRun('github', personal)
  server.lfs.storage = 'http://bucket.example'
  expect(await faults(publish())).toMatch(/^bucket\.example: may not be sent personal rows/)
  expect(server.lfs.asked).toEqual(['batch upload 2'])
  expect(await refs(remote)).toEqual(['refs/heads/main'])
  delete server.lfs.storage
  expect(await publish()).toMatchObject({ pull: { number: 1 } })
  const text = server.state.pulls[0]?.body ?? ''
  expect(text).toContain('personal')
})

test('rows are personal when main’s catalog says so, whatever the run’s meta says', async () => {
  const { server, ledger, publish, remote } = await makeRun()
  server.lfs.storage = 'http://bucket.example'
  await personal(ledger)
  await git(ledger.folder, ['commit', '--quiet', '--all', '-m', 'These are people'])
  await git(ledger.folder, ['push', '--quiet', '--no-verify', remote, 'main'])
  expect(await faults(publish())).toMatch(/^bucket\.example: may not be sent personal rows/)
  expect(server.lfs.objects.size).toBe(0)
})

test('the working tree’s .lfsconfig can’t redirect the rows', async () => {
  await using elsewhere = await startForgeServer()
  const { server, ledger, publish } = await makeRun()
  await ledger.write('.lfsconfig', `[lfs]\n\turl = ${elsewhere.lfsUrl}\n\tpushurl = ${elsewhere.lfsUrl}\n`)
  await publish()
  expect(elsewhere.lfs.asked).toEqual([])
  expect(server.lfs.objects.size).toBe(2)
})

test('twenty publishes at once from clones arrive', async () => {
  const ledger = await makeLedger(3)
  const { server, remote } = await addForge(ledger)
  await using engine = await startVllmProtocolServer({ answer })
  const root = await makeFolder()
  const { apiUrl, token, repository } = server
  const runs: Parameters<typeof publishRun>[0][] = []
  for (let index = 0; index < 20; index++) {
    const at = new Date(Date.UTC(2026, 10, 24, 10, index))
    const { runId } = await runTestBatch(ledger, { baseUrl: engine.baseUrl, deps: { again: true, now: () => at } })
    const clone = join(root, `clone-${index}`)
    await git(root, ['clone', '--quiet', remote, clone])
    await git(clone, ['remote', 'set-url', 'origin', server.gitUrl])
    const forge = await openForge({ apiUrl, token, repository, secondMs: 2 })
    runs.push({ ledger: clone, spool: ledger.spool, runId, remote: 'origin', auth: { token }, forge })
  }
  const outcomes = await Promise.all(runs.map(publishRun))
  expect(outcomes.map(({ pull }) => pull?.created)).toEqual(runs.map(() => true))
  expect(server.state.pulls.map(({ branch }) => branch).sort()).toEqual(runs.map(({ runId }) => `runs/${runId}`).sort())
  expect(await refs(remote)).toHaveLength(21)
})

test('the same run published by several at once is one branch and one pull request', async () => {
  const { server, remote, run, publish } = await makeRun()
  const outcomes = await Promise.all([publish(), publish(), publish()])
  expect(new Set(outcomes.map(({ commit }) => commit)).size).toBe(1)
  expect(outcomes.map(({ pull }) => pull?.number)).toEqual([1, 1, 1])
  expect(server.state.pulls).toHaveLength(1)
  expect(await refs(remote)).toEqual(['refs/heads/main', `refs/heads/runs/${run.runId}`])
})
