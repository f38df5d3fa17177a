import { UserError } from 'registry'
import { duckdbFolder, duckdbPackage } from '../adapters/cache-folder.ts'
import { installTool, type FetchDeps, type Fetched } from './install-tool.ts'

const platforms = new Set(['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64', 'win32-x64', 'win32-arm64'])

/**
 * Installs DuckDB, which `batchledger query` asks, with the one prebuilt binary this platform needs into a folder of its
 * own in the cache.
 * @throws UserError when the platform has no prebuilt binary or npm fails
 */
export async function fetchDuckdb(deps: FetchDeps): Promise<Fetched> {
  const platform = `${process.platform}-${process.arch}`
  if (!platforms.has(platform))
    throw new UserError('DuckDB was not installed', [
      `DuckDB: has no binary for ${platform}; export with batchledger export and query that elsewhere`,
    ])
  const { name, version } = duckdbPackage
  const binding = `@duckdb/node-bindings-${platform}${isMusl() ? '-musl' : ''}`
  return installTool(
    {
      title: 'DuckDB',
      path: duckdbFolder(deps.cacheRoot),
      name,
      packages: [`${name}@${version}`, `${binding}@${version}`],
      announcement: `fetching DuckDB (${name} ${version}) for ${platform}, about 70 MB, MIT licence`,
      again: 'batchledger fetch --duckdb',
    },
    deps,
  )
}

/** Linux with another C library than glibc, e.g. Alpine. */
function isMusl(): boolean {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return process.platform === 'linux' && header?.glibcVersionRuntime === undefined
}
