import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startVllmProtocolServer } from '../servers/vllm-protocol-server.ts'
import { verdictText } from '../servers/vllm-answers.ts'
import { writeLedger } from '../support/write-ledger.ts'
import type { ForgePrograms } from './build-forge.ts'
import { until, type ForgePull, type ForgeRun } from './forge-client.ts'
import { startForge, type ForgeUser, type Runner, type RunningForge } from './forge-process.ts'
import { addressFor, git, pinWorkflows, pushFolder, pushStandIns, sha256 } from './push-repository.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Workflows that would run the whole test suite inside the forge's job. */
const leftOut = ['ci.yml']
const salt = randomBytes(6).toString('hex')
/** What the personal rows, their ids and the engine's messages carry. New each time: this file too is pushed to the forge. */
export const planted = {
  name: `Quillon Amberweld ${salt}`,
  id: `person-${salt}`,
  message: `the words of ${salt}`,
}
export const peopleCount = 12

export interface SimulatedEngine {
  /** chat requests so far */
  requests: number
  /** what an answer takes, in milliseconds; may be changed while it runs */
  latencyMs: number
}

export type EngineName = 'quick' | 'slow' | 'leaky' | 'hostile'

export interface Scene extends AsyncDisposable {
  forge: RunningForge
  /** dispatches, merges, opens pull requests by hand; no administrator */
  writer: ForgeUser
  runners: { gpu: Runner; publish: Runner }
  engines: Record<EngineName, SimulatedEngine>
  /** where publish-site puts the site */
  site: string
  /** where the stand-in for Pages puts the public one */
  pages: string
  /** Pushes this repository as owner/name with a small ledger. `change` edits the working copy first. */
  pushLedger(repository: string, change?: (folder: string) => void): Promise<void>
  /** a fresh clone of main, without LFS objects, with the writer's credentials */
  clone(repository: string): string
}

