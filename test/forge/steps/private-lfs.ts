import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startGiftless, type LfsServer } from '../giftless.ts'
import { dispatchRun, listVerdicts, planted, type PublishedRun } from '../scene.ts'
import { Kept, check, type StepState, type Theme } from './step.ts'

const repository = 'forge/private'

const kept = {
  lfs: new Kept<LfsServer>('the private server'),
  published: new Kept<PublishedRun>('the published run'),
}

/** Personal rows: they lie in a private LFS server, and the forge holds pointers only. */
export const privateLfs: Theme = {
  name: 'private-lfs',
  steps: [
    {
      name: 'a ledger whose .lfsconfig names a private server',
      async run(state) {
        const lfs = await startGiftless({ capSeconds: 3600 })
        kept.lfs.set(lfs)
        await state.pushLedger(repository, (folder) =>
          writeFileSync(join(folder, '.lfsconfig'), `[lfs]\n\turl = ${lfs.urlFor(repository)}\n`),
        )
        state.note(lfs.urlFor(repository))
      },
    },
    {
      name: 'a personal run, half of it refused by the engine in words that name the person',
      async run(state) {
        const published = await dispatchRun(state, repository, {
          models: 'tiny',
          dataset: 'private_people',
          engine: 'leaky',
        })
        kept.published.set(published)
        check((await listVerdicts(state, repository, published.pull.number)).length === 1, 'not one comment of verify')
        const status = (await state.writer.client.listStatuses(repository, published.pull.head.sha)).find(
          ({ context }) => context === 'batchledger/verify',
        )
        check(status !== undefined, 'no status of verify')
        state.note(`${published.pull.title}: ${status.status}: ${status.description}`)
      },
    },
    {
      name: 'the rows are on the private server, and not on the forge',
      async run(state) {
        const { pull } = kept.published.get()
        const lfs = kept.lfs.get()
        const { client } = state.writer
        const files = await client.call<{ filename: string }[]>(
          'GET',
          `/repos/${repository}/pulls/${pull.number}/files`,
        )
        let seen = 0
        for (const { filename } of files.filter((file) => /\.(jsonl|log)$/.test(file.filename))) {
          const text = (await client.readFile(repository, filename, pull.head.ref))?.text ?? ''
          const [, oid = '', size = '0'] = /oid sha256:([0-9a-f]{64})\nsize (\d+)/.exec(text) ?? []
          check(oid !== '', `${filename} is no pointer: ${text.slice(0, 60)}`)
          check(existsSync(lfs.objectPath(repository, oid)), `${filename}: not on the private server`)
          const [answer] = await client.askLfs(repository, [{ oid, size: Number(size) }])
          check(answer?.present === false, `${filename}: the forge has the object`)
          seen++
        }
        check(seen === 2, `${seen} pointers, expected two`)
      },
    },
    {
      name: 'nothing personal is in what the forge stores: Git, database, comments, job logs',
      async run(state) {
        const needles = Object.values(planted)
        const rows = rowObjects()
        check(
          needles.some((needle) => rows.includes(needle)),
          'the planted values are not even in the rows: the search would prove nothing',
        )
        const places = await listClearText(state)
        for (const [place, text] of places)
          for (const needle of needles) check(!text.includes(needle), `${place} holds ${JSON.stringify(needle)}`)
        state.note(`${places.length} places searched for ${needles.length} planted values`)
      },
    },
    {
      name: 'the private server is stopped',
      run: () => kept.lfs.get().stop(),
    },
  ],
}

/** The rows as the private server keeps them. */
function rowObjects(): string {
  const lfs = kept.lfs.get()
  const folder = join(lfs.objectPath(repository, '.'), '.')
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}

/** Everything about this repository that the forge stores, unpacked: Git objects, LFS objects, database, pages, job logs. */
async function listClearText(state: StepState): Promise<[place: string, text: string][]> {
  const { client } = state.writer
  const gitea = join(state.forge.folder, 'gitea')
  const places: [string, string][] = []
  const objects = execFileSync('git', ['cat-file', '--batch-all-objects', '--batch', '--unordered'], {
    cwd: state.forge.repositoryFolder(repository),
    encoding: 'latin1',
    maxBuffer: 512 * 1024 * 1024,
  })
  places.push(['the Git objects', objects])
  for (const name of ['gitea.db', 'gitea.db-wal'])
    if (existsSync(join(gitea, name))) places.push([name, readFileSync(join(gitea, name), 'latin1')])
  for (const run of await client.listRuns(repository))
    places.push([`logs of ${run.path} ${run.id}`, await client.readRunLogs(repository, run.id)])
  for (const pull of await client.listPulls(repository)) {
    places.push([`pull request ${pull.number}`, `${pull.title}\n${pull.body}`])
    for (const comment of await client.listComments(repository, pull.number))
      places.push([`comment ${comment.id}`, comment.body])
    for (const status of await client.listStatuses(repository, pull.head.sha))
      places.push([`status ${status.context}`, JSON.stringify(status)])
  }
  for (const issue of await client.listIssues(repository))
    places.push([`issue ${issue.number}`, `${issue.title}\n${issue.body}`])
  for (const entry of readdirSync(join(gitea, 'lfs'), { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      places.push([`LFS object ${entry.name}`, readFileSync(join(entry.parentPath, entry.name), 'latin1')])
  return places
}
