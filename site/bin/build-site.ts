import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { UserError } from 'registry'
import { readLedger } from 'registry/node'
import type { SiteKind } from '../data/describe-kind.ts'
import type { PageData } from '../data/page-data.ts'
import { personalDatasets, redactPageData } from '../data/redact-page-data.ts'
import { addAgreement } from '../data/write-agreement.ts'
import { writeSiteData } from '../data/write-site-data.ts'
import { followLink, makeStage, placeFolder, refuseForeignFolder } from './place-folder.ts'
import { readHistory } from './read-history.ts'
import { readBase, readRepository, refuseNoLedger } from './read-inputs.ts'
import { relativizeAssets } from './relativize-assets.ts'
import { removeWhenEnded } from './remove-when-ended.ts'

export interface SiteInputs {
  /** the folder that holds registry/ and results/ */
  ledger: string
  out: string
  /** `public` holds no word of a row; private unless told */
  kind?: SiteKind
  base?: string
  name?: string
  commit?: string
  /** the repository's address on its forge, for links */
  repository?: string
  /** the folder where run columns are kept from one build to the next; without it all rows are read anew */
  cache?: string
  /** progress and warnings, a line each */
  report: (line: string) => void
}

export interface BuiltSite {
  /** absolute */
  out: string
  kind: SiteKind
  runs: number
  datasets: number
  pages: number
  seconds: number
}

/**
 * Builds a ledger's pages and puts them in place at once: `out` is never half-written.
 * @throws UserError when the ledger has faults, its rows aren't here, or `out` holds something that isn't a site of its kind
 */
export async function buildSite(inputs: SiteInputs): Promise<BuiltSite> {
  const started = performance.now()
  const out = await followLink(resolve(inputs.out))
  const base = readBase(inputs.base ?? '/')
  const repository = inputs.repository === undefined ? undefined : readRepository(inputs.repository)
  const kind = inputs.kind ?? 'private'
  await refuseForeignFolder(out, kind)
  const folder = resolve(inputs.ledger)
  await refuseNoLedger(folder)
  const ledger = await readLedger(folder)
  if (ledger.problems.length > 0) throw new UserError('the ledger has faults', ledger.problems)
  const stage = await makeStage(out)
  const work = await mkdtemp(join(await realpath(tmpdir()), 'batchledger-site-'))
  const unwatch = removeWhenEnded([stage, work])
  try {
    inputs.report(`reading ${ledger.runs.length} runs`)
    const commit = inputs.commit === undefined ? {} : { commit: inputs.commit }
    const about = { ledger: inputs.name ?? basename(folder), base, ...commit, ...(repository ? { repository } : {}) }
    // a public site gets no file that the rows' reader writes: what it may say is rendered into pages, redacted
    const dataFolder = kind === 'public' ? join(work, 'private') : stage
    const pageData = await writeSiteData(ledger, dataFolder, about, inputs.cache)
    inputs.report('comparing runs')
    await addAgreement(ledger, dataFolder, pageData)
    const history = await readHistory(folder)
    for (const run of pageData.runs) {
      const landing = history.get(run.metaPath)
      if (landing) run.landing = landing
    }
    for (const warning of tellFindings(pageData)) inputs.report(`warning: ${warning}`)
    inputs.report('rendering pages')
    // Astro takes a second to load, which a refusal needn't wait for
    const { renderPages } = await import('./render-pages.ts')
    await renderPages(forKind(pageData, kind), work, stage)
    if (kind === 'private') await writeFile(join(stage, 'robots.txt'), 'User-agent: *\nDisallow: /\n')
    const pages = await relativizeAssets(stage, base)
    await placeFolder(stage, out, kind)
    const seconds = Math.round((performance.now() - started) / 10) / 100
    return { out, kind, runs: pageData.runs.length, datasets: pageData.datasets.length, pages, seconds }
  } finally {
    await Promise.all([stage, work].map((path) => rm(path, { recursive: true, force: true })))
    unwatch()
  }
}

/** What a build says may stand in a job's log: of personal data no id and no line of a file. */
function tellFindings(data: PageData): string[] {
  const personal = personalDatasets(data)
  return data.runs.flatMap(({ meta, dataset, findings }) =>
    personal.has(dataset) && findings.length > 0
      ? [`${meta.run_id}: ${findings.length} findings; the dataset is personal, so they stand on the run's page only`]
      : findings,
  )
}

function forKind(data: PageData, kind: SiteKind): PageData {
  return kind === 'public' ? redactPageData(data) : data
}
