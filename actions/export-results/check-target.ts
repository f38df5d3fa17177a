import { lstat, realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Policy } from 'registry'
import { readOptional } from 'registry/node'
import { git, GitError } from '../adapters/git.ts'
import { refuseMount, remoteMountOf } from './mount-host.ts'

export type ExportFormat = 'csv' | 'json' | 'parquet'

/** `--out` is a file for csv and json, or a folder that exists or ends in /, where it gets the dataset's name. */
export async function targetPath(out: string, format: ExportFormat, datasetId: string): Promise<string> {
  const path = resolve(out)
  if (format === 'parquet') return join(path, `dataset=${encodeURIComponent(datasetId)}`)
  const isFolder = /[/\\]$/.test(out) || ((await lstat(path).catch(() => undefined))?.isDirectory() ?? false)
  return isFolder ? join(path, `${encodeURIComponent(datasetId)}.${format === 'csv' ? 'csv' : 'jsonl'}`) : path
}

export interface TargetRules {
  format: ExportFormat
  /** what stands there may be replaced */
  force: boolean
  /** personal rows: the place must be this machine's or an allowed host's, and Git must not take it along */
  personal: boolean
  policy: Pick<Policy, 'allow_hosts'>
}

/** What keeps an export from being written to a place; every fault, each with its mend. Looks, and changes nothing. */
export async function checkTarget(out: string, path: string, rules: TargetRules): Promise<string[]> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(out))
    return [`--out: ${out} is an address, expected a file or folder: export to a folder and send that`]
  const problems: string[] = []
  const found = await lstat(path).catch(() => undefined)
  const isKind = rules.format === 'parquet' ? found?.isDirectory() : found?.isFile()
  if (found !== undefined && isKind !== true)
    problems.push(
      `--out: ${path} is ${found.isSymbolicLink() ? 'a link' : `no ${rules.format === 'parquet' ? 'folder' : 'file'}`}: name another place`,
    )
  else if (found !== undefined && !rules.force)
    problems.push(`--out: ${path} is there already: name another place, or replace it with --force`)
  if (!rules.personal) return problems
  return [...problems, ...(await checkHost(path, rules.policy)), ...(await checkWorkTree(path, rules.format))]
}

async function checkHost(path: string, { allow_hosts: allow }: Pick<Policy, 'allow_hosts'>): Promise<string[]> {
  const mountinfo = process.platform === 'linux' ? await readOptional('/proc/self/mountinfo') : undefined
  if (mountinfo === undefined) return []
  return refuseMount(path, remoteMountOf((await existingParent(path)).folder, mountinfo), allow.export)
}

/** Personal rows in a work tree are one `git add` away from a commit that can't be taken back. */
async function checkWorkTree(path: string, format: ExportFormat): Promise<string[]> {
  const { folder, rest } = await existingParent(path)
  const place = join(folder, rest)
  // a pattern for folders doesn't match a name that isn't there yet, so a file inside is asked for
  const file = format === 'parquet' ? join(place, 'part-0.parquet') : place
  let top: string
  try {
    top = (await git(folder, ['rev-parse', '--show-toplevel'])).trim()
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    if (/not a git repository/.test(error.stderr)) return []
    return [
      `--out: whether Git would take ${path} along can’t be told (${error.stderr}), and the rows are personal: name a place outside any repository`,
    ]
  }
  try {
    await git(top, ['check-ignore', '--quiet', '--', file])
    return []
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    return [
      `--out: ${path} is in the Git work tree ${top} and not ignored, and the rows are personal: name a place outside it, or add it to .gitignore`,
    ]
  }
}

/** The nearest folder above a path that is there, links resolved, and what of the path lies below it. */
async function existingParent(path: string): Promise<{ folder: string; rest: string }> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await realpath(folder).catch(() => undefined)
    if (found !== undefined || folder === dirname(folder))
      return { folder: found ?? folder, rest: path.slice(folder.length) }
  }
}
