import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AgreementIndex } from '../data/agreement-data.ts'
import { figureAgreement, finish } from '../data/figure-agreement.ts'
import { loadFigureInputs } from '../islands/agreement/load-figure-inputs.ts'
import { DataSource } from '../islands/data-source.ts'
import { plainVerdicts } from './count-verdicts.ts'
import { openSite, type OpenSite } from './open-site.ts'

const ledger = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const dataset = 'odd_notes_12'
const times = { alpha: '080000', beta: '090000', gamma: '100000', delta: '110000' }
type Model = keyof typeof times
const runId = (model: Model) => `${model}-${dataset}-20261120-${times[model]}`
const built = `/datasets/${dataset}/agreement/`
const own = (models: readonly Model[], rest = '') => `${built}?runs=${models.map(runId).join(',')}${rest}`
const moods = ['Bad', 'Fair', 'Good']

let site: OpenSite
beforeAll(async () => {
  site = await openSite(ledger)
})
afterAll(() => site[Symbol.asyncDispose]())

/** What two runs say together, counted from the rows by other means; the last row and column are for the unusable. */
function countMoods(a: Model, b: Model): number[][] {
  const [first, second] = [a, b].map((model) =>
    plainVerdicts(`${ledger}/results/${model}/${dataset}_20261120_${times[model]}.jsonl`, ['mood', 'value'], (value) =>
      moods.includes(value as string),
    ),
  )
  const ids = readFileSync(`${ledger}/registry/datasets/${dataset}.jsonl`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { custom_id: string }).custom_id)
  const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0])
  for (const id of ids) {
    const [row, column] = [first, second].map((verdicts) => {
      const place = moods.indexOf(verdicts?.get(id) as string)
      return place < 0 ? 3 : place
    }) as [number, number]
    ;(counts[row] as number[])[column]! += 1
  }
  return counts
}

const shownTable = (page: Page, place: number) =>
  page
    .locator('.confusion')
    .nth(place)
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))))

const withTotals = (counts: number[][]) => counts.map((row) => [...row, row.reduce((sum, count) => sum + count, 0)])

describe('figures', () => {
  test('the built page’s confusion table counts the rows, and a cell leads to its items', async () => {
    const { page, incidents } = await site.open(built)
    expect(await page.locator('.chosen .letter + a').allInnerTexts()).toEqual(['Beta <3B> & co', 'Alpha 1B'])
    expect(await shownTable(page, 0)).toEqual(withTotals(countMoods('beta', 'alpha')))
    const href = await page.locator('.confusion tbody a').first().getAttribute('href')
    const address = new URL(href ?? '', page.url())
    expect(address.pathname).toMatch(/\/sub\/path\/compare\/$/)
    expect(address.searchParams.get('runs')).toBe([runId('beta'), runId('alpha')].join(','))
    expect(address.searchParams.get('pair')).toMatch(/^0\.1\.[0-2x]\.[0-2x]$/)
    expect(address.searchParams.get('field')).toBe('mood')
    expect(incidents).toEqual([])
    await page.close()
  })

  test('raw agreement is the share of equal ones; other figures and readings come without a script', async () => {
    const { page } = await site.open(built)
    const counts = countMoods('beta', 'alpha').slice(0, 3)
    const paired = counts.flatMap((row) => row.slice(0, 3)).reduce((sum, count) => sum + count, 0)
    const equal = counts.reduce((sum, row, place) => sum + (row[place] ?? 0), 0)
    const cell = page.locator('.panel:visible td:not(.self)').first()
    expect(await cell.locator('b').innerText()).toBe(((100 * equal) / paired).toFixed(1))
    expect(await cell.locator('.n').innerText()).toBe(`n ${paired}`)
    await page.getByRole('radio', { name: 'Cohen’s kappa, quadratic' }).check()
    expect(await page.locator('.panel:visible caption').allInnerTexts()).toEqual([
      'Cohen’s kappa, quadratic, usable verdicts',
    ])
    await page.getByRole('radio', { name: 'with repaired ones' }).check()
    expect(await page.locator('.panel:visible caption').allInnerTexts()).toEqual([
      'Cohen’s kappa, quadratic, with repaired ones',
    ])
    await page.close()
  })

  test('each field has its page, and numbers have neither kappa nor table', async () => {
    const { page } = await site.open(built)
    await page.locator('nav[aria-label="Fields"] a', { hasText: 'clarity' }).click()
    await page.locator('article[data-field="clarity"]').waitFor()
    expect(new URL(page.url()).pathname).toMatch(/agreement\/clarity\/$/)
    expect(await page.locator('.confusion').count()).toBe(0)
    expect(await page.getByRole('radio', { name: 'Krippendorff’s alpha, interval' }).count()).toBe(1)
    expect(await page.getByRole('radio', { name: 'Gwet' }).count()).toBe(0)
    await page.close()
  })

  test('what is undefined says why, never 0', async () => {
    const { page } = await site.open(own(['alpha', 'delta']))
    await page.locator('.own-figures').waitFor()
    expect(await page.locator('.panel:visible td.none').first().innerText()).toMatch(
      /^undefined: no item is usable in both\nn 0$/,
    )
    expect(await page.locator('.own-figures .figures').innerText()).toContain('undefined: no item has two usable')
    await page.close()
  })
})

