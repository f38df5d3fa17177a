import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from 'registry'
import { llamaCppFolder, llamaCppPackage } from '../adapters/cache-folder.ts'
import { runProgram } from './run-program.ts'

export interface FetchDeps {
  cacheRoot: string
  /** told what is about to be downloaded, one line */
  report(line: string): void
  /** for npm and pip; this process's own unless told */
  env?: NodeJS.ProcessEnv
}

export interface Fetched {
  path: string
  /** false: it was there already */
  fetched: boolean
}

const platformPackages: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-armv7l',
  'linux-riscv64': 'linux-riscv64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
}

/**
 * Installs node-llama-cpp with the one prebuilt binary this platform needs (about 85 MB; all of them are 725 MB) into a
 * folder of its own in the cache. Callers may run at the same time: one of them wins, all are served.
 * @throws UserError when the platform has no prebuilt binary or npm fails
 */
export async function fetchLlamaCpp(deps: FetchDeps): Promise<Fetched> {
  const path = llamaCppFolder(deps.cacheRoot)
  if (await isInstalled(path)) return { path, fetched: false }
  const platform = platformPackages[`${process.platform}-${process.arch}`]
  if (platform === undefined)
    throw new UserError('the embedded engine was not installed', [
      `node-llama-cpp: has no binary for ${process.platform}-${process.arch}; use --engine openai and a server elsewhere`,
    ])
  const { name, version } = llamaCppPackage
  deps.report(`fetching the engine ${name} ${version} for ${platform}, about 85 MB, MIT licence`)
  await mkdir(dirname(path), { recursive: true })
  const partial = await mkdtemp(`${path}.partial-`)
  try {
    // without a package.json here npm would look for a project further up
    await writeFile(join(partial, 'package.json'), '{"name":"batchledger-engine","private":true}\n')
    const packages = [`${name}@${version}`, `@${name}/${platform}@${version}`]
    const flags = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const env = deps.env ?? process.env
    await runProgram(npm, ['install', '--prefix', partial, ...flags, ...packages], { cwd: partial, env })
    return { path, fetched: await moveInPlace(partial, path) }
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError('the embedded engine was not installed', [
      `npm: ${(error as Error).message}; see that npm works here and run batchledger fetch again`,
    ])
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}

function isInstalled(folder: string): Promise<boolean> {
  return access(join(folder, 'node_modules/node-llama-cpp/package.json')).then(
    () => true,
    () => false,
  )
}

async function moveInPlace(partial: string, path: string): Promise<boolean> {
  try {
    await rename(partial, path)
    return true
  } catch (error) {
    // somebody else was faster: theirs is as good
    if (await isInstalled(path)) return false
    throw error
  }
}
