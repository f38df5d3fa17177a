import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dispatchRun, hostileMark, peopleCount } from '../scene.ts'
import { check, type Theme } from './step.ts'

const repository = 'forge/hostile'

/** Inputs, engines and models that want more than to be read. */
export const safety: Theme = {
  name: 'safety',
  steps: [
    { name: 'a ledger of its own', run: (state) => state.pushLedger(repository) },
    {
      name: 'dispatch inputs with shell metacharacters, newlines, ../, dashes, 10 KB are refused in the plan, and nothing of them ran',
      async run(state) {
        const { client } = state.writer
        const trap = join(state.forge.folder, 'trap')
        const good = { models: 'tiny', dataset: 'people', engine: 'quick' }
        const bad: Record<string, string>[] = [
          { models: `tiny; touch ${trap}` },
          { models: `$(touch ${trap})` },
          { dataset: '../../etc/passwd' },
          { dataset: `people\n::set-env name=${hostileMark}::obeyed` },
          { rubric: '--help' },
          { limit: '-1' },
          { shards: '1;2' },
          { engine: 'http://127.0.0.1:9/v1' },
          { models: 'x'.repeat(10_240) },
        ]
        const ids: number[] = []
        for (const change of bad) ids.push(await client.dispatch(repository, 'run-batch.yml', { ...good, ...change }))
        for (const [place, id] of ids.entries()) {
          const run = await client.waitForRun(repository, id, 180)
          const jobs = await client.listJobs(repository, id)
          const what = JSON.stringify(bad[place]).slice(0, 80)
          check(run.conclusion === 'failure', `${what} is ${run.conclusion}`)
          check(
            jobs.every(
              ({ name, conclusion }) => name === 'plan' || conclusion === 'skipped' || conclusion === 'cancelled',
            ),
            `${what}: ${jobs.map((job) => `${job.name} ${job.conclusion}`).join(', ')}`,
          )
        }
        check(!existsSync(trap), 'an input was run by a shell')
        check((await client.listPulls(repository)).length === 0, 'there is a pull request')
      },
    },
    {
      name: 'a model that answers with workflow commands: they are dead text',
      async run(state) {
        const { run, pull } = await dispatchRun(state, repository, {
          models: 'tiny-i',
          dataset: 'people',
          engine: 'hostile',
        })
        const { requests } = state.engines.hostile
        check(requests >= peopleCount, `the hostile engine was asked ${requests} times`)
        const logs = await state.writer.client.readRunLogs(repository, run.id)
        check(
          !/^\S+ (::|##\[)(set-env|add-path)/m.test(logs),
          'a command of the model stands in a job log at the start of a line',
        )
        check(!logs.includes(`::set-env:: ${hostileMark}=`), 'the runner obeyed a command of the model')
        state.note(pull.html_url)
      },
    },
  ],
}
