import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ForgePull, ForgeRun } from '../forge-client.ts'
import { git, sha256 } from '../push-repository.ts'
import { dispatchRun, listVerdicts, waitForVerification, type PublishedRun } from '../scene.ts'
import { Kept, check, type StepState, type Theme } from './step.ts'

const repository = 'forge/tampered'

interface Paths {
  results: string
  log: string
  meta: string
}

interface Meta {
  results: { success_rate: number; avg_prompt_tokens: number }
  files: { sha256: { results: string; log: string }; bytes: { results: number; log: number } }
}

const kept = {
  old: new Kept<PublishedRun>('the merged run'),
  open: new Kept<PublishedRun>('the open run'),
}

/** Pull requests that somebody makes by hand out of a good run, each with one thing wrong. */
export const tamper: Theme = {
  name: 'tamper',
  steps: [
    {
      name: 'two good runs are published, one of them merged',
      async run(state) {
        await state.pushLedger(repository)
        const old = await dispatchRun(state, repository, { models: 'tiny', dataset: 'people', engine: 'quick' })
        await state.writer.client.mergePull(repository, old.pull.number)
        const open = await dispatchRun(state, repository, { models: 'tiny-b', dataset: 'people', engine: 'quick' })
        kept.old.set(old)
        kept.open.set(open)
      },
    },
    {
      name: 'refused: a row was changed, the meta was not',
      run: (state) =>
        refuseBranch(state, 'row-changed', /sha256|digest/i, async (folder, paths) => {
          const rows = await readRows(state, folder, paths)
          await writeRows(folder, paths, rows.replace('"value\\":\\"', '"value\\":\\"X'))
        }),
    },
    {
      name: 'refused by the full check: a figure of the meta was changed',
      run: (state) =>
        refuseBranch(
          state,
          'figure-changed',
          /avg_prompt_tokens/,
          (folder, paths) => {
            editMeta(folder, paths, (meta) => void (meta.results.avg_prompt_tokens += 1))
            return Promise.resolve()
          },
          'full',
        ),
    },
    {
      name: 'refused: the pointer names an object that the server does not have',
      run: (state) =>
        refuseBranch(state, 'dangling', /object|server/i, (folder, paths) => {
          const oid = sha256('never uploaded')
          const size = 14
          writeFileSync(
            join(folder, paths.results),
            `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`,
          )
          editMeta(folder, paths, (meta) => {
            meta.files.sha256.results = oid
            meta.files.bytes.results = size
          })
          return Promise.resolve()
        }),
    },
    {
      name: 'refused: a file of a merged run was changed',
      run: (state) =>
        refuseBranch(state, 'old-run', /write-once|changed|modified/i, (folder) => {
          const { runId } = kept.old.get()
          const paths = findPaths(folder, runId)
          editMeta(folder, paths, (meta) => void (meta.results.success_rate = 1))
          return Promise.resolve()
        }),
    },
    {
      name: 'refused: a workflow was edited; the edited one did not run',
      async run(state) {
        const run = await refuseBranch(state, 'workflow-edited', /\.github\/workflows/, (folder) => {
          const path = join(folder, '.github', 'workflows', 'verify-results.yml')
          writeFileSync(path, readFileSync(path, 'utf8').replace(/run-name: .*/, 'run-name: hijacked'))
          return Promise.resolve()
        })
        check(!run.display_title.includes('hijacked'), `the branch's workflow ran: ${run.display_title}`)
      },
    },
    {
      name: 'refused: .lfsconfig leads to another server, which nobody asked',
      run: (state) =>
        refuseBranch(state, 'lfs-redirected', /\.lfsconfig/, (folder) => {
          writeFileSync(join(folder, '.lfsconfig'), '[lfs]\n\turl = http://127.0.0.1:9/elsewhere\n')
          return Promise.resolve()
        }),
    },
    {
      name: 'refused: the index was edited by hand',
      run: (state) =>
        refuseBranch(state, 'index-edited', /metadata\.json/, (folder) => {
          writeFileSync(join(folder, 'results', 'metadata.json'), '{"runs":[]}\n')
          return Promise.resolve()
        }),
    },
    {
      name: 'accepted: the untouched bundle in a pull request made by hand',
      async run(state) {
        const { pull, verification } = await proposeBranch(state, 'untouched', () => Promise.resolve())
        check(
          verification.conclusion === 'success',
          `verify-results is ${verification.conclusion}\n${await state.writer.client.readRunLogs(repository, verification.id)}`,
        )
        await state.writer.client.closePull(repository, pull.number)
      },
    },
  ],
}

