import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface GitOptions {
  /** fed to the command; without it the command reads nothing */
  input?: Readable
  /** takes the standard output as it comes; the command then gives '' */
  output?: Writable
  env?: Readonly<Record<string, string>>
}

/** A Git command that ended with another code than 0. */
export class GitError extends Error {
  override name = 'GitError'
  readonly code: number | null
  readonly stderr: string

  constructor(args: readonly string[], code: number | null, stderr: string) {
    super(`git ${args.join(' ')}: ${stderr.trim() || `exit code ${code}`}`)
    this.code = code
    this.stderr = stderr.trim()
  }
}

/**
 * Runs one Git command in a folder and gives its standard output. It never asks at a terminal, and the variables of an
 * outer Git (inside a hook) don't reach it. @throws GitError
 */
export async function git(folder: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const { GIT_DIR: _1, GIT_WORK_TREE: _2, GIT_INDEX_FILE: _3, GIT_PREFIX: _4, ...outer } = process.env
  const child = spawn('git', args, {
    cwd: folder,
    env: { ...outer, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', ...options.env },
    stdio: [options.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, code] = await Promise.all([
    options.output && child.stdout ? pipeline(child.stdout, options.output).then(() => '') : collect(child.stdout),
    collect(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    }),
    // a command that ends early closes its input; its exit code says why
    options.input && child.stdin ? pipeline(options.input, child.stdin).catch(() => undefined) : undefined,
  ])
  if (code !== 0) throw new GitError(args, code, stderr)
  return stdout
}

async function collect(stream: Readable | null): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream ?? []) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** The commit a ref names, or undefined. */
export async function resolveRef(folder: string, ref: string): Promise<string | undefined> {
  try {
    return (await git(folder, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])).trim()
  } catch (error) {
    if (error instanceof GitError && error.code === 1) return undefined
    throw error
  }
}

/** Who commits: the repository's own identity, else a neutral one, so that a fresh machine can publish. */
export async function committerEnv(folder: string): Promise<Record<string, string>> {
  try {
    await git(folder, ['config', 'user.email'])
    return {}
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    const name = 'batchledger'
    const email = 'batchledger@localhost'
    return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email }
  }
}

/** What a job may push with. It is handed to Git by environment: never an argument, never in .git/config. */
export interface GitAuth {
  token: string
}

/**
 * Settings for one command, by environment. They stand after those that are there already, and win over files.
 * @param settings key and value, e.g. `['lfs.url', 'http://…']`
 */
export function configEnv(settings: readonly (readonly [string, string])[]): Record<string, string> {
  const before = Number(process.env['GIT_CONFIG_COUNT'] ?? 0)
  const env: Record<string, string> = { GIT_CONFIG_COUNT: String(before + settings.length) }
  for (const [index, [key, value]] of settings.entries()) {
    env[`GIT_CONFIG_KEY_${before + index}`] = key
    env[`GIT_CONFIG_VALUE_${before + index}`] = value
  }
  return env
}

/**
 * The settings that send a token to the server of a remote, and to no other; none where it isn't HTTP.
 * @param scopes addresses at that server for which it is said once more: Git LFS takes only what stands for the longest
 * matching address, so that a header which a checkout left behind for the whole server doesn't count there
 */
export function authSettings(
  url: string,
  auth: GitAuth | undefined,
  scopes: readonly string[] = [],
): [string, string][] {
  if (!auth || !/^https?:\/\//.test(url)) return []
  const { origin } = new URL(url)
  const basic = Buffer.from(`x-access-token:${auth.token}`).toString('base64')
  const own = scopes.filter((scope) => URL.canParse(scope) && new URL(scope).origin === origin)
  return [`${origin}/`, ...own].flatMap((scope): [string, string][] => {
    const key = `http.${scope}.extraheader`
    // the empty one first: Git would send a header that was set before beside ours
    return [
      [key, ''],
      [key, `Authorization: Basic ${basic}`],
    ]
  })
}

/**
 * Why a remote did not take a push. moved: the ref is no longer where we saw it; refused: no right, or a rule forbids it;
 * lost: anything that may pass by itself.
 */
export function whyNotPushed(error: GitError): 'moved' | 'refused' | 'lost' {
  const { stderr } = error
  if (/cannot lock ref|failed to update ref|failed to lock|incorrect old value|reference already exists/i.test(stderr))
    return 'moved'
  if (/non-fast-forward|fetch first|stale info/i.test(stderr)) return 'moved'
  return /protected|hook declined|GH00\d|GH01\d|denied|not allowed|not permitted|forbidden|error: 40[134]|not found|authenticat|authorization error|could not read username|does not appear to be a git repository|couldn't find remote ref/i.test(
    stderr,
  )
    ? 'refused'
    : 'lost'
}

/** Whether a remote wanted to know who we are, and found no valid answer. */
export function isUnauthorised({ stderr }: GitError): boolean {
  return /could not read username|authenticat|authorization error|error: 401/i.test(stderr)
}
