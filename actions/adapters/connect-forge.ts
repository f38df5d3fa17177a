import { UserError } from 'registry'
import type { Forge } from './forge.ts'
import { remoteUrl } from './git-plumbing.ts'
import type { GitAuth } from './git.ts'

type Env = Readonly<Record<string, string | undefined>>

/** A remote's web server and repository, read from its address. */
interface WebAddress {
  origin: string
  /** owner/name */
  repository: string
}

/** `https://host/owner/name.git`, `git@host:owner/name.git`, `ssh://git@host/owner/name` → host and owner/name. */
export function webAddressOf(url: string): WebAddress | undefined {
  const ssh = /^(?:ssh:\/\/)?(?:[^@/]+@)([^:/]+)(?::(?!\/\/)(?:\d+\/)?|\/)(.+)$/.exec(url)
  const http = /^(https?):\/\/(?:[^@/]*@)?([^/]+)\/(.+)$/.exec(url)
  const [origin, path] = http ? [`${http[1]}://${http[2]}`, http[3]] : ssh ? [`https://${ssh[1]}`, ssh[2]] : []
  const repository = /^\/?([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(path ?? '')?.[1]
  return origin === undefined || repository === undefined ? undefined : { origin, repository }
}

/**
 * The token for the forge at an address: BATCHLEDGER_TOKEN for any, GITHUB_TOKEN and GH_TOKEN only for the server they are
 * for (the job's own, or github.com), so that a token in somebody's shell is not sent to a stranger.
 */
export function tokenFor(env: Env, origin: string | undefined): string | undefined {
  if (env['BATCHLEDGER_TOKEN']) return env['BATCHLEDGER_TOKEN']
  const own = env['GITHUB_SERVER_URL'] ?? 'https://github.com'
  return origin !== undefined && origin === new URL(own).origin ? env['GITHUB_TOKEN'] || env['GH_TOKEN'] : undefined
}

/** The token Git may push to a remote with, where there is one for its server. */
export async function readGitAuth(env: Env, ledger: string, remote: string): Promise<GitAuth | undefined> {
  const token = tokenFor(env, webAddressOf(await remoteUrl(ledger, remote))?.origin)
  return token === undefined ? undefined : { token }
}

/**
 * Opens the forge behind a ledger's remote: token as `tokenFor` says, repository from GITHUB_REPOSITORY or the remote's
 * address, API from GITHUB_API_URL or asked of the remote's server. @throws UserError naming what is missing
 */
export async function connectForge(
  env: Env,
  at: { ledger: string; remote: string; warn?: (text: string) => void },
): Promise<Forge> {
  const url = await remoteUrl(at.ledger, at.remote)
  const address = webAddressOf(url)
  const origin = address?.origin ?? (env['GITHUB_SERVER_URL'] && new URL(env['GITHUB_SERVER_URL']).origin)
  const repository = env['GITHUB_REPOSITORY'] || address?.repository
  const token = tokenFor(env, origin)
  const problems = [
    ...(token === undefined
      ? [
          'BATCHLEDGER_TOKEN: not set: a pull request needs a token that may write pull requests (GITHUB_TOKEN in a job)',
        ]
      : []),
    ...(repository === undefined || origin === undefined
      ? [
          `--remote ${at.remote}: ${url.replace(/\/\/[^/@]*@/, '//')} is no forge's address: set GITHUB_REPOSITORY (owner/name), GITHUB_SERVER_URL and GITHUB_API_URL`,
        ]
      : []),
  ]
  if (token === undefined || repository === undefined || origin === undefined)
    throw new UserError('no forge to open a pull request on', problems)
  const apiUrl = env['GITHUB_API_URL'] || (await findApi(origin))
  // loaded when it is wanted: the terminal's other commands start faster without it
  const { openForge } = await import('./forge.ts')
  return openForge({ apiUrl, token, repository, serverUrl: origin, ...(at.warn ? { warn: at.warn } : {}) })
}

/** github.com's API has a host of its own; Gitea answers at /api/v1, GitHub Enterprise at /api/v3. */
async function findApi(origin: string): Promise<string> {
  if (origin === 'https://github.com') return 'https://api.github.com'
  try {
    const response = await fetch(`${origin}/api/v1/version`, { signal: AbortSignal.timeout(10_000) })
    // a Gitea that shows its version only to users says so
    return [200, 401, 403].includes(response.status) ? `${origin}/api/v1` : `${origin}/api/v3`
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new UserError('the forge can’t be reached', [
      `${origin}: ${cause}: look at the server, or set GITHUB_API_URL`,
    ])
  }
}
