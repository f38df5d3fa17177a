import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir, tmpdir, userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../../actions/adapters/cache-folder.ts'
import type { ForgePrograms } from './build-forge.ts'
import { endMarked, listMarked, readCommand } from './end-marked.ts'
import { createForgeClient, until, type ForgeClient } from './forge-client.ts'
import { freePort } from './free-port.ts'
import type { Supervised } from './supervise.ts'

export interface ForgeOptions {
  programs: ForgePrograms
  /** everything ends after this, whatever happens */
  capSeconds: number
  /** further lines of app.ini, by section */
  settings?: Record<string, Record<string, string>>
  say: (line: string) => void
}

export interface ForgeUser {
  login: string
  token: string
  client: ForgeClient
}

export interface Runner {
  name: string
  /** its own HOME */
  home: string
  pid: number
  log: string
  stop(): Promise<void>
}

export interface RunningForge extends AsyncDisposable {
  url: string
  port: number
  folder: string
  logs: string
  /** shared by all runners, as BATCHLEDGER_SPOOL */
  spool: string
  /** the administrator, who owns the repositories */
  admin: ForgeUser
  addUser(login: string): Promise<ForgeUser>
  startRunner(runner: {
    name: string
    labels: readonly string[]
    env?: Record<string, string>
    /** jobs at once; 1 unless told */
    capacity?: number
  }): Promise<Runner>
  /** as a person does in the web page: Gitea's REST interface has no cancel */
  cancelRun(repository: string, run: number): Promise<void>
  /** Gitea's own folder of that repository: what the forge stores */
  repositoryFolder(repository: string): string
  /** processes that this runner or a job of it started and that still run */
  listProcesses(runner: Runner): { pid: number; command: string }[]
  /** ends everything; the folder is removed unless asked to keep it */
  stop(keep?: boolean): Promise<void>
}

const password = 'not-a-secret-of-anybody-1'

