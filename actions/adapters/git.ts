import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface GitOptions {
  /** fed to the command; without it the command reads nothing */
  input?: Readable
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
    collect(child.stdout),
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