type Edit = (folder: string, paths: Paths) => Promise<void>

/** @returns the run that refused it */
async function refuseBranch(
  state: StepState,
  name: string,
  reason: RegExp,
  edit: Edit,
  mode: 'row-free' | 'full' = 'row-free',
): Promise<ForgeRun> {
  const { client } = state.writer
  const { pull, verification: rowFree } = await proposeBranch(state, name, edit)
  let verification = rowFree
  if (mode === 'full') {
    check(rowFree.conclusion === 'success', `the row-free check is ${rowFree.conclusion}: the rows were not needed`)
    const id = await client.dispatch(repository, 'verify-results.yml', { number: String(pull.number) })
    verification = await client.waitForRun(repository, id, 120)
  }
  const log = await client.readRunLogs(repository, verification.id)
  check(verification.conclusion === 'failure', `verify-results let it pass: ${verification.conclusion}\n${log}`)
  const verdicts = await listVerdicts(state, repository, pull.number)
  check(verdicts.length === 1, `${verdicts.length} comments of verify, expected one\n${log}`)
  const line = verdicts[0]?.split('\n').find((text) => reason.test(text))
  check(line !== undefined, `the comment does not say why (${reason}):\n${verdicts[0]}`)
  state.note(line.trim().slice(0, 200))
  if (mode === 'full') {
    const status = (await client.listStatuses(repository, pull.head.sha)).find(
      ({ context }) => context === 'batchledger/verify',
    )
    check(status?.status === 'failure', `the status is ${JSON.stringify(status)}`)
  }
  await client.closePull(repository, pull.number)
  return verification
}

/** The open run's bundle on a branch of its own, with the edit, as a person's pull request. */
async function proposeBranch(
  state: StepState,
  name: string,
  edit: Edit,
): Promise<{ pull: ForgePull; verification: ForgeRun }> {
  const { runId, pull: source } = kept.open.get()
  const folder = state.clone(repository)
  git(folder, ['checkout', '--quiet', '-b', `by-hand/${name}`, `origin/${source.head.ref}`], {
    GIT_LFS_SKIP_SMUDGE: '1',
  })
  await edit(folder, findPaths(folder, runId))
  if (git(folder, ['status', '--porcelain']) !== '') {
    git(folder, ['add', '--all'])
    // one commit: what a later one takes back is a fault of its own
    git(folder, ['commit', '--quiet', '--amend', '--message', `Tamper: ${name}`])
  }
  git(folder, ['-c', 'lfs.allowincompletepush=true', 'push', '--quiet', '--no-verify', 'origin', 'HEAD'])
  const pull = await state.writer.client.createPull(repository, {
    head: `by-hand/${name}`,
    base: 'main',
    title: `By hand: ${name}`,
  })
  return { pull, verification: await waitForVerification(state, repository, pull.head.sha) }
}

function findPaths(folder: string, runId: string): Paths {
  const metas = git(folder, ['ls-files', 'results'])
    .split('\n')
    .filter((path) => path.endsWith('.meta.json'))
  const meta = metas.find(
    (path) => (JSON.parse(readFileSync(join(folder, path), 'utf8')) as { run_id: string }).run_id === runId,
  )
  check(meta !== undefined, `${runId} is not among ${metas.join(', ')}`)
  const stem = meta.slice(0, -'.meta.json'.length)
  return { meta, results: `${stem}.jsonl`, log: `${stem}.log` }
}

function editMeta(folder: string, { meta: path }: Paths, edit: (meta: Meta) => void): void {
  const meta = JSON.parse(readFileSync(join(folder, path), 'utf8')) as Meta
  edit(meta)
  writeFileSync(join(folder, path), `${JSON.stringify(meta, undefined, 2)}\n`)
}

async function readRows(state: StepState, folder: string, { results }: Paths): Promise<string> {
  git(folder, ['lfs', 'pull', '--include', results, '--exclude', ''])
  const text = readFileSync(join(folder, results), 'utf8')
  check(text.includes('"custom_id"'), `${results} was not fetched from ${state.forge.url}`)
  return text
}

/** The changed rows with their object on the server, so that only the digest tells. */
async function writeRows(folder: string, { results }: Paths, text: string): Promise<void> {
  check(!readFileSync(join(folder, results), 'utf8').includes(text), 'the edit changed nothing')
  writeFileSync(join(folder, results), text)
  git(folder, ['add', results])
  git(folder, ['lfs', 'push', 'origin', '--object-id', sha256(text)])
  return Promise.resolve()
}