/** Starts the forge, its two runners and the simulated engines. */
export async function startScene(
  programs: ForgePrograms,
  say: (line: string) => void,
  capSeconds: number,
  keep: boolean,
): Promise<Scene> {
  const forge = await startForge({ programs, say, capSeconds })
  const servers: { close(): Promise<void> }[] = []
  const clones = mkdtempSync(join(tmpdir(), 'batchledger-forge-clones-'))
  const stop = async (): Promise<void> => {
    for (const server of servers) await server.close()
    await forge.stop(keep)
    rmSync(clones, { recursive: true, force: true })
  }
  try {
    const site = join(forge.folder, 'site')
    const pages = join(forge.folder, 'pages')
    const store = join(forge.folder, 'lfs-store')
    const env = { BATCHLEDGER_SITE: site, BATCHLEDGER_PAGES_FOLDER: pages, BATCHLEDGER_LFS_STORE: store }
    const gpu = await forge.startRunner({ name: 'gpu', labels: ['self-hosted', 'gpu', 'host-one'], env })
    const publish = await forge.startRunner({
      name: 'publish',
      labels: ['self-hosted', 'publish', 'ubuntu-24.04'],
      env,
      capacity: 2,
    })
    const writer = await forge.addUser('writer')
    const commits = await pushStandIns(forge)
    const addresses: Record<string, string> = {}
    const engines = {} as Record<EngineName, SimulatedEngine>
    for (const name of ['quick', 'slow', 'leaky', 'hostile'] as const) {
      const engine: SimulatedEngine = { requests: 0, latencyMs: name === 'slow' ? 1500 : 0 }
      const server = await startEngine(name, engine)
      servers.push(server)
      engines[name] = engine
      addresses[name] = server.baseUrl
    }
    return {
      forge,
      writer,
      runners: { gpu, publish },
      engines,
      site,
      pages,
      [Symbol.asyncDispose]: stop,

      async pushLedger(repository, change) {
        const folder = mkdtempSync(join(clones, 'push-'))
        copyRepository(folder)
        await addTestLedger(folder, addresses, forge.folder)
        change?.(folder)
        const pinned = pinWorkflows(folder, commits)
        say(
          `${repository}: without ${leftOut.join(', ')}; actions of github.com replaced by stand-ins in ${pinned.join(', ')}`,
        )
        await pushFolder(forge, forge.admin, repository, folder)
        await forge.admin.client.call('PUT', `/repos/${repository}/collaborators/${writer.login}`, {
          permission: 'write',
        })
        rmSync(folder, { recursive: true, force: true })
      },

      clone(repository) {
        const folder = mkdtempSync(join(clones, 'clone-'))
        const environment = { GIT_LFS_SKIP_SMUDGE: '1' }
        git(folder, ['clone', '--quiet', addressFor(forge, writer, repository), '.'], environment)
        git(folder, ['lfs', 'install', '--local', '--skip-smudge'])
        return folder
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startEngine(name: EngineName, engine: SimulatedEngine): ReturnType<typeof startVllmProtocolServer> {
  return startVllmProtocolServer({
    models: [`test/${name}`],
    keepRequests: false,
    latencyMs: () => engine.latencyMs,
    answer: (body) => (name === 'hostile' ? hostileText : verdictText(body, { values: ['No', 'Maybe', 'Yes'] })),
    fault: (body) => {
      engine.requests++
      if (name === 'leaky' && JSON.stringify(body).includes(planted.name))
        return {
          status: 400,
          body: {
            error: {
              message: `${planted.message}: '${planted.name}' of ${planted.id}`,
              type: 'BadRequestError',
              param: null,
              code: 400,
            },
          },
        }
      return undefined
    },
  })
}

/** Model output that a runner would obey if it reached a job's log as it is. */
export const hostileMark = 'BATCHLEDGER_HOSTILE'
const hostileText = `::set-env name=${hostileMark}::obeyed\n##[set-env name=${hostileMark}]obeyed\n::add-path::/tmp/hostile\n`

/** This repository's files as they lie here, the generated ones included; its own results stay behind. */
function copyRepository(folder: string): void {
  const files = git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).split('\0').filter(Boolean)
  for (const file of files) {
    if (/^(results|examples|bench|docs)\//.test(file) || leftOut.some((name) => file === `.github/workflows/${name}`))
      continue
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    try {
      cpSync(join(root, file), join(folder, file))
    } catch (error) {
      // deleted here and not yet committed
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

/** Models `tiny`, `tiny-b` …, a dataset `people`, a personal one `private_people` whose file is on the runner only, the engines. */
async function addTestLedger(folder: string, addresses: Record<string, string>, runnerFolder: string): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), 'batchledger-forge-ledger-'))
  const ledger = await writeLedger(temporary, peopleCount)
  cpSync(join(ledger.folder, 'registry'), join(folder, 'registry'), { recursive: true })
  rmSync(temporary, { recursive: true, force: true })
  for (const letter of 'bcdefghij')
    writeFileSync(
      join(folder, 'registry', 'models', `tiny-${letter}.yaml`),
      `name: Tiny ${letter}\nhub_id: test/tiny-${letter}\nsize: 1M\n`,
    )
  const rows = Array.from({ length: 6 }, (_, index) =>
    JSON.stringify({
      custom_id: `${planted.id}-${index}`,
      name: index < 3 ? `${planted.name} ${index}` : `Somebody ${index}`,
      years: index,
    }),
  )
  const text = `${rows.join('\n')}\n`
  const file = join(runnerFolder, 'private_people.jsonl')
  writeFileSync(file, text)
  writeFileSync(
    join(folder, 'registry', 'datasets', 'private_people.yaml'),
    `title: private_people\nformat: records\nfile: ${file}\nlocation: runner\nsha256: ${sha256(text)}\ncount: 6\nprivacy: personal\ncreated: 2026-11-24\nrubric: verdict_v1\n`,
  )
  const policy = join(folder, 'registry', 'policy.yaml')
  const engines = Object.entries(addresses).map(
    ([name, url]) => `  ${name}:\n    base_url: ${url}\n    concurrency: ${name === 'slow' ? 1 : 4}\n`,
  )
  writeFileSync(policy, `${readFileSync(policy, 'utf8').trimEnd()}\n\nengines:\n${engines.join('')}`)
}

export interface PublishedRun {
  run: ForgeRun
  pull: ForgePull
  /** from the pull request's branch runs/<run_id> */
  runId: string
}

/** Dispatches run-batch and waits until its pull request is there and judged. @throws Error with the jobs' logs when a job failed */
export async function dispatchRun(
  scene: Scene,
  repository: string,
  inputs: Record<string, string>,
  capSeconds = 180,
): Promise<PublishedRun> {
  const { client } = scene.writer
  const before = new Set((await client.listPulls(repository)).map(({ number }) => number))
  const id = await client.dispatch(repository, 'run-batch.yml', inputs)
  const run = await client.waitForRun(repository, id, capSeconds)
  if (run.conclusion !== 'success')
    throw new Error(`run-batch ${id} is ${run.conclusion}\n${await client.readRunLogs(repository, id)}`)
  const pull = (await client.listPulls(repository)).find(
    (candidate) => !before.has(candidate.number) && candidate.head.ref.startsWith('runs/'),
  )
  if (!pull)
    throw new Error(`run-batch ${id} succeeded and opened no pull request\n${await client.readRunLogs(repository, id)}`)
  return { run, pull, runId: pull.head.ref.slice('runs/'.length) }
}

/** The row-free verification that a pull request's head started; a run of main's workflow. */
export async function waitForVerification(
  scene: Scene,
  repository: string,
  headSha: string,
  capSeconds = 90,
): Promise<ForgeRun> {
  const { client } = scene.writer
  const found = await until(`verify-results ran for ${headSha.slice(0, 8)}`, capSeconds, async () =>
    (await client.listRuns(repository)).find(
      (run) => run.path.startsWith('verify-results.yml') && run.head_sha === headSha,
    ),
  )
  return client.waitForRun(repository, found.id, capSeconds)
}

/** The comments that verify keeps up to date; there may be one. */
export async function listVerdicts(scene: Scene, repository: string, number: number): Promise<string[]> {
  const comments = await scene.writer.client.listComments(repository, number)
  return comments.filter(({ body }) => body.includes('<!-- batchledger:verify -->')).map(({ body }) => body)
}
