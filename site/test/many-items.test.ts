import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite, type OpenSite } from './open-site.ts'
import { saidValue, writeManyItems } from './write-many-items.ts'

const count = 12_000
let ledger: string
let site: OpenSite
beforeAll(async () => {
  ledger = await mkdtemp(join(tmpdir(), 'many-items-'))
  await writeManyItems(ledger, count, 3)
  site = await openSite(ledger)
}, 120_000)
afterAll(async () => {
  await site[Symbol.asyncDispose]()
  await rm(ledger, { recursive: true })
})

const everyItem = Array.from({ length: count }, (_, item) => item)
const agree = everyItem.filter((item) => new Set([0, 1, 2].map((run) => saidValue(run, item, 0))).size === 1)
const idOf = (item: number) => `item-${String(item).padStart(6, '0')}`
const titles = (page: Page) => page.locator('tr[data-item] .open').allInnerTexts()
const focusedItem = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('tr')?.dataset['item'])
const ready = (page: Page) => page.locator('[data-ready]').waitFor()

test('only what is on screen is drawn, and the table says which rows of how many', async () => {
  const { page } = await site.open('/compare/?dataset=many')
  await ready(page)
  const rows = page.locator('tr[data-item]')
  expect(await rows.count()).toBeLessThan(60)
  expect(await page.locator('table.list').getAttribute('aria-rowcount')).toBe(String(count + 1))
  expect(await page.locator('[data-count="agree"]').textContent()).toBe(agree.length.toLocaleString('en'))
  expect(await page.locator('[data-count="disagree"]').textContent()).toBe((count - agree.length).toLocaleString('en'))
  for (const [to, item] of [
    [1, count - 1],
    [0.5, count / 2],
  ] as const) {
    await page.locator('.tall').evaluate((scroller, share) => {
      scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight)
    }, to)
    const row = page.locator(`tr[data-item="${idOf(item)}"]`)
    await row.waitFor()
    expect(await row.getAttribute('aria-rowindex')).toBe(String(item + 2))
    expect(await row.locator('.open').innerText()).toBe(`Person ${item}`)
    expect(await rows.count()).toBeLessThan(60)
  }
  await page.close()
})

test('the walk goes past what is drawn, with the focus on the row where it stands', async () => {
  const { page } = await site.open('/compare/?dataset=many')
  await ready(page)
  for (let step = 0; step < 40; step++) await page.keyboard.press('j')
  await expect.poll(() => focusedItem(page)).toBe(idOf(39))
  await page.keyboard.press('End')
  await expect.poll(() => focusedItem(page)).toBe(idOf(count - 1))
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => focusedItem(page)).toBe(idOf(count - 2))
  await page.keyboard.press('Home')
  await expect.poll(() => focusedItem(page)).toBe(idOf(0))
  await page.keyboard.press('p')
  await page.getByText('no disagreement further up in this list').waitFor()
  await page.close()
})

test('Enter opens where the walk stands, even before that row is drawn', async () => {
  const { page } = await site.open('/compare/?dataset=many&filter=agree')
  await ready(page)
  await page.keyboard.press('j')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.locator(`dialog[data-item="${idOf(agree.at(-1) ?? -1)}"]`).waitFor()
  await page.close()
})

test('the walk from an opened item goes on past what is drawn', async () => {
  const { page } = await site.open(`/compare/?dataset=many&item=${idOf(11_398)}`)
  await page.locator('dialog').getByText('11,399 of 12,000').waitFor()
  await page.keyboard.press('j')
  await page.locator(`dialog[data-item="${idOf(11_399)}"]`).waitFor()
  await page.waitForURL(/item=item-011399&at=11399$/)
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => focusedItem(page)).toBe(idOf(11_399))
  await page.close()
})

test('a search narrows the counts and finds by title and id; the next key ends it', async () => {
  const { page } = await site.open('/compare/?dataset=many&q=PERSON%204242')
  await ready(page)
  expect(await titles(page)).toEqual(['Person 4242'])
  const search = page.locator('input[type="search"]')
  await search.fill('person 119')
  await search.press('9')
  const found = everyItem.filter((item) => String(item).includes('1199'))
  await page.locator(`[data-ready][data-shown="${found.length}"]`).waitFor()
  // as many as a screen holds
  await expect
    .poll(async () => (await titles(page)).slice(0, 9))
    .toEqual(found.slice(0, 9).map((item) => `Person ${item}`))
  expect(await page.locator('[data-count="all"]').textContent()).toBe(String(found.length))
  await page.close()
})

test('a list of thousands is saved as CSV whole', async () => {
  const { page } = await site.open('/compare/?dataset=many&filter=disagree')
  await ready(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ])
  const lines = (await readFile(await download.path(), 'utf8')).split('\r\n')
  const inList = new Set(agree)
  expect(lines.slice(1, -1).map((line) => line.split(',', 2).join(','))).toEqual(
    everyItem.filter((item) => !inList.has(item)).map((item) => `${idOf(item)},Person ${item}`),
  )
  await page.close()
})

test('on paper: the first rows one after the other, and how many are left out', async () => {
  const { page } = await site.open('/compare/?dataset=many')
  await ready(page)
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await page.getByText('The first 300 of 12,000 items; the CSV holds all of them.').waitFor()
  expect(await page.locator('tr[data-item]').count()).toBe(300)
  expect(await page.locator('tr.space').count()).toBe(0)
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.locator('tr.space').waitFor({ state: 'attached' })
  await page.close()
})
