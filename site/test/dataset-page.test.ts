import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite, type OpenSite } from './open-site.ts'
import { added, writeRunLedger } from './write-run-ledger.ts'

const scratch = await mkdtemp(join(tmpdir(), 'dataset-page-test-'))
const path = '/datasets/synthetic_tickets_30/'
const newestGemma = 'gemma-3-270m-synthetic_tickets_30-20261124-091551'

let site: OpenSite
beforeAll(async () => {
  await writeRunLedger(join(scratch, 'ledger'))
  site = await openSite(join(scratch, 'ledger'))
})
afterAll(async () => {
  await site[Symbol.asyncDispose]()
  await rm(scratch, { recursive: true, force: true })
})

const ticked = (page: Page) =>
  page
    .locator('input[name="runs"]')
    .evaluateAll((boxes) => (boxes as HTMLInputElement[]).filter((box) => box.checked).map((box) => box.value))

test('runs are grouped by what they were asked, the newest completed one of each model ticked', async () => {
  const { page, incidents } = await site.open(path)
  expect((await ticked(page)).sort()).toEqual([newestGemma, added.hotter].sort())
  const groups = page.locator('tbody[data-group]')
  expect(await groups.count()).toBe(2)
  expect(await groups.nth(0).innerText()).toContain('These may stand side by side.')
  expect(await groups.nth(1).innerText()).toContain('Not comparable with the runs above: another prompt.')
  expect(
    await groups
      .nth(1)
      .locator('input')
      .evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value)),
  ).toEqual([added.earlier])
  // a partial run is newer, and not ticked
  const partial = page.locator('tr', { has: page.locator(`input[value="${added.resumed}"]`) })
  expect(await partial.innerText()).toMatch(/Gemma 3 270M\s+hardware T4/)
  expect(await partial.innerText()).toContain('1.08 req/s, 96.67 % success')
  const hotter = page.locator('tr', { has: page.locator(`input[value="${added.hotter}"]`) })
  expect(await hotter.locator('th .note').allInnerTexts()).toEqual([
    'temperature 0.7',
    'max_tokens 64',
    'concurrency 16',
  ])
  expect(incidents).toEqual([])
  await page.close()
})

test('ticking a run that was asked otherwise unticks the others, and says so', async () => {
  const { page } = await site.open(path)
  const said = page.locator('.choice output')
  await said.getByText('2 ticked').waitFor()
  await page.locator(`input[value="${added.earlier}"]`).press('Space')
  await said.getByText('1 ticked; 2 unticked, which can’t be compared with it').waitFor()
  expect(await ticked(page)).toEqual([added.earlier])
  await page.locator(`input[value="${added.earlier}"]`).press('Space')
  await said.getByText('none ticked').waitFor()
  await page.close()
})

test('without JavaScript the buttons lead on with the ticked runs', async () => {
  const { page } = await site.open(path)
  const context = await page.context().browser()?.newContext({ javaScriptEnabled: false })
  const plain = await context?.newPage()
  if (!plain || !context) throw new Error('no browser')
  const asked: URL[] = []
  plain.on('request', (request) => asked.push(new URL(request.url())))
  for (const [button, place] of [
    ['Compare the ticked runs', '/compare/'],
    ['Agreement of the ticked runs', `${path}agreement/`],
  ] as const) {
    await plain.goto(site.url + path)
    await plain.locator(`input[value="${added.resumed}"]`).check()
    await plain.getByRole('button', { name: button }).click()
    const there = asked.findLast((url) => url.search !== '')
    expect(there?.pathname.slice(new URL(site.url).pathname.length)).toBe(place)
    expect(there?.searchParams.getAll('runs').sort()).toEqual([newestGemma, added.hotter, added.resumed].sort())
    expect(there?.searchParams.get('dataset')).toBe('synthetic_tickets_30')
  }
  await context.close()
  await page.close()
})

test('the other question tells what differs, line by line, and the labels are counted', async () => {
  const { page } = await site.open(path)
  await page
    .getByText('30 labels of 30 items; by field: category 30; by selection: all 30; raters: generator')
    .waitFor()
  await page.getByText('criteria, prompt, and what differs above').click()
  await page.getByText('above has otherwise than this one').click()
  expect(await page.locator('.changes .removed').allInnerTexts()).toEqual(['−\nonly here:\nWhich team, please?'])
  expect(await page.locator('.changes .added').count()).toBe(1)
  await page.close()
})
