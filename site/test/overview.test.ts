import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainVerdicts } from './count-verdicts.ts'
import { openSite, type OpenSite } from './open-site.ts'

const ledger = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

interface PlainMeta {
  run_id: string
  status: string
  model: { name: string }
  dataset: { name: string; rubric?: string }
  execution: { started_at: string; duration_seconds?: number; req_per_sec?: number }
  results: { total: number; success_rate?: number }
  provenance: { source: string; conflicts: unknown[] }
}

/** Every run, newest first, read without the site's code. */
const metas = globSync('results/*/*.meta.json', { cwd: ledger })
  .map((path) => JSON.parse(readFileSync(join(ledger, path), 'utf8')) as PlainMeta)
  .sort((a, b) => (a.execution.started_at < b.execution.started_at ? 1 : -1))
const idsOf = (passes: (meta: PlainMeta) => boolean) => metas.filter(passes).map(({ run_id: id }) => id)
const datasetOf = ({ dataset }: PlainMeta) => dataset.name.replace(/\.jsonl$/, '')

let site: OpenSite
beforeAll(async () => {
  site = await openSite(ledger)
})
afterAll(() => site[Symbol.asyncDispose]())

const shownRuns = (page: Page) =>
  page.locator('#runs tbody tr:visible').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['run']))
const head = (page: Page, name: string) => page.locator('#runs thead').getByRole('button', { name, exact: true })
const choose = (page: Page, name: string, value: string) => page.locator(`select[name="${name}"]`).selectOption(value)
const count = (page: Page) => page.locator('[data-say="count"]').innerText()
const search = (page: Page) => page.locator('#run-filters input')
const query = (page: Page) => new URL(page.url()).search

describe('filters show the runs whose metas say so', () => {
  const filters: [string, (meta: PlainMeta) => string][] = [
    ['model', ({ model }) => model.name],
    ['dataset', datasetOf],
    ['rubric', ({ dataset }) => dataset.rubric ?? 'none'],
    ['status', ({ status }) => status],
    ['source', ({ provenance }) => provenance.source],
  ]
  test.each(filters)('%s', async (name, valueOf) => {
    const { page, incidents } = await site.open('/')
    for (const value of new Set(metas.map(valueOf))) {
      const expected = idsOf((meta) => valueOf(meta) === value)
      const option = page.locator(`select[name="${name}"] option`).filter({ hasText: `(${expected.length})` })
      expect(await option.evaluateAll((found) => found.map((one) => (one as HTMLOptionElement).value))).toContain(value)
      await choose(page, name, value)
      expect(await shownRuns(page)).toEqual(expected)
      expect(await count(page)).toBe(
        expected.length === metas.length ? `${metas.length} runs` : `${expected.length} of ${metas.length} runs`,
      )
    }
    expect(incidents).toEqual([])
    await page.close()
  })

  test('two together, and beside each choice the number of runs it would leave', async () => {
    const { page } = await site.open('/')
    await choose(page, 'dataset', 'odd_notes_12')
    await choose(page, 'status', 'completed')
    const passes = (meta: PlainMeta) => datasetOf(meta) === 'odd_notes_12' && meta.status === 'completed'
    expect(await shownRuns(page)).toEqual(idsOf(passes))
    const failed = idsOf((meta) => datasetOf(meta) === 'odd_notes_12' && meta.status === 'failed')
    expect(await page.locator('select[name="status"] option[value="failed"]').innerText()).toBe(
      `failed (${failed.length})`,
    )
    await page.close()
  })

  test('words are looked for in everything a row says, its run id and reason too', async () => {
    const { page } = await site.open('/')
    await search(page).fill('CHAT template')
    expect(await shownRuns(page)).toEqual(idsOf(({ status }) => status === 'failed'))
    await search(page).fill('beta-odd_notes_12-20261120-090000')
    expect(await shownRuns(page)).toEqual(['beta-odd_notes_12-20261120-090000'])
    await search(page).fill('nothing like it')
    expect(await shownRuns(page)).toEqual([])
    await page.getByText('No run matches.').waitFor()
    await page.getByRole('button', { name: 'Show all runs' }).click()
    expect(await shownRuns(page)).toHaveLength(metas.length)
    expect(query(page)).toBe('')
    await page.close()
  })
})

