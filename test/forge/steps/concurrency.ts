import { until } from '../forge-client.ts'
import { listVerdicts, peopleCount } from '../scene.ts'
import { check, type Theme } from './step.ts'

const repository = 'forge/concurrent'

/** Several at once. */
export const concurrency: Theme = {
  name: 'concurrency',
  steps: [
    { name: 'a ledger of its own', run: (state) => state.pushLedger(repository) },
    {
      name: 'the same run dispatched twice at once: one pull request, each row asked once',
      async run(state) {
        const { client } = state.writer
        const before = state.engines.quick.requests
        state.engines.quick.latencyMs = 300
        // models of this theme's own: the host's spool is one for all ledgers of the test
        const inputs = { models: 'tiny-e', dataset: 'people', engine: 'quick' }
        const ids = await Promise.all([
          client.dispatch(repository, 'run-batch.yml', inputs),
          client.dispatch(repository, 'run-batch.yml', inputs),
        ])
        const runs = await Promise.all(ids.map((id) => client.waitForRun(repository, id, 180)))
        state.engines.quick.latencyMs = 0
        const conclusions = runs.map(({ conclusion }) => conclusion ?? '')
        check(conclusions.includes('success'), `the runs are ${conclusions.join(' and ')}`)
        // the forge may cancel one that still waits in the same concurrency group
        check(
          conclusions.every((conclusion) => ['success', 'cancelled'].includes(conclusion)),
          `the runs are ${conclusions.join(' and ')}`,
        )
        const pulls = await client.listPulls(repository)
        check(pulls.length === 1, `${pulls.length} pull requests`)
        const asked = state.engines.quick.requests - before
        check(asked >= peopleCount && asked <= peopleCount + 2, `${asked} requests for ${peopleCount} rows`)
        check((await listVerdicts(state, repository, pulls[0]?.number ?? 0)).length === 1, 'not one comment of verify')
        state.note(`${conclusions.join(' and ')}; ${asked} requests`)
      },
    },
    {
      name: 'three models in one dispatch: a workflow run and a pull request each, assigned to who dispatched',
      async run(state) {
        const { client } = state.writer
        const id = await client.dispatch(repository, 'run-batch.yml', {
          models: 'tiny-f,tiny-g,tiny-h',
          dataset: 'people',
          engine: 'quick',
        })
        const plan = await client.waitForRun(repository, id, 120)
        check(
          plan.conclusion === 'success',
          `the plan is ${plan.conclusion}\n${await client.readRunLogs(repository, id)}`,
        )
        await until(
          'three more pull requests are there',
          240,
          async () => (await client.listPulls(repository)).length === 4,
          async () => describeRuns(state),
        )
        await until(
          'all runs are over',
          180,
          async () => (await client.listRuns(repository)).every(({ status }) => status === 'completed'),
          async () => describeRuns(state),
        )
        for (const pull of await client.listPulls(repository)) {
          check(
            pull.assignee?.login === 'writer',
            `pull request ${pull.number} is assigned to ${pull.assignee?.login ?? 'nobody'}`,
          )
          check(
            (await listVerdicts(state, repository, pull.number)).length === 1,
            `pull request ${pull.number} has not one comment of verify`,
          )
        }
      },
    },
    {
      name: 'four merges at once: the index on main has all four',
      async run(state) {
        const { client } = state.writer
        const pulls = await client.listPulls(repository, 'open')
        await Promise.all(pulls.map(({ number }) => client.mergePull(repository, number)))
        const index = await until(
          'the index has four runs',
          300,
          async () => {
            const file = await client.readFile(repository, 'results/metadata.json')
            const { runs } = JSON.parse(file?.text ?? '{"runs":[]}') as { runs: { run_id: string }[] }
            return runs.length === 4 ? runs : undefined
          },
          async () => describeRuns(state),
        )
        state.note(index.map(({ run_id: id }) => id).join(', '))
      },
    },
    {
      name: 'register comes to rest: its own commit starts no run that writes again',
      async run(state) {
        const { client } = state.writer
        await until(
          'all runs are over',
          420,
          async () => (await client.listRuns(repository)).every(({ status }) => status === 'completed'),
          async () => describeRuns(state),
        )
        const head = await client.branchHead(repository, 'main')
        await new Promise((resolve) => setTimeout(resolve, 5000))
        check((await client.branchHead(repository, 'main')) === head, 'main moved again')
      },
    },
  ],
}

async function describeRuns({ writer: { client } }: Parameters<Theme['steps'][number]['run']>[0]): Promise<string> {
  const runs = await client.listRuns(repository)
  return runs.map((run) => `${run.id} ${run.path} ${run.display_title} ${run.conclusion ?? run.status}`).join('\n')
}
