import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from 'registry'

/** `/ledger` → `/ledger/`. @throws UserError when it isn't a plain path */
export function readBase(base: string): string {
  if (!/^(\/[A-Za-z0-9._~-]+)*\/?$/.test(base))
    throw new UserError('the arguments are wrong; see --help', [
      `--base: found ${JSON.stringify(base)}, expected a path such as /ledger/`,
    ])
  return base.endsWith('/') ? base : `${base}/`
}

/**
 * A repository's address for links, without a slash at the end. @throws UserError when it isn't a plain http(s) address:
 * it ends in links that others click
 */
export function readRepository(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (
    !url ||
    !['http:', 'https:'].includes(url.protocol) ||
    `${url.username}${url.password}${url.search}${url.hash}` !== ''
  )
    throw new UserError('the arguments are wrong; see --help', [
      `--repository: found ${JSON.stringify(hidePassword(address))}, expected the repository's page on its forge, such as https://forge.example/owner/name, without a user's name, ? or #`,
    ])
  return url.href.replace(/(?:\.git)?\/*$/, '')
}

/** An address that was meant for Git may hold a token. */
function hidePassword(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//…@')
}

/** An empty ledger has pages too, but a folder with neither registry/ nor results/ is a slip of the hand. */
export async function refuseNoLedger(folder: string): Promise<void> {
  const found = await Promise.all(['registry', 'results'].map((name) => isFolder(join(folder, name))))
  if (!found.includes(true))
    throw new UserError('no ledger there', [
      `${folder}: holds neither registry/ nor results/: name a ledger's folder with --ledger`,
    ])
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}
