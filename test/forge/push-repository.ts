import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ForgeUser, RunningForge } from './forge-process.ts'

const standIns = fileURLToPath(new URL('stand-ins', import.meta.url))
const uses = /(uses:\s*)([\w.-]+\/[\w.-]+)((?:\/[\w./-]+)?)@([0-9a-f]{40})(\s+#.*)?$/gm

/** Git as the test's own user, without anybody's configuration. @returns stdout, trimmed */
export function git(cwd: string, args: readonly string[], env: Record<string, string> = {}): string {
  return execFileSync(
    'git',
    [
      '-c',
      'user.name=Forge Test',
      '-c',
      'user.email=forge-test@example.invalid',
      '-c',
      'commit.gpgsign=false',
      ...args,
    ],
    {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        ...env,
      },
      maxBuffer: 64 * 1024 * 1024,
    },
  ).trim()
}

/** An address that carries the token, for a test's own clones and pushes. */
export function addressFor(forge: RunningForge, user: ForgeUser, repository: string): string {
  return `http://${user.login}:${user.token}@127.0.0.1:${forge.port}/${repository}.git`
}

/** Pushes a folder's content as the first commit of a new repository of this owner (an organisation's, or the user's own). @returns the commit */
export async function pushFolder(
  forge: RunningForge,
  user: ForgeUser,
  repository: string,
  folder: string,
): Promise<string> {
  const [owner, name = ''] = repository.split('/')
  await user.client.call('POST', owner === user.login ? '/user/repos' : `/orgs/${owner}/repos`, {
    name,
    default_branch: 'main',
  })
  git(folder, ['init', '--quiet', '--initial-branch=main'])
  git(folder, ['add', '--all'])
  git(folder, ['commit', '--quiet', '--message', 'First content'])
  git(folder, ['push', '--quiet', addressFor(forge, user, repository), 'HEAD:main'])
  await user.client.waitUntilFilled(repository)
  return git(folder, ['rev-parse', 'HEAD'])
}

/** Pushes each stand-in as actions/<name>. @returns their commits by owner/name */
export async function pushStandIns(forge: RunningForge): Promise<Map<string, string>> {
  await forge.admin.client.createOrganisation('actions')
  const commits = new Map<string, string>()
  for (const name of readdirSync(standIns)) {
    const folder = mkdtempSync(join(tmpdir(), 'batchledger-stand-in-'))
    try {
      cpSync(join(standIns, name), folder, { recursive: true })
      commits.set(`actions/${name}`, await pushFolder(forge, forge.admin, `actions/${name}`, folder))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return commits
}

/**
 * Makes a workflow's pinned actions point to the stand-ins: a commit of github.com can't be had on this forge.
 * @throws Error naming each action that has none
 */
export function pinStandIns(text: string, where: string, commits: ReadonlyMap<string, string>): string {
  const unknown: string[] = []
  const pinned = text.replace(uses, (whole, before: string, action: string, path: string) => {
    const commit = commits.get(action)
    if (commit === undefined) unknown.push(whole.trim())
    return `${before}${action}${path}@${commit ?? ''} # the forge test's stand-in`
  })
  if (unknown.length > 0)
    throw new Error(
      `${where}: ${unknown.join(', ')}: no stand-in; add one to test/forge/stand-ins or leave the action out`,
    )
  return pinned
}

/** Changes the workflows of a working copy. @returns the files that changed */
export function pinWorkflows(folder: string, commits: ReadonlyMap<string, string>): string[] {
  const changed: string[] = []
  const workflows = join(folder, '.github', 'workflows')
  for (const name of readdirSync(workflows).filter((file) => /\.ya?ml$/.test(file))) {
    const text = readFileSync(join(workflows, name), 'utf8')
    const pinned = pinStandIns(text, `.github/workflows/${name}`, commits)
    if (pinned === text) continue
    writeFileSync(join(workflows, name), pinned)
    changed.push(name)
  }
  return changed
}

export function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
