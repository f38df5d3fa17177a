import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainFilters, plainIds, plainVerdicts } from './count-verdicts.ts'
import { openSite, type OpenSite } from './open-site.ts'

const ledger = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))
const dataset = 'odd_notes_12'
const ids = plainIds(ledger, dataset)
const runs = ['alpha-080000', 'beta-090000', 'gamma-100000'].map((run) => run.split('-') as [string, string])
const moods = runs.map(([model, time]) =>
  plainVerdicts(`${ledger}/results/${model}/${dataset}_20261120_${time}.jsonl`, ['mood', 'value'], (value) =>
    ['Bad', 'Fair', 'Good'].includes(value as string),
  ),
)
const { disagree, agree } = plainFilters(ids, moods)
const address = `/compare/?dataset=${dataset}&runs=${runs.map(([model, time]) => `${model}-${dataset}-20261120-${time}`).join(',')}`

let site: OpenSite
beforeAll(async () => {
  site = await openSite(ledger)
})
afterAll(() => site[Symbol.asyncDispose]())

const ready = (page: Page, count = ids.length) => page.locator(`[data-ready][data-shown="${count}"]`).waitFor()
const opened = (page: Page, id: string | undefined) => page.locator(`dialog[open][data-item="${id}"]`).waitFor()
const closed = (page: Page) => page.locator('dialog').waitFor({ state: 'detached' })
/** Presses Tab until something has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((what) => document.activeElement?.matches(what), selector)) return
  }
  throw new Error(`60 Tabs don't reach ${selector}`)
}

test('with keys alone: two to the first disagreement, on from there, back, filter, search, cell, help', async () => {
  const { page, incidents } = await site.open(address)
  await ready(page)
  await page.keyboard.press('n')
  await page.keyboard.press('Enter')
  await opened(page, disagree[0])
  await page.keyboard.press('n')
  await opened(page, disagree[1])
  await page.keyboard.press('p')
  await opened(page, disagree[0])
  await page.keyboard.press('Escape')
  await closed(page)

  await page.goto(site.url + address)
  await ready(page)
  await tabTo(page, 'input[name="filter"]')
  // among radio buttons an arrow chooses
  await page.keyboard.press('ArrowRight')
  await ready(page, agree.length)
  await tabTo(page, 'input[type="search"]')
  await page.keyboard.type('praise')
  await ready(page, 0)
  await tabTo(page, '.active-filter:first-of-type')
  await page.keyboard.press('Enter')
  await ready(page, 1)
  await page.keyboard.press('/')
  for (const _ of 'praise') await page.keyboard.press('Backspace')
  await ready(page)

  await tabTo(page, 'summary')
  await page.keyboard.press('Enter')
  await tabTo(page, '.cell')
  await page.keyboard.press('Enter')
  await page.waitForURL(/pair=0\.1\./)
  expect(await page.locator('[aria-pressed="true"]').count()).toBe(1)

  await tabTo(page, '.tall')
  await tabTo(page, 'tr[data-item] .open')
  const first = await page.evaluate(() => document.activeElement?.closest<HTMLElement>('tr')?.dataset['item'])
  await page.keyboard.press('Enter')
  await opened(page, first)
  await page.keyboard.press('Escape')
  await closed(page)
  await page.keyboard.press('?')
  const help = page.locator('dialog.help')
  for (const key of ['j', 'k', 'n', 'p', '↓', '↑', 'Home', 'End', 'Enter', 'Esc', '1', '8', '/', '?'])
    expect(await help.locator('kbd', { hasText: key }).count()).toBeGreaterThan(0)
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
  expect(incidents).toEqual([])
  await page.close()
})

test('with the pointer alone: a verdict opens its item, a filter and a cell narrow, each step can be undone', async () => {
  const { page, incidents } = await site.open(address)
  await ready(page)
  await page.locator(`tr[data-item="${ids[3]}"] [data-field="mood"]`).first().click()
  await opened(page, ids[3])
  await page
    .locator('dialog')
    .getByRole('button', { name: /^Close/ })
    .click()
  await closed(page)
  await page.locator('.segments label', { hasText: /^disagree/ }).click()
  await ready(page, disagree.length)
  await page.locator('summary').click()
  await page.locator('.cell:enabled').first().click()
  const [count = ''] = await page.locator('[aria-pressed="true"]').allInnerTexts()
  await ready(page, Number(count))
  await page.getByRole('button', { name: /^all filters/ }).click()
  await ready(page)
  expect(incidents).toEqual([])
  await page.close()
})

test('back leaves the opened item, however far one walked in it; forward opens where one was', async () => {
  const { page } = await site.open(`${address}&filter=disagree`)
  await ready(page, disagree.length)
  await page.locator(`tr[data-item="${disagree[0]}"] .open`).click()
  await opened(page, disagree[0])
  await page.keyboard.press('n')
  await opened(page, disagree[1])
  await page.goBack()
  await closed(page)
  await ready(page, disagree.length)
  expect(page.url()).toBe(`${site.url}${address}&filter=disagree`)
  await page.goForward()
  await opened(page, disagree[1])
  await page.close()
})
