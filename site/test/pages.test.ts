import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditPage } from './audit-page.ts'
import { openSite, type OpenSite } from './open-site.ts'

const ledger = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))
const compare =
  '/compare/?dataset=odd_notes_12&runs=alpha-odd_notes_12-20261120-080000,beta-odd_notes_12-20261120-090000,delta-odd_notes_12-20261120-110000'
const paths = {
  runs: '/',
  'a failed run': '/runs/delta-odd_notes_12-20261120-110000/',
  'an imported run': '/runs/alpha-odd_notes_12-20261121-080000/',
  datasets: '/datasets/',
  'a dataset': '/datasets/odd_notes_12/',
  'a dataset that is not in the catalog': '/datasets/lost_notes/',
  'the choice of a dataset': '/compare/',
  compare,
  'the finer filters': `${compare}&status=request_error&filter=error&pair=0.1.x.x`,
  'no item that matches': `${compare}&q=nowhere`,
  'an open item': `${compare}&item=note-05`,
  '404': '/404.html',
}

let site: OpenSite
beforeAll(async () => {
  site = await openSite(ledger)
})
afterAll(() => site[Symbol.asyncDispose]())

async function settle(page: Page, path: string): Promise<void> {
  await page.locator('h1').waitFor()
  if (path.includes('&item=')) await page.locator('dialog tr.raw pre').first().waitFor()
  else if (path.includes('runs=')) await page.locator('[data-ready]').waitFor()
}

test.each(Object.entries(paths))(
  '%s: axe-core finds nothing in the light and in the dark, and it fits a phone',
  async (_, path) => {
    const { page, incidents } = await site.open(path)
    await settle(page, path)
    expect(await auditPage(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(incidents).toEqual([])
    await page.close()
  },
)

test('a failed run says why wherever it stands', async () => {
  const { page } = await site.open('/')
  const why = 'no chat template: every request was answered HTTP 400'
  for (const path of ['/', paths['a failed run'], paths['a dataset'], compare]) {
    await page.goto(site.url + path)
    await page.getByText(why).first().waitFor()
  }
  await page.close()
})

test('a run shows its accounting, causes, parse statuses, files and conflicts', async () => {
  const { page } = await site.open('/runs/beta-odd_notes_12-20261120-090000/')
  const table = (name: string) => page.getByRole('table', { name })
  expect(await table('Accounting').locator('tbody td:nth-of-type(1)').allInnerTexts()).toEqual(['11', '1', '0'])
  expect(await table('Causes of errors').innerText()).toContain('maximum context length is N tokens')
  expect(await table('Verdicts by parse status').locator('tfoot').innerText()).toMatch(/usable\s+6\s+50 %/)
  expect(await page.getByText('results/beta/odd_notes_12_20261120_090000.jsonl').count()).toBe(1)
  await page.goto(`${site.url}${paths['an imported run']}`)
  expect(await table('Conflicts').locator('tbody tr').innerText()).toMatch(/results.success\s+13\s+12/)
  await page.close()
})

test('a dataset shows its criteria as lists and its runs to tick, the comparable ones ticked', async () => {
  const { page } = await site.open('/datasets/odd_notes_12/')
  await page.locator('li', { hasText: 'it greets, thanks or asks rather than demands.' }).waitFor()
  await page.getByRole('button', { name: 'Compare the ticked runs' }).click()
  await page.locator('[data-ready]').waitFor()
  expect(await page.locator('table.list thead th').allInnerTexts()).toEqual([
    expect.stringContaining('Item'),
    expect.stringContaining('Beta <3B> & co'),
    expect.stringContaining('Alpha 1B'),
  ])
  await page.close()
})

test('the 404 page keeps its looks at any depth', async () => {
  const { page } = await site.open('/no/such/place/')
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px')
  await page.getByRole('link', { name: 'All runs' }).click()
  await page.getByRole('heading', { name: 'Runs' }).waitFor()
  await page.close()
})

test('the first key press reaches the skip link, and it leads to the content', async () => {
  const { page } = await site.open('/')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  await page.close()
})