/** Starts Gitea on a free port of 127.0.0.1 with a folder, a database and an administrator of its own. */
export async function startForge(options: ForgeOptions): Promise<RunningForge> {
  const mark = randomBytes(8).toString('hex')
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-forge-'))
  const logs = join(folder, 'logs')
  const spool = join(folder, 'spool')
  const home = join(folder, 'gitea')
  for (const path of [logs, spool, home, join(folder, 'bin')]) await mkdir(path, { recursive: true })
  await symlink(projectNode(), join(folder, 'bin', 'node'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = join(home, 'app.ini')
  await writeFile(
    settings,
    formatIni(mergeSections(giteaSettings(home, options.programs.giteaRoot, port), options.settings ?? {})),
  )
  const supervised: ChildProcess[] = []

  function supervise(
    name: string,
    program: string,
    args: readonly string[],
    cwd: string,
    env: Record<string, string>,
  ): ChildProcess {
    const config: Supervised = {
      mark: `${mark}-${name}`,
      program,
      args,
      cwd,
      env,
      log: join(logs, `${name}.log`),
      capSeconds: options.capSeconds,
    }
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('supervise.ts', import.meta.url)), JSON.stringify(config)],
      {
        stdio: ['pipe', 'inherit', 'inherit'],
        detached: true,
      },
    )
    supervised.push(child)
    return child
  }

  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.stdin?.end()
    const giveUp = setTimeout(() => child.kill('SIGKILL'), 8000)
    await gone
    clearTimeout(giveUp)
  }

  const giteaEnv = { PATH: process.env['PATH'] ?? '', HOME: home, USER: userInfo().username, LANG: 'C.UTF-8' }

  async function stop(keep = false): Promise<void> {
    for (const child of supervised.reverse()) await end(child)
    endMarked(mark)
    if (keep) options.say(`kept: ${folder} (logs: ${logs})`)
    else await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }

  try {
    const gitea = (...args: readonly string[]): string =>
      execFileSync(options.programs.gitea, ['--config', settings, ...args], {
        env: giteaEnv,
        encoding: 'utf8',
        cwd: home,
        stdio: ['ignore', 'pipe', 2],
        timeout: 60_000,
      })
    gitea('migrate')
    const created = gitea(
      'admin',
      'user',
      'create',
      '--admin',
      '--username',
      'forge',
      '--password',
      password,
      '--email',
      'forge@example.invalid',
      '--must-change-password=false',
      '--access-token',
      '--access-token-scopes',
      'all',
    )
    // a warning about root may come first; the token is the last word
    const token = /[0-9a-f]{40}/.exec(created.trim().split('\n').at(-1) ?? '')?.[0]
    if (token === undefined) throw new Error(`Gitea gave no token: ${created}`)
    supervise('gitea', options.programs.gitea, ['--config', settings, 'web'], home, giteaEnv)
    const client = createForgeClient(url, token)
    await until('Gitea answers', 60, async () => {
      try {
        return (await client.send('GET', '/version')).ok
      } catch {
        return false
      }
    })
    const admin = { login: 'forge', token, client }
    let cookies: string | undefined

    return {
      url,
      port,
      folder,
      logs,
      spool,
      admin,
      stop,
      [Symbol.asyncDispose]: () => stop(),

      async addUser(login) {
        await client.call('POST', '/admin/users', {
          username: login,
          password,
          email: `${login}@example.invalid`,
          must_change_password: false,
        })
        const response = await fetch(`${url}/api/v1/users/${login}/tokens`, {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ name: 'test', scopes: ['all'] }),
        })
        if (!response.ok) throw new Error(`no token for ${login}: ${await response.text()}`)
        const { sha1 } = (await response.json()) as { sha1: string }
        return { login, token: sha1, client: createForgeClient(url, sha1) }
      },

      async startRunner({ name, labels, env = {}, capacity = 1 }) {
        const runnerFolder = join(folder, `runner-${name}`)
        const runnerHome = join(runnerFolder, 'home')
        await mkdir(runnerHome, { recursive: true })
        const config = join(runnerFolder, 'config.yaml')
        await writeFile(config, runnerSettings(runnerFolder, capacity))
        const runnerEnv: Record<string, string> = {
          PATH: [join(folder, 'bin'), process.env['PATH'] ?? ''].join(delimiter),
          HOME: runnerHome,
          LANG: 'C.UTF-8',
          ...downloadSettings(),
          BATCHLEDGER_SPOOL: spool,
          BATCHLEDGER_CACHE: cacheFolder(process.env),
          ...env,
        }
        execFileSync('git', ['lfs', 'install', '--skip-repo'], { env: runnerEnv, stdio: 'ignore' })
        const { token: registration } = await client.call<{ token: string }>(
          'POST',
          '/admin/actions/runners/registration-token',
        )
        const log = join(logs, `runner-${name}.log`)
        execFileSync(
          options.programs.runner,
          [
            '--config',
            config,
            'register',
            '--no-interactive',
            '--instance',
            url,
            '--token',
            registration,
            '--name',
            name,
            '--labels',
            labels.map((label) => `${label}:host`).join(','),
          ],
          { env: runnerEnv, cwd: runnerFolder, stdio: 'ignore', timeout: 30_000 },
        )
        const child = supervise(
          `runner-${name}`,
          options.programs.runner,
          ['--config', config, 'daemon'],
          runnerFolder,
          runnerEnv,
        )
        await until(`runner ${name} is up (log: ${log})`, 30, async () => {
          if (child.exitCode !== null) throw new Error(`runner ${name} ended with ${child.exitCode}; log: ${log}`)
          const { runners } = await client.call<{ runners: { name: string; status: string }[] | null }>(
            'GET',
            '/admin/actions/runners',
          )
          return runners?.some((runner) => runner.name === name && runner.status !== 'offline')
        })
        return { name, home: runnerHome, pid: child.pid ?? 0, log, stop: () => end(child) }
      },

      async cancelRun(repository, run) {
        cookies ??= await signIn(url)
        const { html_url: page } = await client.call<{ html_url: string }>(
          'GET',
          `/repos/${repository}/actions/runs/${run}`,
        )
        const response = await fetch(`${url}${new URL(page).pathname}/cancel`, {
          method: 'POST',
          headers: { cookie: cookies },
          redirect: 'manual',
        })
        if (!response.ok)
          throw new Error(`cancel of run ${run}: HTTP ${response.status}: ${(await response.text()).slice(0, 300)}`)
      },

      listProcesses: ({ name }) =>
        listMarked(`${mark}-runner-${name}`).map((pid) => ({ pid, command: readCommand(pid) })),

      repositoryFolder: (repository) => join(home, 'repositories', `${repository.toLowerCase()}.git`),
    }
  } catch (error) {
    const log = await readFile(join(logs, 'gitea.log'), 'utf8').catch(() => '')
    await stop(true)
    throw new Error(
      `the forge did not come up; log: ${join(logs, 'gitea.log')}\n${log.split('\n').slice(-10).join('\n')}`,
      { cause: error },
    )
  }
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/user/login`, {
    method: 'POST',
    body: new URLSearchParams({ user_name: 'forge', password }),
    redirect: 'manual',
  })
  // signing in renews the session: of two cookies with one name the later one counts
  const cookies = new Map(
    response.headers.getSetCookie().map((cookie) => {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=', 2)
      return [name, value]
    }),
  )
  if (response.status !== 303 && response.status !== 302)
    throw new Error(`the web page's sign-in failed: HTTP ${response.status}`)
  return [...cookies].map((pair) => pair.join('=')).join('; ')
}

