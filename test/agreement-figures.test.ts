import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drawFront, type Comparison } from 'registry'
import { readLedger } from 'registry/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareRuns } from '../actions/compare-runs/compare-runs.ts'
import { addAgreement } from '../site/data/write-agreement.ts'
import type { AgreementFigures } from '../site/data/agreement-data.ts'
import { figureAgreement, finish } from '../site/data/figure-agreement.ts'
import type { PageData } from '../site/data/page-data.ts'
import { writeSiteData } from '../site/data/write-site-data.ts'
import { DataSource } from '../site/islands/data-source.ts'
import { loadFigureInputs } from '../site/islands/agreement/load-figure-inputs.ts'
import { runCli } from './support/run-cli.ts'

const cases = {
  'really run, with labels': { ledger: '../examples/ledger', dataset: 'synthetic_tickets_30' },
  'really run, several fields': { ledger: '../examples/ledger', dataset: 'synthetic_candidates_50' },
  'repaired, unusable and missing verdicts, numbers': {
    ledger: './ledgers/hostile-output',
    dataset: 'odd_notes_12',
  },
}

/** What `batchledger compare --json` says of these runs, in the pages' words. */
async function compare(ledger: string, runIds: readonly string[]): Promise<Comparison> {
  const { stdout, stderr, code } = await runCli(['compare', '--ledger', ledger, '--runs', runIds.join(','), '--json'], {
    cwd: ledger,
  })
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Comparison
}

describe.each(Object.entries(cases))('%s', (_, { ledger: place, dataset: id }) => {
  const ledger = fileURLToPath(new URL(place, import.meta.url))
  let folder: string
  let pageData: PageData
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'agreement-figures-'))
    const read = await readLedger(ledger)
    pageData = await writeSiteData(read, folder, { ledger: 'test', base: '/' })
    await addAgreement(read, folder, pageData)
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** As the worker does: out of the site's files. */
  async function figuresOf(runIds: readonly string[]): Promise<AgreementFigures> {
    const page = pageData.datasets.find((dataset) => dataset.id === id)?.page ?? ''
    const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(folder, path), 'utf8'))
    const data = new DataSource('', async (path) => new Response(await readFile(join(folder, path))))
    const index = await data.index(page)
    const agreement = (await readJson(`data/agreement/${page}.json`)) as Parameters<
      typeof loadFigureInputs
    >[0]['agreement']
    return finish(figureAgreement(await loadFigureInputs({ data, index, agreement, readJson }, runIds)))
  }

  async function expectSame(figures: AgreementFigures): Promise<void> {
    const runIds = figures.runs.map(({ run_id: runId }) => runId)
    const told = await compare(ledger, runIds)
    expect(figures.runs).toEqual(told.runs)
    expect(figures.count).toBe(told.dataset.count)
    const byName = (fields: readonly { field: string }[]) => fields.toSorted((a, b) => (a.field < b.field ? -1 : 1))
    expect(byName(figures.fields.map(({ comparison }) => comparison))).toEqual(byName(told.fields))
    const [primary] = figures.fields
    expect(primary?.comparison.primary).toBe(true)
    expect(primary && drawFront(figures.runs, primary.comparison, { speed: figures.speedProblems })).toEqual(
      told.pareto,
    )
    for (const { comparison, cascades } of figures.fields)
      for (const cascade of cascades) {
        const other = await compareRuns({
          ledger,
          runs: runIds,
          field: comparison.field,
          cascade: [cascade.first, cascade.second],
        })
        expect(cascade).toEqual(other.cascade)
      }
  }

  test('the page’s figures are those of batchledger compare, to the last digit', async () => {
    const figures = pageData.datasets.find((dataset) => dataset.id === id)?.agreement
    expect(figures?.runs.length).toBeGreaterThan(1)
    await expectSame(figures as AgreementFigures)
  })

  test('so are those made out of the site’s files for runs in another order', async () => {
    const chosen = pageData.datasets.find((dataset) => dataset.id === id)?.preselected.toReversed() ?? []
    await expectSame(await figuresOf(chosen))
  })

  test('a confusion table holds every item once, and its inner part is what is paired', async () => {
    const figures = pageData.datasets.find((dataset) => dataset.id === id)?.agreement
    for (const { comparison, confusion } of figures?.fields ?? [])
      for (const [pair, counts] of confusion.entries()) {
        const sum = (rows: number[][]) => rows.flat().reduce((total, count) => total + count, 0)
        expect(sum(counts)).toBe(comparison.items.total)
        expect(sum(counts.slice(0, -1).map((row) => row.slice(0, -1)))).toBe(comparison.pairs[pair]?.usable.paired)
      }
  })
})
