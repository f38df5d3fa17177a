import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from '../forge-client.ts'
import { dispatchRun, listVerdicts, peopleCount, type PublishedRun } from '../scene.ts'
import { Kept, check, type StepState, type Theme } from './step.ts'

const repository = 'forge/interrupted'

const kept = {
  commits: new Map<string, string | undefined>(),
  asked: new Kept<number>('the requests before the cancel'),
}

/** Jobs that end at the worst moment, and the same dispatch again. */
export const interruptions: Theme = {
  name: 'interruptions',
  steps: [
    { name: 'a ledger of its own', run: (state) => state.pushLedger(repository) },
    {
      name: 'a run is cancelled midway',
      async run(state) {
        const { client } = state.writer
        const { slow } = state.engines
        const id = await client.dispatch(repository, 'run-batch.yml', {
          models: 'tiny',
          dataset: 'people',
          engine: 'slow',
        })
        await until(
          'a third of the rows were asked',
          120,
          () => Promise.resolve(slow.requests >= peopleCount / 3),
          async () => client.readRunLogs(repository, id),
        )
        await state.forge.cancelRun(repository, id)
        const run = await client.waitForRun(repository, id, 60)
        check(run.conclusion === 'cancelled', `the run is ${run.conclusion}`)
        await until(
          'nothing of the job runs any more',
          60,
          () => Promise.resolve(listJobProcesses(state).length === 0),
          () => Promise.resolve(JSON.stringify(listJobProcesses(state))),
        )
        check(slow.requests < peopleCount, `all ${slow.requests} rows were asked before the cancel`)
        check((await client.listPulls(repository)).length === 0, 'a cancelled run has a pull request')
        kept.asked.set(slow.requests)
        state.note(`cancelled after ${slow.requests} requests`)
      },
    },
    {
      name: 'dispatched again it goes on: no row is lost, none acknowledged is asked again',
      async run(state) {
        const { slow } = state.engines
        slow.latencyMs = 50
        const published = await dispatchRun(state, repository, { models: 'tiny', dataset: 'people', engine: 'slow' })
        const meta = await readMeta(state, published)
        check(
          meta.results.total === peopleCount && meta.results.success === peopleCount,
          `the meta has ${JSON.stringify(meta.results)}`,
        )
        // a canary each start, and what was in flight when the job was killed
        const most = peopleCount + 3
        check(slow.requests <= most, `${slow.requests} requests for ${peopleCount} rows, expected at most ${most}`)
        check(
          meta.execution.segments.length >= 2,
          `${meta.execution.segments.length} segments, expected one for each start`,
        )
        state.note(
          `${kept.asked.get()} requests before, ${slow.requests} in all, ${meta.execution.segments.length} segments`,
        )
      },
    },
    {
      name: 'publish is killed between the objects and the commit',
      run: (state) => killPublish(state, 'tiny-b', 'pre-receive', undefined),
    },
    {
      name: 'dispatched again it is published once',
      run: (state) => publishAgain(state, 'tiny-b'),
    },
    {
      name: 'publish is killed between the commit and the pull request',
      run: (state) => killPublish(state, 'tiny-c', 'post-receive', 'runs/'),
    },
    {
      name: 'dispatched again the same commit gets its pull request',
      run: (state) => publishAgain(state, 'tiny-c'),
    },
  ],
}

interface Meta {
  results: { total: number; success: number }
  execution: { segments: unknown[] }
}

async function readMeta(state: StepState, { pull }: PublishedRun): Promise<Meta> {
  const { client } = state.writer
  const files = await client.call<{ filename: string }[]>('GET', `/repos/${repository}/pulls/${pull.number}/files`)
  const path = files.find(({ filename }) => filename.endsWith('.meta.json'))?.filename ?? ''
  return JSON.parse((await client.readFile(repository, path, pull.head.ref))?.text ?? '{}') as Meta
}