function giteaSettings(home: string, root: string, port: number): Record<string, Record<string, string>> {
  const secret = (): string => randomBytes(32).toString('base64url')
  return {
    '': {
      APP_NAME: 'batchledger test forge',
      RUN_MODE: 'prod',
      RUN_USER: userInfo().username,
      I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: 'true',
      WORK_PATH: home,
    },
    server: {
      PROTOCOL: 'http',
      HTTP_ADDR: '127.0.0.1',
      HTTP_PORT: String(port),
      ROOT_URL: `http://127.0.0.1:${port}/`,
      STATIC_ROOT_PATH: root,
      APP_DATA_PATH: join(home, 'data'),
      DISABLE_SSH: 'true',
      OFFLINE_MODE: 'true',
      LFS_START_SERVER: 'true',
      LFS_JWT_SECRET: secret(),
    },
    database: { DB_TYPE: 'sqlite3', PATH: join(home, 'gitea.db'), SQLITE_JOURNAL_MODE: 'WAL' },
    repository: { ROOT: join(home, 'repositories'), DEFAULT_BRANCH: 'main' },
    lfs: { PATH: join(home, 'lfs') },
    security: { INSTALL_LOCK: 'true', SECRET_KEY: secret(), INTERNAL_TOKEN: secret() },
    oauth2: { ENABLED: 'false', JWT_SECRET: secret() },
    service: { DISABLE_REGISTRATION: 'true', DEFAULT_KEEP_EMAIL_PRIVATE: 'true' },
    actions: { ENABLED: 'true', DEFAULT_ACTIONS_URL: 'self' },
    indexer: { ISSUE_INDEXER_TYPE: 'db' },
    session: { PROVIDER: 'memory' },
    mailer: { ENABLED: 'false' },
    picture: { DISABLE_GRAVATAR: 'true' },
    'cron.update_checker': { ENABLED: 'false' },
    log: { MODE: 'console', LEVEL: 'Info', ROOT_PATH: join(home, 'log') },
  }
}

function mergeSections(
  settings: Record<string, Record<string, string>>,
  more: Record<string, Record<string, string>>,
): Record<string, Record<string, string>> {
  const merged = { ...settings }
  for (const [section, values] of Object.entries(more)) merged[section] = { ...merged[section], ...values }
  return merged
}

function formatIni(sections: Record<string, Record<string, string>>): string {
  return Object.entries(sections)
    .map(([section, values]) =>
      [
        ...(section === '' ? [] : [`[${section}]`]),
        ...Object.entries(values).map(([key, value]) => `${key} = ${value}`),
        '',
      ].join('\n'),
    )
    .join('\n')
}

/** The cache is off: it would listen on an address that is not loopback. */
function runnerSettings(folder: string, capacity: number): string {
  return `log:
  level: info
runner:
  file: ${join(folder, '.runner')}
  capacity: ${capacity}
  timeout: 3h
  shutdown_timeout: 0s
  fetch_timeout: 5s
  fetch_interval: 1s
  fetch_interval_max: 1s
  log_report_interval: 1s
  log_report_max_latency: 500ms
  state_report_interval: 1s
cache:
  enabled: false
host:
  workdir_parent: ${join(folder, 'work')}
`
}

/** How this machine reaches the package registries, and where npm keeps what it has fetched: jobs install packages. */
function downloadSettings(): Record<string, string> {
  const names =
    /^(NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|CURL_CA_BUNDLE|REQUESTS_CA_BUNDLE|PIP_\w+|npm_config_(?:registry|cafile)|https?_proxy|no_proxy)$/i
  const settings = Object.entries(process.env).filter(([name, value]) => names.test(name) && value !== undefined)
  return { npm_config_cache: join(homedir(), '.npm'), ...(Object.fromEntries(settings) as Record<string, string>) }
}

/** Jobs run on the project's own Node: the system's may be too old for the actions. */
function projectNode(): string {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'node_modules', '.bin', 'node')
}
