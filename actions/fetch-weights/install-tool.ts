import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from 'registry'
import { runProgram } from './run-program.ts'

export interface FetchDeps {
  cacheRoot: string
  /** told what is about to be downloaded, one line */
  report: (line: string) => void
  /** for npm and pip; this process's own unless told */
  env?: NodeJS.ProcessEnv
}

export interface Fetched {
  path: string
  /** false: it was there already */
  fetched: boolean
}

export interface Tool {
  /** what people call it */
  title: string
  /** the folder of its own that it gets in the cache */
  path: string
  /** the package that is there when it is installed */
  name: string
  /** all that is installed, e.g. `left-pad@1.3.0` */
  packages: readonly string[]
  /** said before the download: what comes, how much, under which licence */
  announcement: string
  /** the command that tries again */
  again: string
}

/**
 * Installs npm packages into a folder of their own, without their optional dependencies and without running their scripts.
 * Callers may run at the same time: one of them wins, all are served.
 * @throws UserError when npm fails
 */
export async function installTool(tool: Tool, deps: FetchDeps): Promise<Fetched> {
  const { path, name } = tool
  if (await isInstalled(path, name)) return { path, fetched: false }
  deps.report(tool.announcement)
  await mkdir(dirname(path), { recursive: true })
  const partial = await mkdtemp(`${path}.partial-`)
  try {
    // without a package.json here npm would look for a project further up
    await writeFile(join(partial, 'package.json'), '{"name":"batchledger-tool","private":true}\n')
    const flags = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const env = deps.env ?? process.env
    await runProgram(npm, ['install', '--prefix', partial, ...flags, ...tool.packages], { cwd: partial, env })
    return { path, fetched: await moveInPlace(partial, path, name) }
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`${tool.title} was not installed`, [
      `npm: ${(error as Error).message}; see that npm works here and run ${tool.again} again`,
    ])
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

function isInstalled(folder: string, name: string): Promise<boolean> {
  return access(join(folder, 'node_modules', name, 'package.json')).then(
    () => true,
    () => false,
  )
}

async function moveInPlace(partial: string, path: string, name: string): Promise<boolean> {
  try {
    await rename(partial, path)
    return true
  } catch (error) {
    // somebody else was faster: theirs is as good
    if (await isInstalled(path, name)) return false
    throw error
  }
}
