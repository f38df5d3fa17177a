import { expect, test, vi } from 'vitest'
import { addForge, type TestForge } from '../../test/support/add-forge.ts'
import { makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { startVllmProtocolServer, type VllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { git } from '../adapters/git.ts'
import { planRunsStep } from '../plan-runs/plan-runs-step.ts'
import { publishRunStep } from '../publish-run/publish-run-step.ts'
import { registerRunsStep } from '../register-runs/register-runs-step.ts'
import { runBatchStep } from '../run-batch/run-batch-step.ts'
import { verifyResultsStep } from '../verify-results/verify-results-step.ts'
import type { Step, StepOutcome } from './run-step.ts'

// several Git processes each, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

type Host = TestForge & {
  ledger: TestLedger
  step: (step: Step, inputs?: Record<string, string>) => Promise<StepOutcome>
}

/** A ledger on a forge, whose policy names a server as the engine `lab`, and steps that run there as a job's would. */
async function makeHost(engine: VllmProtocolServer, kind: 'github' | 'gitea' = 'github'): Promise<Host> {
  const ledger = await makeLedger(5)
  await ledger.write('registry/policy.yaml', `engines:\n  lab:\n    base_url: ${engine.baseUrl}\n`)
  const forge = await addForge(ledger, { kind, assignable: ['ada'] })
  const { apiUrl, origin, repository, token } = forge.server
  const env = {
    GITHUB_API_URL: apiUrl,
    GITHUB_SERVER_URL: origin,
    GITHUB_REPOSITORY: repository,
    GITHUB_REF_NAME: 'main',
    GITHUB_RUN_ID: '77',
    BATCHLEDGER_SPOOL: ledger.spool,
    BATCHLEDGER_CACHE: `${ledger.spool}-cache`,
    BATCHLEDGER_LFS_STORE: `${ledger.spool}-lfs`,
  }
  const step = (run: Step, inputs: Record<string, string> = {}) => {
    const given: Record<string, string> = { ledger: ledger.folder, token, ...inputs }
    const input = (name: string) => given[name]?.trim() || undefined
    return run({
      input,
      required: (name) => input(name) ?? expect.fail(`${name} is empty`),
      token: () => token,
      env,
      say: () => undefined,
    })
  }
  return { ...forge, ledger, step }
}

/** What a forge does with each pull request: its head is a ref that anybody may fetch. */
const showHead = async (remote: string, number: number, head: string | undefined) =>
  git(remote, ['update-ref', `refs/pull/${number}/head`, head ?? ''])

const dispatch = { models: 'tiny', dataset: 'people', engine: 'lab', note: 'a first try', assignee: 'ada' }
const yes = () => '{"recommendation":{"value":"Yes"}}'

test.each(['github', 'gitea'] as const)('%s: from a dispatch to the index on main, step by step', async (kind) => {
  await using engine = await startVllmProtocolServer({ answer: yes })
  const { server, remote, step } = await makeHost(engine, kind)
  const planned = await step(planRunsStep, dispatch)
  expect(planned.outputs).toMatchObject({ single: 'true', model: 'tiny', engine: 'lab', assignee: 'ada' })
  expect(await step(publishRunStep, { probe: 'true', dataset: 'people' })).toMatchObject({ faults: [] })
  expect(engine.requests).toEqual([])

  const ran = await step(runBatchStep, planned.outputs)
  expect(ran).toMatchObject({ outputs: { status: 'completed' }, faults: [] })
  const published = await step(publishRunStep, { ...planned.outputs, ...ran.outputs })
  expect(published.outputs).toMatchObject({ published: 'true', number: '1', 'run-id': ran.outputs?.['run-id'] })
  expect(server.state.pulls).toMatchObject([{ assignees: ['ada'] }])
  expect(server.state.pulls[0]?.body).toContain('a first try')
  expect(server.state.pulls[0]?.body).toContain('/actions/runs/77')

  await showHead(remote, 1, published.outputs?.['head'])
  const verified = await step(verifyResultsStep, { number: '1', mode: 'full' })
  expect(verified).toMatchObject({ outputs: { ok: 'true' }, faults: [], warnings: [] })
  expect(server.state.comments).toHaveLength(1)
  expect(server.state.statuses).toMatchObject([{ sha: published.outputs?.['head'], state: 'success' }])
  expect(verified.summary).toContain('every figure recounted from the rows')

  await git(remote, ['update-ref', 'refs/heads/main', published.outputs?.['head'] ?? ''])
  const registered = await step(registerRunsStep)
  expect(registered).toMatchObject({ outputs: { changed: 'true' }, warnings: [] })
  expect(registered.summary).toContain('Removed from the spool, since they are on main: 1.')
  expect(await git(remote, ['show', 'main:results/metadata.json'])).toContain(ran.outputs?.['run-id'])
  expect(await step(registerRunsStep)).toMatchObject({ outputs: { changed: 'false' } })
  expect(server.state.issues).toEqual([])
})

test('several runs are dispatched one by one, with everything their own dispatch needs; shards too', async () => {
  await using engine = await startVllmProtocolServer({ answer: yes })
  const { server, step } = await makeHost(engine)
  const planned = await step(planRunsStep, { ...dispatch, shards: '2', limit: '4' })
  expect(planned.outputs).toEqual({ single: 'false' })
  const shared = { models: 'tiny', dataset: 'people', engine: 'lab', limit: '4', note: 'a first try', assignee: 'ada' }
  expect(server.state.dispatches).toEqual([
    { file: 'run-batch.yml', ref: 'main', inputs: { ...shared, shards: '1/2' } },
    { file: 'run-batch.yml', ref: 'main', inputs: { ...shared, shards: '2/2' } },
  ])
})

test('a shard is published when the other has ended, as one run', async () => {
  await using engine = await startVllmProtocolServer({ answer: yes })
  const { server, remote, step } = await makeHost(engine)
  const run = async (shard: string) => {
    const ran = await step(runBatchStep, { model: 'tiny', dataset: 'people', engine: 'lab', shard })
    return step(publishRunStep, { ...ran.outputs })
  }
  expect(await run('1/2')).toMatchObject({ outputs: { published: 'false' } })
  expect(server.state.pulls).toEqual([])
  const last = await run('2/2')
  expect(last).toMatchObject({ outputs: { published: 'true', number: '1' } })
  await showHead(remote, 1, last.outputs?.['head'])
  expect(await step(verifyResultsStep, { number: '1', mode: 'full' })).toMatchObject({ outputs: { ok: 'true' } })
})

test('a failed run is published, marked and told in an issue, once; without a bundle there is only the issue', async () => {
  await using engine = await startVllmProtocolServer({
    answer: yes,
    fault: () => ({ status: 400, body: { error: { message: 'no chat template' } } }),
  })
  const { server, step } = await makeHost(engine)
  const ran = await step(runBatchStep, { model: 'tiny', dataset: 'people', engine: 'lab' })
  expect(ran).toMatchObject({ outputs: { status: 'failed' }, faults: [expect.stringContaining('no chat template')] })
  for (let time = 0; time < 2; time++)
    expect(await step(publishRunStep, { ...ran.outputs })).toMatchObject({ outputs: { published: 'true' } })
  expect(server.state.pulls).toMatchObject([{ title: `Run ${ran.outputs?.['run-id']} (failed)` }])
  expect(server.state.issues).toMatchObject([{ title: `Run failed: ${ran.outputs?.['run-id']}` }])

  const without = await step(publishRunStep)
  expect(without).toMatchObject({ outputs: { published: 'false' }, warnings: [expect.stringContaining('no bundle')] })
  expect(server.state.issues).toHaveLength(2)
})

test('a change that does not hold: the step fails, the status is red, and the log repeats no row', async () => {
  await using engine = await startVllmProtocolServer({ answer: yes })
  const { server, ledger, remote, step } = await makeHost(engine)
  const ran = await step(runBatchStep, { model: 'tiny', dataset: 'people', engine: 'lab' })
  const published = await step(publishRunStep, { ...ran.outputs })
  await git(ledger.folder, ['fetch', '--quiet', remote, `runs/${ran.outputs?.['run-id']}`])
  await git(ledger.folder, ['checkout', '--quiet', '-b', 'edited', 'FETCH_HEAD'])
  await ledger.write('.github/workflows/run-batch.yml', 'name: mine\n')
  await git(ledger.folder, ['add', '.github'])
  await git(ledger.folder, ['commit', '--quiet', '--amend', '--no-edit'])
  const branch = `HEAD:runs/${ran.outputs?.['run-id']}`
  await git(ledger.folder, ['push', '--quiet', '--force', '--no-verify', remote, branch])
  await showHead(remote, 1, (await git(ledger.folder, ['rev-parse', 'HEAD'])).trim())
  await git(ledger.folder, ['checkout', '--quiet', 'main'])
  const verified = await step(verifyResultsStep, { number: published.outputs?.['number'] ?? '' })
  expect(verified).toMatchObject({ outputs: { ok: 'false' }, faults: [expect.stringContaining('does not hold')] })
  expect(server.state.statuses.at(-1)).toMatchObject({ state: 'failure' })
  expect(server.state.comments[0]?.body).toContain('run-batch.yml')
  await expect(step(verifyResultsStep, { number: '../1' })).rejects.toMatchObject({
    problems: [expect.stringMatching(/^number: is "..\/1"/)],
  })
  await expect(step(verifyResultsStep, { number: '1', mode: 'quick' })).rejects.toThrow('nothing was verified')
})