/** What a job started and is still there; the runner's own process is not one of them. */
function listJobProcesses(state: StepState): string[] {
  return state.forge
    .listProcesses(state.runners.gpu)
    .filter(({ command }) => command !== '' && !command.includes('gitea-runner'))
    .map(({ pid, command }) => `${pid} ${command.slice(0, 100)}`)
}

/**
 * Holds the push of a run's branch inside the forge's own hook, and kills publish-run there. A push held before it is
 * received (pre-receive) is refused in the end; one held after it (post-receive) has moved the branch.
 */
async function killPublish(
  state: StepState,
  model: string,
  hook: 'pre-receive' | 'post-receive',
  left: string | undefined,
): Promise<void> {
  const { client } = state.writer
  const reached = join(state.forge.folder, `${hook}.reached`)
  const hold = join(state.forge.folder, `${hook}.hold`)
  const folder = join(state.forge.repositoryFolder(repository), 'hooks', `${hook}.d`)
  const script = join(folder, 'hold')
  mkdirSync(folder, { recursive: true })
  writeFileSync(hold, '')
  writeFileSync(
    script,
    `#!/bin/sh\nwhile read -r _ _ ref; do case "$ref" in refs/heads/runs/*) held=1;; esac; done\n[ -n "$held" ] || exit 0\ntouch '${reached}'\ni=0\nwhile [ -e '${hold}' ] && [ $i -lt 300 ]; do sleep 0.2; i=$((i+1)); done\nexit ${hook === 'pre-receive' ? 1 : 0}\n`,
  )
  chmodSync(script, 0o755)
  try {
    const id = await client.dispatch(repository, 'run-batch.yml', { models: model, dataset: 'people', engine: 'quick' })
    await until(
      `the push reaches the forge's ${hook}`,
      120,
      () => Promise.resolve(existsSync(reached)),
      async () => client.readRunLogs(repository, id),
    )
    const victims = state.forge
      .listProcesses(state.runners.publish)
      .filter(({ command }) => command.includes('publish-run'))
    check(victims.length > 0, 'no process of publish-run was found')
    for (const { pid } of victims) process.kill(pid, 'SIGKILL')
    rmSync(hold)
    rmSync(script)
    const run = await client.waitForRun(repository, id, 120)
    check(run.conclusion === 'failure', `the run is ${run.conclusion}, though publish was killed`)
  } finally {
    rmSync(hold, { force: true })
    rmSync(script, { force: true })
    rmSync(reached, { force: true })
  }
  const branches = await client.call<{ name: string; commit: { id: string } }[]>(
    'GET',
    `/repos/${repository}/branches?limit=50`,
  )
  const pulls = await client.listPulls(repository)
  const branch = branches.find(({ name }) => name.startsWith(`runs/${model}-people-`))
  check(
    pulls.every(({ head }) => !head.ref.startsWith(`runs/${model}-people-`)),
    'there is a pull request already',
  )
  check(
    left === undefined ? branch === undefined : branch !== undefined,
    `branches: ${branches.map(({ name }) => name).join(', ')}`,
  )
  kept.commits.set(model, branch?.commit.id)
}

async function publishAgain(state: StepState, model: string): Promise<void> {
  const { client } = state.writer
  const before = state.engines.quick.requests
  const { pull } = await dispatchRun(state, repository, { models: model, dataset: 'people', engine: 'quick' })
  const asked = state.engines.quick.requests - before
  check(asked <= 1, `${asked} rows were asked again`)
  const commit = kept.commits.get(model)
  check(
    commit === undefined || commit === pull.head.sha,
    `the branch had ${commit}, the pull request has ${pull.head.sha}`,
  )
  const pulls = (await client.listPulls(repository)).filter(({ head }) => head.ref === pull.head.ref)
  check(pulls.length === 1, `${pulls.length} pull requests of ${pull.head.ref}`)
  check((await listVerdicts(state, repository, pull.number)).length === 1, 'not one comment of verify')
}
