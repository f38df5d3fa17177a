import { execFile } from 'node:child_process'
import { access, constants, lstat, readFile, readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { listFolder, readOptional } from 'registry/node'
import { findLeftEngine } from '../run-batch/reap-engine.ts'

const run = promisify(execFile)

export const roles = ['gpu', 'publish'] as const
export type Role = (typeof roles)[number]

/** Where self-hosted-runner/install.sh puts things; all below the root that is looked at. */
export const hostPaths = {
  spool: '/var/lib/batchledger/spool',
  allowed: '/etc/batchledger/allowed-workflows',
  env: (role: Role) => `/etc/batchledger/runner-${role}.env`,
  unit: (role: Role) => `batchledger-runner@${role}.service`,
  runner: (role: Role) => `/opt/batchledger/runner-${role}`,
}

/** A file's or folder's rights; undefined where there is none. */
export interface Rights {
  /** the twelve lowest bits */
  mode: number
  uid: number
  gid: number
}

export interface User {
  uid: number
  gid: number
  home: string
}

/** What a service is set to, drop-ins included: each key with its values in order, `%i` filled in. */
export type UnitSettings = ReadonlyMap<string, readonly string[]>

export interface RoleFacts {
  /** its environment file; undefined where there is none */
  env?: ReadonlyMap<string, string>
  unit?: UnitSettings
  /** the program that the service starts is there and may be executed */
  hasProgram: boolean
  /** started at boot */
  isEnabled: boolean
  /** as systemctl says; undefined where it was not asked */
  active?: string
  /** files that its hook variables name, by variable */
  hooks: ReadonlyMap<string, Rights | undefined>
  /** hook variables in the runner's own .env, which has the last word */
  overrides: readonly string[]
  /** the PATH in the runner's own .path, which has the last word; undefined where it has none */
  ownPath?: string
  /** of its environment file's PATH: node's version, the others' paths; those that aren't there are missing */
  programs: ReadonlyMap<string, string>
}

export interface RunnerHost {
  root: string
  now: Date
  users: ReadonlyMap<string, User>
  groups: ReadonlyMap<string, { gid: number; members: readonly string[] }>
  roles: Readonly<Record<Role, RoleFacts>>
  /** the GPU role's spool, or the default one */
  spool: { path: string; rights?: Rights; freeBytes?: number; runs: readonly SpooledRun[] }
  allowed?: { text: string; rights: Rights }
  /** repository credentials in the GPU user's home; undefined where it may not be read */
  credentials?: readonly string[]
  /** what the GPU's own program said; undefined where it was not asked */
  gpu?: { ok: boolean; said: string }
  /** the clock is kept by the network; undefined where nobody knows */
  isClockSynchronised?: boolean
}

export interface SpooledRun {
  id: string
  rights: Rights
  /** milliseconds since 1970 */
  modified: number
  leftEngine?: number
}

/** Reads what the two runner services of a host need, below a root folder. Asks programs only on this machine itself. */
export async function readRunnerHost(root: string, now: Date): Promise<RunnerHost> {
  const users = parseUsers((await readOptional(join(root, 'etc/passwd'))) ?? '')
  const groups = parseGroups((await readOptional(join(root, 'etc/group'))) ?? '')
  const isThisMachine = root === '/'
  const hasSystemd = isThisMachine && (await exists('/run/systemd/system'))
  const [gpu, publish] = await Promise.all(roles.map((role) => readRole(root, role, hasSystemd)))
  if (!gpu || !publish) throw new Error('there are two roles')
  const allowedText = await readOptional(join(root, hostPaths.allowed))
  const allowedRights = await rightsOf(join(root, hostPaths.allowed))
  const credentials = await findCredentials(root, users.get('batchledger-gpu'))
  const synchronised = hasSystemd ? await isSynchronised() : undefined
  return {
    root,
    now,
    users,
    groups,
    roles: { gpu, publish },
    spool: await readSpool(root, gpu.env?.get('BATCHLEDGER_SPOOL') ?? hostPaths.spool),
    ...(allowedText !== undefined && allowedRights ? { allowed: { text: allowedText, rights: allowedRights } } : {}),
    ...(credentials ? { credentials } : {}),
    ...(isThisMachine ? { gpu: await askGpu(users.has('batchledger-gpu')) } : {}),
    ...(synchronised === undefined ? {} : { isClockSynchronised: synchronised }),
  }
}

async function readRole(root: string, role: Role, hasSystemd: boolean): Promise<RoleFacts> {
  const env = parseEnv(await readOptional(join(root, hostPaths.env(role))))
  const unit = await readUnit(root, role)
  const program = unit?.get('ExecStart')?.at(-1)?.split(' ')[0] ?? ''
  const wanted = join(root, 'etc/systemd/system/multi-user.target.wants', hostPaths.unit(role))
  const active = hasSystemd ? await ask('systemctl', ['is-active', hostPaths.unit(role)]) : undefined
  const own = parseEnv(await readUnless(join(root, hostPaths.runner(role), '.env')))
  const ownPath = (await readUnless(join(root, hostPaths.runner(role), '.path')))?.trim()
  const hooks = new Map<string, Rights | undefined>()
  for (const [name, file] of env ?? [])
    if (name.startsWith('ACTIONS_RUNNER_HOOK_')) hooks.set(name, await rightsOf(join(root, file)))
  return {
    ...(env ? { env } : {}),
    ...(unit ? { unit } : {}),
    hasProgram: program !== '' && (await isExecutable(join(root, program))),
    // a link with a target below the root, which is somewhere else from here
    isEnabled: (await lstat(wanted).catch(() => undefined)) !== undefined,
    ...(active === undefined ? {} : { active: active.said }),
    hooks,
    overrides: [...(own?.keys() ?? [])].filter((name) => name.startsWith('ACTIONS_RUNNER_HOOK_')),
    ...(ownPath === undefined ? {} : { ownPath }),
    programs: await findPrograms(root, env?.get('PATH') ?? ''),
  }
}

async function findPrograms(root: string, path: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const name of ['node', 'git', 'git-lfs'])
    for (const folder of path.split(':').filter((part) => part.startsWith('/'))) {
      const file = join(root, folder, name)
      if (found.has(name) || !(await isExecutable(file))) continue
      found.set(name, name === 'node' ? await nodeVersion(file) : file)
    }
  return found
}

