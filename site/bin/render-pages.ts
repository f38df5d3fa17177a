import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'astro'
import { astroOptions } from '../astro-options.ts'
import type { PageData } from '../data/page-data.ts'
import { offerPageData } from '../data/read-page-data.ts'

const site = dirname(dirname(fileURLToPath(import.meta.url)))
/** Pages that need rows: the public build hasn't got them. */
const privateSources = ['pages/compare.astro']
const sources = ['pages', 'components', 'islands', 'styles', 'data', 'public']

/**
 * Renders every page into `out` with Astro. It works on a copy of the sources in `work`, because Astro writes into its
 * root: so builds can run side by side and the package folder may be read-only.
 */
export async function renderPages(pageData: PageData, work: string, out: string): Promise<void> {
  const root = join(work, 'site')
  await mkdir(root)
  const left = pageData.kind === 'public' ? privateSources.map((path) => join(site, path)) : []
  for (const name of sources)
    await cp(join(site, name), join(root, name), {
      recursive: true,
      filter: (path) => !/\.test\.tsx?$/.test(path) && !left.includes(path),
    })
  // the package's own extends one outside of it
  await writeFile(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions: { verbatimModuleSyntax: true } }))
  await symlink(packagesFolder(), join(root, 'node_modules'), 'dir')
  offerPageData(pageData)
  process.env['ASTRO_TELEMETRY_DISABLED'] = '1'
  const rendered = join(root, 'rendered')
  // Astro keeps what it renders from in the working directory when its outDir lies elsewhere: two builds would share it
  const workingDirectory = process.cwd()
  process.chdir(root)
  await build({
    ...astroOptions,
    configFile: false,
    root,
    outDir: rendered,
    cacheDir: join(work, 'cache'),
    vite: { ...astroOptions.vite, cacheDir: join(work, 'vite') },
  })
  process.chdir(workingDirectory)
  await cp(rendered, out, { recursive: true })
}

/** The node_modules that holds Astro. */
function packagesFolder(): string {
  const entry = fileURLToPath(import.meta.resolve('astro'))
  const end = entry.lastIndexOf('/node_modules/astro/')
  return entry.slice(0, end + '/node_modules'.length)
}