describe('heads sort, and what was not measured comes last both ways', () => {
  const columns: [string, string, (meta: PlainMeta) => number | undefined][] = [
    ['req/s', 'rate', ({ execution }) => execution.req_per_sec],
    ['Success', 'success', ({ results }) => results.success_rate],
    ['Duration', 'duration', ({ execution }) => execution.duration_seconds],
    ['Items', 'items', ({ results }) => results.total],
  ]
  test.each(columns)('%s', async (name, key, valueOf) => {
    const { page } = await site.open('/')
    for (const [sign, sort] of [
      [-1, `-${key}`],
      [1, key],
    ] as const) {
      await head(page, name).click()
      const measured = metas.filter((meta) => valueOf(meta) !== undefined)
      const expected = [
        ...measured.toSorted((a, b) => sign * ((valueOf(a) ?? 0) - (valueOf(b) ?? 0))),
        ...metas.filter((meta) => valueOf(meta) === undefined),
      ]
      expect(await shownRuns(page)).toEqual(expected.map(({ run_id: id }) => id))
      expect(query(page)).toBe(`?sort=${sort}`)
      expect(await page.locator('#runs th[aria-sort]').evaluateAll((heads) => heads.map((th) => th.ariaSort))).toEqual([
        sign === 1 ? 'ascending' : 'descending',
      ])
    }
    await page.close()
  })

  test('by name, then back to newest first', async () => {
    const { page } = await site.open('/')
    await head(page, 'Model').click()
    const names = metas.map(({ model }) => model.name)
    expect(await page.locator('#runs tbody th').allInnerTexts()).toEqual(names.toSorted())
    await head(page, 'Started').click()
    expect(await shownRuns(page)).toEqual(idsOf(() => true))
    expect(query(page)).toBe('')
    await page.close()
  })
})

describe('the address holds the state', () => {
  test('a full address opens as it says; a reload changes nothing', async () => {
    const { page } = await site.open('/?q=notes&dataset=odd_notes_12&status=completed&sort=-rate')
    const expected = metas
      .filter((meta) => datasetOf(meta) === 'odd_notes_12' && meta.status === 'completed')
      .toSorted((a, b) => (b.execution.req_per_sec ?? 0) - (a.execution.req_per_sec ?? 0))
      .map(({ run_id: id }) => id)
    expect(await shownRuns(page)).toEqual(expected)
    expect(await search(page).inputValue()).toBe('notes')
    expect(await page.locator('select[name="status"]').inputValue()).toBe('completed')
    await page.reload()
    expect(await shownRuns(page)).toEqual(expected)
    await page.close()
  })

  test('back takes back a choice at a time, a search as a whole; forward brings it again', async () => {
    const { page } = await site.open('/')
    await choose(page, 'status', 'completed')
    const completed = await shownRuns(page)
    await head(page, 'req/s').click()
    await search(page).pressSequentially('beta')
    expect(query(page)).toBe('?q=beta&status=completed&sort=-rate')
    expect(await shownRuns(page)).toHaveLength(1)
    await page.goBack()
    expect(query(page)).toBe('?status=completed&sort=-rate')
    expect(await search(page).inputValue()).toBe('')
    await page.goBack()
    expect(await shownRuns(page)).toEqual(completed)
    await page.goBack()
    expect(await shownRuns(page)).toHaveLength(metas.length)
    expect(await page.locator('select[name="status"]').inputValue()).toBe('')
    await page.goForward()
    expect(await shownRuns(page)).toEqual(completed)
    await page.close()
  })

  test('a value nobody has shows nothing, and says so in its field', async () => {
    const { page } = await site.open('/?model=Nobody&sort=-nothing')
    expect(await shownRuns(page)).toEqual([])
    expect(await page.locator('select[name="model"]').inputValue()).toBe('Nobody')
    await page.close()
  })

  test('the line at the top leads to the runs that failed', async () => {
    const { page } = await site.open('/')
    await page.getByRole('link', { name: '1 failed' }).click()
    expect(await shownRuns(page)).toEqual(idsOf(({ status }) => status === 'failed'))
    await page.close()
  })
})

test('a conflict is marked and leads to the run', async () => {
  const { page } = await site.open('/')
  const [conflicting] = idsOf(({ provenance }) => provenance.conflicts.length > 0)
  const row = page.locator(`tr[data-run="${conflicting}"]`)
  await row.getByRole('link', { name: '1 figure conflicts' }).click()
  await page.getByRole('table', { name: 'Conflicts' }).waitFor()
  await page.close()
})

test('a dataset tells agreement as the rows have it, its failed model with the reason, and leads on', async () => {
  const { page } = await site.open('/')
  const scale = ['Bad', 'Fair', 'Good']
  const mood = (model: string, time: string) =>
    plainVerdicts(`${ledger}/results/${model}/odd_notes_12_20261120_${time}.jsonl`, ['mood', 'value'], (value) =>
      scale.includes(value as string),
    )
  // the imported run of Alpha is the newer one, and says the same
  const [alpha, beta] = [mood('alpha', '080000'), mood('beta', '090000')]
  const steps = [...alpha].flatMap(([id, first]) => {
    const second = beta.get(id)
    const places = [first, second].map((value) => scale.indexOf(String(value)))
    return places.includes(-1) ? [] : [Math.abs((places[0] ?? 0) - (places[1] ?? 0)) / 2]
  })
  const agreement = 1 - steps.reduce((sum, step) => sum + step, 0) / steps.length
  const summary = page.locator('article.summary', { has: page.getByRole('heading', { name: 'Odd notes' }) })
  const table = summary.getByRole('table')
  expect(await table.locator('caption').innerText()).toBe(
    `Mood: agreement with the others by distance on the scale, on ${steps.length} items usable in all`,
  )
  const row = (model: string) => table.locator('tr', { hasText: model })
  for (const model of ['Alpha 1B', 'Beta <3B> & co'])
    expect(await row(model).locator('td').last().innerText()).toBe(`${(100 * agreement).toFixed(1)} %`)
  expect(await summary.locator('li', { hasText: 'Delta 1B base' }).innerText()).toMatch(/failed.*no chat template/)
  const names = summary.locator('svg.chart .name')
  expect(await names.allTextContents()).toEqual(expect.arrayContaining(['Alpha 1B', 'Beta <3B> & co']))
  expect(await summary.getByRole('link', { name: /^Agreement/ }).getAttribute('href')).toContain(
    'datasets/odd_notes_12/agreement/',
  )
  await summary.getByRole('link', { name: /^Compare/ }).click()
  await page.locator('[data-run]:checked').nth(1).waitFor()
  expect(await page.locator('[data-run]:checked').count()).toBe(2)
  await page.close()
})

