import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite, type OpenSite } from './open-site.ts'
import { saidValue, writeManyItems } from './write-many-items.ts'

const count = 430
let ledger: string
let site: OpenSite
beforeAll(async () => {
  ledger = await mkdtemp(join(tmpdir(), 'many-items-'))
  await writeManyItems(ledger, count, 3)
  site = await openSite(ledger)
})
afterAll(async () => {
  await site[Symbol.asyncDispose]()
  await rm(ledger, { recursive: true })
})

const agree = Array.from({ length: count }, (_, item) => item).filter(
  (item) => new Set([0, 1, 2].map((run) => saidValue(run, item, 0))).size === 1,
)

test('a hundred items at a time, the others on demand', async () => {
  const { page } = await site.open('/compare/?dataset=many')
  const rows = page.locator('tbody[data-item]')
  await rows.first().waitFor()
  expect(await rows.count()).toBe(100)
  expect(await page.locator('[data-count="agree"]').textContent()).toBe(String(agree.length))
  expect(await page.locator('[data-count="disagree"]').textContent()).toBe(String(count - agree.length))
  for (const shown of [200, 300, 400, 430]) {
    await page.locator('.show-more').click()
    await rows.nth(shown - 1).waitFor()
    expect(await rows.count()).toBe(shown)
  }
  expect(await page.locator('.show-more').count()).toBe(0)
  await page.close()
})

test('the walk from an opened item goes on past what is drawn', async () => {
  const { page } = await site.open('/compare/?dataset=many&item=item-000399')
  await page.locator('dialog').getByText('400 of 430').waitFor()
  await page.keyboard.press('j')
  await page.locator('dialog[data-item="item-000400"]').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.closest<HTMLElement>('tbody')?.dataset['item'])).toBe(
    'item-000400',
  )
  await page.close()
})

test('a search narrows the counts and finds by title and id', async () => {
  const { page } = await site.open('/compare/?dataset=many&q=PERSON%2042')
  await page.locator('tbody[data-item]').first().waitFor()
  const numbers = Array.from({ length: count }, (_, item) => String(item)).filter((number) => number.includes('42'))
  expect(await page.locator('tbody[data-item] .open').allInnerTexts()).toEqual(
    numbers.map((number) => `Person ${number}`),
  )
  expect(await page.locator('[data-count="all"]').textContent()).toBe(String(numbers.length))
  await page.close()
})