describe('other runs', () => {
  test('the worker’s figures are those of the same files in Node, to the last digit', async () => {
    const { page } = await site.open(built)
    const request = page.waitForRequest((one) => one.url().includes('agreement-worker'))
    const ids = (['gamma', 'alpha', 'beta'] as const).map(runId)
    await page.goto(`${site.url}${own(['gamma', 'alpha', 'beta'])}`)
    const url = (await request).url()
    const asked = { root: `${site.url}/`, page: dataset, runIds: ids }
    const figures = await page.evaluate(
      ({ url: from, asked: ask }) =>
        new Promise((resolve) => {
          const worker = new Worker(from, { type: 'module' })
          worker.addEventListener('message', ({ data }: MessageEvent<{ kind: string; figures?: unknown }>) => {
            if (data.kind !== 'progress') resolve(data)
          })
          worker.postMessage(ask, [])
        }),
      { url, asked },
    )
    const readJson = async (path: string): Promise<unknown> => (await fetch(`${site.url}/${path}`)).json()
    const data = new DataSource(`${site.url}/`)
    const index = await data.index(dataset)
    const agreement = (await readJson(`data/agreement/${dataset}.json`)) as AgreementIndex
    const ordered = index.runs.map((run) => run.runId).filter((id) => ids.includes(id))
    const expected = finish(figureAgreement(await loadFigureInputs({ data, index, agreement, readJson }, ordered)))
    expect(figures).toEqual({ kind: 'figures', figures: JSON.parse(JSON.stringify(expected)) })
    await page.close()
  })

  test('ticked and compared by keys alone; the address, the fields and the way back hold', async () => {
    const { page, incidents } = await site.open(built)
    await page.locator('.choose summary').focus()
    await page.keyboard.press('Enter')
    const box = page.locator(`[data-run="${runId('gamma')}"]`)
    await box.waitFor()
    await box.focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Compare 3 runs' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.own-figures').waitFor()
    expect(await page.locator('#agreement').isVisible()).toBe(false)
    expect(new URL(page.url()).searchParams.get('runs')).toBe(
      (['gamma', 'beta', 'alpha'] as const).map(runId).join(','),
    )
    expect(await shownTable(page.locator('.own-figures').page(), 0)).toEqual(withTotals(countMoods('gamma', 'beta')))
    await page.locator('.own-figures nav a', { hasText: 'Polite' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.own-figures article[data-field="is_polite"]').waitFor()
    await page.goBack()
    await page.locator('.own-figures article[data-field="mood"]').waitFor()
    await page.goBack()
    await page.locator('#agreement').waitFor()
    expect(await page.locator('.own-figures').count()).toBe(0)
    expect(incidents).toEqual([])
    await page.close()
  })

  test('it can be cancelled and taken up again', async () => {
    const { page } = await site.open(built)
    // the worker's requests belong to the context
    const held: (() => void)[] = []
    await page.context().route('**/data/columns/**', (route) => void held.push(() => void route.continue()))
    await page.goto(`${site.url}${own(['alpha', 'gamma'])}`)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Cancelled.').waitFor()
    await page.context().unroute('**/data/columns/**')
    await page.getByRole('button', { name: 'Compare after all' }).click()
    await page.locator('.own-figures').waitFor()
    await page.close()
  })

  test('a run that can’t be had is told, and another prompt can’t be ticked', async () => {
    const { page } = await site.open(`${built}?runs=${runId('alpha')},nobody-1`)
    await page.getByText('The runs can’t be compared: nobody-1: no such run of this dataset').waitFor()
    const older = page.locator(`[data-run="alpha-${dataset}-20261121-080000"]`)
    expect(await older.isDisabled()).toBe(true)
    expect(await page.locator('.chooser li', { has: older }).innerText()).toContain('not comparable: another prompt')
    await page.close()
  })
})

test.each([
  ['the built page', built],
  ['a field of numbers', `${built}clarity/`],
  ['runs that were chosen', own(['alpha', 'beta', 'gamma', 'delta'])],
  ['a dataset without runs to compare', '/datasets/lost_notes/agreement/'],
])(
  '%s: axe-core finds nothing in the light and in the dark, and it fits a phone',
  async (_, path) => {
    const { page, incidents } = await site.open(path)
    if (path.includes('runs=')) await page.locator('.own-figures').waitFor()
    await page.locator('details').evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)))
    await page.evaluate(axeSource)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
      )
      const found = violations.map(
        ({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
      )
      expect(found).toEqual([])
    }
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(incidents).toEqual([])
    await page.close()
  },
  90_000,
)