/** Who looks is often root: a program that another user could have put there is not started. */
async function nodeVersion(file: string): Promise<string> {
  const rights = await rightsOf(file)
  const isTrusted = rights && [0, process.getuid?.()].includes(rights.uid) && (rights.mode & 0o022) === 0
  return isTrusted ? (await ask(file, ['--version'])).said : 'unknown: others can write the file'
}

async function readSpool(root: string, path: string): Promise<RunnerHost['spool']> {
  const folder = join(root, path)
  const rights = await rightsOf(folder)
  if (!rights) return { path, runs: [] }
  const { bavail, bsize } = await statfs(folder)
  const runs: SpooledRun[] = []
  const ids: string[] = await listFolder(folder).catch(() => [])
  for (const id of ids.sort()) {
    const found = await stat(join(folder, id)).catch(() => undefined)
    if (!found?.isDirectory()) continue
    const leftEngine = await findLeftEngine(join(folder, id)).catch(() => undefined)
    runs.push({
      id,
      rights: { mode: found.mode & 0o7777, uid: found.uid, gid: found.gid },
      modified: found.mtimeMs,
      ...(leftEngine === undefined ? {} : { leftEngine }),
    })
  }
  return { path, rights, freeBytes: bavail * bsize, runs }
}

/** Files by which Git or a forge's client could write to a repository, relative to a home. */
const credentialFiles = [
  '.git-credentials',
  '.config/git/credentials',
  '.config/gh/hosts.yml',
  '.config/tea/config.yml',
  '.netrc',
]

async function findCredentials(root: string, user: User | undefined): Promise<string[] | undefined> {
  if (!user) return []
  const home = join(root, user.home)
  try {
    await readdir(home)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : undefined
  }
  const keys = (await listFolder(join(home, '.ssh')).catch(() => []))
    .filter((name) => name.startsWith('id_') && !name.endsWith('.pub'))
    .map((name) => `.ssh/${name}`)
  const found: string[] = []
  for (const name of [...credentialFiles, ...keys.sort()])
    if (await exists(join(home, name))) found.push(join(user.home, name))
  return found
}

