import { chmod, mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UserError } from 'registry'
import type { SiteKind } from '../data/describe-kind.ts'

/** Says that a folder is a site and may be replaced. */
const marker = '.batchledger-site'
const publicMark = 'public'
const tries = 5

/** Where a link leads, so that the folder behind it is replaced and not the link. */
export async function followLink(out: string): Promise<string> {
  try {
    return await realpath(out)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return out
    throw error
  }
}

/**
 * An empty folder beside `out`, so that putting it in place is a rename within one file system.
 * @throws UserError when nothing can be written there
 */
export async function makeStage(out: string): Promise<string> {
  try {
    await mkdir(dirname(out), { recursive: true })
    return await mkdtemp(join(dirname(out), `.${basename(out)}-`))
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error
    throw new UserError('the site can’t go there', [
      `${dirname(out)}: ${(error as Error).message}: name a folder one can write to with --out`,
    ])
  }
}

/**
 * A private site is not put where a public one stands: that folder may be served to everybody.
 * @throws UserError when `out` is a file, or a folder that holds something else than an earlier site of the same kind
 */
export async function refuseForeignFolder(out: string, kind: SiteKind): Promise<void> {
  let names: string[]
  try {
    names = await readdir(out)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return
    if (code !== 'ENOTDIR') throw error
    throw new UserError('the site can’t go there', [`${out}: a file, expected a folder: name another with --out`])
  }
  if (names.length > 0 && !names.includes(marker))
    throw new UserError('the site can’t go there', [
      `${out}: holds ${names.length} files that are no earlier site (no ${marker}): empty it, or name another with --out`,
    ])
  if (kind === 'private' && names.length > 0 && (await readFile(join(out, marker), 'utf8')).startsWith(publicMark))
    throw new UserError('the site can’t go there', [
      `${out}: holds a public site, and this one would be private, with rows: name another folder with --out, or empty it if nobody serves it`,
    ])
}

/** Puts a finished folder where `out` is, in place of an earlier site. Of builds that end together the last one stays. */
export async function placeFolder(stage: string, out: string, kind: SiteKind): Promise<void> {
  const said = `made by batchledger-site; a new build replaces this folder\n`
  await writeFile(join(stage, marker), kind === 'public' ? `${publicMark} site, ${said}` : `private site, ${said}`)
  // made private by mkdtemp; a static server may run as another user
  await chmod(stage, 0o755)
  const old = `${stage}-old`
  for (let left = tries; ; left--) {
    // it was looked at before the build, and what came since isn't ours either
    await refuseForeignFolder(out, kind)
    await moveAway(out, old)
    try {
      await rename(stage, out)
      break
    } catch (error) {
      // another build put its site there between the two renames
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '') || left === 1) throw error
    } finally {
      await rm(old, { recursive: true, force: true })
    }
  }
}

async function moveAway(out: string, old: string): Promise<void> {
  try {
    await rename(out, old)
    // no longer a site that anybody serves, should we be killed before it is gone
    await chmod(old, 0o700)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
