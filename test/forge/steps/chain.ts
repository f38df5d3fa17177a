import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { until, type ForgeRun } from '../forge-client.ts'
import { git } from '../push-repository.ts'
import { dispatchRun, listVerdicts, type PublishedRun } from '../scene.ts'
import { Kept, check, type StepState, type Theme } from './step.ts'

const repository = 'forge/ledger'
const dataset = 'synthetic_candidates_12'
const pointer = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize (\d+)\n$/

interface Bundle {
  results: string
  log: string
  meta: string
}

const kept = {
  published: new Kept<PublishedRun>('the published run'),
  bundle: new Kept<Bundle>('the bundle’s paths'),
  digests: new Kept<Record<string, string>>('the meta’s digests'),
}

/** From a dispatch with a real model to the merged pull request, the index and the site. */
export const chain: Theme = {
  name: 'chain',
  steps: [
    {
      name: 'this repository is pushed with a small ledger',
      async run(state) {
        await state.pushLedger(repository)
        // the public build is made only where the repository asks for it
        const variable = `/repos/${repository}/actions/variables/BATCHLEDGER_PAGES`
        await state.forge.admin.client.call('POST', variable, { value: 'true' })
      },
    },
    {
      name: 'a dispatch with the embedded engine and SmolLM2 ends in a pull request',
      async run(state) {
        const published = await dispatchRun(
          state,
          repository,
          { models: 'smollm2-135m', dataset, engine: 'llama-cpp', note: 'first run on this forge' },
          420,
        )
        kept.published.set(published)
        state.note(`${published.pull.html_url}: ${published.pull.title}`)
        check(published.run.actor?.login === 'writer', `dispatched by ${published.run.actor?.login}, expected writer`)
      },
    },
    {
      name: 'the branch holds pointers and a meta, and nothing else changed',
      async run(state) {
        const { pull, runId } = kept.published.get()
        const files = await state.writer.client.call<{ filename: string; status: string }[]>(
          'GET',
          `/repos/${repository}/pulls/${pull.number}/files`,
        )
        const names = files.map(({ filename }) => filename).sort()
        const meta = names.find((name) => name.endsWith('.meta.json'))
        check(meta !== undefined && names.length === 3, `the pull request changes ${names.join(', ')}`)
        const stem = meta.slice(0, -'.meta.json'.length)
        const bundle: Bundle = { meta, results: `${stem}.jsonl`, log: `${stem}.log` }
        check(
          names.includes(bundle.results) && names.includes(bundle.log),
          `the pull request changes ${names.join(', ')}`,
        )
        check(
          files.every(({ status }) => status === 'added'),
          `not all are added: ${JSON.stringify(files)}`,
        )
        const text = (await state.writer.client.readFile(repository, meta, pull.head.ref))?.text ?? ''
        const read = JSON.parse(text) as {
          run_id: string
          results: { total: number; success: number }
          files: { sha256: Record<string, string> }
        }
        check(
          read.run_id === runId && read.results.total === 12,
          `the meta says ${read.run_id}, ${read.results.total} rows`,
        )
        state.note(`${read.results.success} of ${read.results.total} rows answered`)
        kept.bundle.set(bundle)
        kept.digests.set(read.files.sha256)
      },
    },
    {
      name: 'the objects are on the server, with the digests that the meta tells',
      async run(state) {
        const { pull } = kept.published.get()
        const bundle = kept.bundle.get()
        const digests = Object.values(kept.digests.get())
        const objects: { oid: string; size: number }[] = []
        for (const path of [bundle.results, bundle.log]) {
          const text = (await state.writer.client.readFile(repository, path, pull.head.ref))?.text ?? ''
          const [, oid, size] = pointer.exec(text) ?? []
          check(oid !== undefined, `${path} is no pointer: ${text.slice(0, 80)}`)
          check(digests.includes(oid), `${path}: ${oid} is not among the meta's digests`)
          objects.push({ oid, size: Number(size) })
        }
        const answers = await state.writer.client.askLfs(repository, objects)
        check(
          answers.every(({ present }) => present),
          `missing: ${JSON.stringify(answers)}`,
        )
      },
    },
    {
      name: 'the pull request is assigned, has one comment of verify and a green status',
      async run(state) {
        const { pull } = kept.published.get()
        const now = await state.writer.client.getPull(repository, pull.number)
        check(now.assignee?.login === 'writer', `assigned to ${now.assignee?.login ?? 'nobody'}, expected writer`)
        const verdicts = await listVerdicts(state, repository, pull.number)
        check(verdicts.length === 1, `${verdicts.length} comments of verify`)
        check((verdicts[0] ?? '').length < 60_000, `the comment has ${verdicts[0]?.length} characters`)
        const status = (await state.writer.client.listStatuses(repository, pull.head.sha)).find(
          ({ context }) => context === 'batchledger/verify',
        )
        check(status?.status === 'success', `the status is ${JSON.stringify(status)}`)
        state.note(`status: ${status.description}`)
      },
    },
    {
      name: 'verify by dispatch updates the comment in place',
      async run(state) {
        const { pull } = kept.published.get()
        const id = await state.writer.client.dispatch(repository, 'verify-results.yml', { number: String(pull.number) })
        const run = await state.writer.client.waitForRun(repository, id, 120)
        check(
          run.conclusion === 'success',
          `verify-results is ${run.conclusion}\n${await state.writer.client.readRunLogs(repository, id)}`,
        )
        const verdicts = await listVerdicts(state, repository, pull.number)
        check(verdicts.length === 1, `${verdicts.length} comments of verify after the second check`)
      },
    },
    {
      name: 'the same dispatch again changes nothing: no second pull request, no second comment',
      async run(state) {
        const { pull } = kept.published.get()
        const { client } = state.writer
        const id = await client.dispatch(repository, 'run-batch.yml', {
          models: 'smollm2-135m',
          dataset,
          engine: 'llama-cpp',
        })
        const run = await client.waitForRun(repository, id, 240)
        check(
          run.conclusion === 'success',
          `run-batch is ${run.conclusion}\n${await client.readRunLogs(repository, id)}`,
        )
        const pulls = await client.listPulls(repository)
        check(pulls.length === 1, `${pulls.length} pull requests`)
        check(pulls[0]?.head.sha === pull.head.sha, `the branch moved to ${pulls[0]?.head.sha}`)
        check((await listVerdicts(state, repository, pull.number)).length === 1, 'a second comment of verify')
      },
    },
    {
      name: 'merged, it is in the index on main',
      async run(state) {
        const { pull, runId } = kept.published.get()
        const { client } = state.writer
        await client.mergePull(repository, pull.number)
        const index = await until(
          'the index on main names the run',
          180,
          async () => {
            const file = await client.readFile(repository, 'results/metadata.json')
            return file?.text.includes(runId) ? file.text : undefined
          },
          async () => describeNewest(state, 'publish-site.yml'),
        )
        const { runs } = JSON.parse(index) as { runs: { run_id: string }[] }
        check(
          runs.length === 1 && runs[0]?.run_id === runId,
          `the index has ${runs.map((entry) => entry.run_id).join(', ')}`,
        )
      },
    },
    {
      name: 'the site is built from main and shows the run',
      async run(state) {
        const { runId } = kept.published.get()
        await until(
          'the site is built',
          420,
          async () => {
            const shown =
              existsSync(join(state.site, 'index.html')) &&
              listFiles(state.site).some((file) => readFileSync(file, 'utf8').includes(runId))
            if (shown) return true
            const newest = await findNewest(state, 'publish-site.yml')
            check(newest?.conclusion !== 'failure', `it failed: ${await describeNewest(state, 'publish-site.yml')}`)
            return false
          },
          async () => describeNewest(state, 'publish-site.yml'),
        )
        state.note(`${listFiles(state.site).length} pages in ${state.site}`)
      },
    },
    {
      name: 'the public build goes to Pages, and holds the run but no word of its rows',
      async run(state) {
        const { runId } = kept.published.get()
        await until(
          'the public site is built',
          420,
          async () => listFiles(state.pages).some((file) => readFileSync(file, 'utf8').includes(runId)),
          async () => describeNewest(state, 'publish-site.yml'),
        )
        const answers = (await wordsOfRows(state)).filter((word) => word.length > 30)
        check(answers.length > 0, 'no answer of the run is long enough to be looked for')
        for (const [folder, expected] of [
          [state.site, true],
          [state.pages, false],
        ] as const) {
          const text = readdirSync(folder, { withFileTypes: true, recursive: true })
            .filter((entry) => entry.isFile())
            .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
            .join('\n')
          const found = answers.some((answer) => text.includes(JSON.stringify(answer).slice(1, 30)))
          check(found === expected, `${folder} ${found ? 'holds' : 'does not hold'} an answer of the run`)
        }
        check(!existsSync(join(state.pages, 'data')), 'the public build has a folder data/')
        state.note(`${listFiles(state.pages).length} public pages in ${state.pages}`)
      },
    },
  ],
}

/** What the published run answered, row by row, out of its LFS object. */
async function wordsOfRows(state: StepState): Promise<string[]> {
  const folder = state.clone(repository)
  git(folder, ['lfs', 'pull'])
  return readFileSync(join(folder, kept.bundle.get().results), 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const row = JSON.parse(line) as { response?: { body?: { choices?: { message?: { content?: string } }[] } } }
      return row.response?.body?.choices?.[0]?.message?.content ?? []
    })
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => join(entry.parentPath, entry.name))
}

async function findNewest({ writer: { client } }: StepState, workflow: string): Promise<ForgeRun | undefined> {
  return (await client.listRuns(repository)).find((run) => run.path.startsWith(workflow))
}

async function describeNewest(state: StepState, workflow: string): Promise<string> {
  const newest = await findNewest(state, workflow)
  if (!newest) return `${workflow} did not run`
  const logs = await state.writer.client.readRunLogs(repository, newest.id)
  return `${workflow} ${newest.id} is ${newest.conclusion ?? newest.status}\n${logs}`
}