test('usable is one figure everywhere: of all items, those whose primary field counts', async () => {
  const { page } = await site.open('/')
  const usable = (id: string) =>
    page.locator(`tr:has([value="${id}"]), tr[data-run="${id}"]`).locator('[data-label="Usable"]')
  const runs = Object.entries({ alpha: '080000', beta: '090000', gamma: '100000' }).map(([model, time]) => {
    const verdicts = plainVerdicts(
      `${ledger}/results/${model}/odd_notes_12_20261120_${time}.jsonl`,
      ['mood', 'value'],
      (value) => ['Bad', 'Fair', 'Good'].includes(value as string),
    )
    const read = [...verdicts.values()].filter((value) => value !== null).length
    return { id: `${model}-odd_notes_12-20261120-${time}`, text: `${Math.round((10_000 * read) / 12) / 100} %` }
  })
  expect(new Set(runs.map(({ text }) => text)).size).toBeGreaterThan(1)
  for (const { id, text } of runs) expect(await usable(id).innerText()).toBe(text)
  await page.goto(`${site.url}/datasets/odd_notes_12/`)
  for (const { id, text } of runs) expect(await usable(id).innerText()).toBe(text)
  await page.close()
})

test('without a script everything is there but the filters, and times are UTC', async () => {
  const { page: other } = await site.open('/')
  const browser = other.context().browser()
  const page = await browser?.newPage({ javaScriptEnabled: false })
  if (!page) throw new Error('no browser')
  await page.goto(`${site.url}/`)
  expect(await page.locator('#runs tbody tr:visible').count()).toBe(metas.length)
  expect(await page.locator('#run-filters').isVisible()).toBe(false)
  expect(await page.locator('#more-runs, #no-runs').first().isVisible()).toBe(false)
  expect(await page.locator('#runs time').first().innerText()).toBe('2026-11-21 08:00 UTC')
  expect(await page.locator('svg.chart circle').first().isVisible()).toBe(true)
  await page.close()
  await other.close()
})

test('times are the reader’s own, with UTC beside them', async () => {
  const { page: other } = await site.open('/')
  const page = await other.context().browser()?.newPage({ timezoneId: 'Asia/Kathmandu' })
  if (!page) throw new Error('no browser')
  await page.goto(`${site.url}/`)
  const time = page.locator('#runs time').first()
  expect(await time.innerText()).toBe('2026-11-21 13:45')
  expect(await time.getAttribute('title')).toBe('2026-11-21 08:00 UTC')
  await page.evaluate(() => {
    const late = document.createElement('time')
    late.dateTime = '2026-01-31T23:00:00Z'
    late.textContent = 'late'
    document.querySelector('main')?.append(late)
  })
  await page.getByText('2026-02-01 04:45').waitFor()
  await page.close()
  await other.close()
})

test('charts and pages have no style of their own: the CSP allows none', async () => {
  const { page, incidents } = await site.open('/')
  expect(await page.locator('[style]').count()).toBe(0)
  expect(await page.locator('style, script:not([src])').count()).toBe(0)
  expect(incidents).toEqual([])
  await page.close()
})

test('one can sort and filter with the keyboard alone', async () => {
  const { page } = await site.open('/')
  await search(page).focus()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('model')
  await head(page, 'req/s').focus()
  await page.keyboard.press('Enter')
  expect(query(page)).toBe('?sort=-rate')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('req/s')
  await page.close()
})

test('on a phone each figure says its name, a choice sorts, and axe-core finds nothing', async () => {
  const { page } = await site.open('/')
  await page.setViewportSize({ width: 390, height: 800 })
  await choose(page, 'sort', '-rate')
  const fastest = Math.max(...metas.map(({ execution }) => execution.req_per_sec ?? 0))
  const first = page.locator('#runs tbody tr:visible').first()
  expect(await first.locator('[data-label="req/s"]').innerText()).toBe(fastest.toFixed(2))
  const label = first.locator('[data-label="req/s"]')
  expect(await label.evaluate((cell) => getComputedStyle(cell, '::before').content)).toBe('"req/s"')
  expect(await page.locator('#runs thead button:enabled').count()).toBe(0)
  await page.evaluate(axeSource)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
    )
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.close()
})