/** The settings of a role's service: the template, then every drop-in of the template and of the instance, by name. */
async function readUnit(root: string, role: Role): Promise<UnitSettings | undefined> {
  const folder = join(root, 'etc/systemd/system')
  const texts = [
    (await readOptional(join(folder, hostPaths.unit(role)))) ??
      (await readOptional(join(folder, 'batchledger-runner@.service'))),
  ]
  if (texts[0] === undefined) return undefined
  const dropIns: { name: string; path: string }[] = []
  for (const unit of ['batchledger-runner@.service', hostPaths.unit(role)])
    for (const name of await listFolder(join(folder, `${unit}.d`)))
      if (name.endsWith('.conf')) dropIns.push({ name, path: join(folder, `${unit}.d`, name) })
  for (const { path } of dropIns.sort((a, b) => (a.name < b.name ? -1 : 1))) texts.push(await readOptional(path))
  return parseUnit(texts.map((text) => text ?? '').join('\n'), role)
}

/** Pure. */
function parseUnit(text: string, role: Role): UnitSettings {
  const settings = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? []
    if (key === undefined || value === undefined) continue
    // an empty value clears what stood before
    if (value === '') settings.delete(key)
    else settings.set(key, [...(settings.get(key) ?? []), value.replaceAll('%i', role).trim()])
  }
  return settings
}

/** Pure. */
function parseEnv(text: string | undefined): Map<string, string> | undefined {
  if (text === undefined) return undefined
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, value] = /^\s*([A-Za-z_]\w*)=(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) values.set(name, value.trim().replace(/^(["'])(.*)\1$/, '$2'))
  }
  return values
}

/** Pure. Source: passwd(5) */
function parseUsers(text: string): Map<string, User> {
  const rows = text.split('\n').map((line) => line.split(':'))
  return new Map(
    rows.flatMap(([name, , uid, gid, , home]) =>
      name && home !== undefined ? [[name, { uid: Number(uid), gid: Number(gid), home }] as const] : [],
    ),
  )
}

/** Pure. Source: group(5) */
function parseGroups(text: string): Map<string, { gid: number; members: string[] }> {
  const rows = text.split('\n').map((line) => line.split(':'))
  return new Map(
    rows.flatMap(([name, , gid, members]) =>
      name && members !== undefined
        ? [[name, { gid: Number(gid), members: members.split(',').filter(Boolean) }] as const]
        : [],
    ),
  )
}

async function askGpu(hasUser: boolean): Promise<{ ok: boolean; said: string }> {
  // root can ask as the very user that will use it
  return process.getuid?.() === 0 && hasUser
    ? ask('runuser', ['-u', 'batchledger-gpu', '--', 'nvidia-smi', '-L'])
    : ask('nvidia-smi', ['-L'])
}

async function isSynchronised(): Promise<boolean | undefined> {
  const { ok, said } = await ask('timedatectl', ['show', '--property=NTPSynchronized', '--value'])
  return ok ? said === 'yes' : undefined
}

/** A program's first line of output, or why it has none. */
async function ask(program: string, args: string[]): Promise<{ ok: boolean; said: string }> {
  try {
    const { stdout } = await run(program, args, { timeout: 20_000 })
    return { ok: true, said: stdout.split('\n')[0]?.trim() ?? '' }
  } catch (error) {
    const { stdout, stderr, message, code } = error as Error & { stdout?: string; stderr?: string; code?: unknown }
    if (code === 'ENOENT') return { ok: false, said: `${program} is not installed` }
    return { ok: false, said: (stdout?.trim() || stderr?.trim() || message).split('\n')[0] ?? '' }
  }
}

async function rightsOf(path: string): Promise<Rights | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && { mode: found.mode & 0o7777, uid: found.uid, gid: found.gid }
}

/** A file's text, or undefined where it isn't there or may not be read. */
async function readUnless(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
