import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CompareIndex } from '../data/compare-data.ts'
import { openSite, type OpenSite } from './open-site.ts'
import { saidValue, writeManyItems } from './write-many-items.ts'

const ledger = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))
const runs = ['080000', '090000', '100000'].map(
  (time, place) => `${['alpha', 'beta', 'gamma'][place]}-odd_notes_12-20261120-${time}`,
)
const address = (item: string) => `/compare/?dataset=odd_notes_12&runs=${runs.join(',')}&item=${item}`
const row = (page: Page, name: string) => page.locator('dialog').getByRole('row', { name: new RegExp(`^${name}`) })

/** The words of a cell without those in elements of a kind. */
const without = (cell: Locator, kind: 'del' | 'ins') =>
  cell.locator('pre').evaluate((pre, name) => {
    const copy = pre.cloneNode(true) as HTMLElement
    for (const part of copy.querySelectorAll(name)) part.remove()
    return (copy.textContent ?? '').replaceAll(/\s+/g, '')
  }, kind)

describe('an item of odd notes', () => {
  let site: OpenSite
  beforeAll(async () => {
    site = await openSite(ledger)
  })
  afterAll(() => site[Symbol.asyncDispose]())

  test('words held against a chosen column give both columns’ texts back', async () => {
    const { page, incidents } = await site.open(address('note-02'))
    const cells = row(page, 'Raw output').locator('td')
    await cells.first().locator('pre').waitFor()
    const plain = (await cells.locator('pre').allTextContents()).map((text) => text.replaceAll(/\s+/g, ''))
    expect(new Set(plain).size).toBe(3)
    await page.getByLabel('Differences against').selectOption({ label: 'Beta <3B> & co' })
    await page.locator('dialog thead th', { hasText: 'Beta' }).getByText('are held against these').waitFor()
    const base =
      (await page.locator('dialog thead th').allInnerTexts()).findIndex((head) => head.startsWith('Beta')) - 1
    for (const place of [0, 1, 2]) {
      const cell = cells.nth(place)
      expect(await without(cell, 'del')).toBe(plain[place])
      if (place === base) expect(await cell.locator('del, ins').count()).toBe(0)
      else expect(await without(cell, 'ins')).toBe(plain[base])
    }
    // what was chosen holds for the next item
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    expect(incidents).toEqual([])
    await page.close()
  })

  test('the request as sent is there on demand, with the item’s words in it', async () => {
    const { page } = await site.open(address('note-03'))
    const summary = page.getByText('The request as sent')
    await summary.waitFor()
    expect(await page.locator('details.request pre').count()).toBe(0)
    await summary.press('Enter')
    const messages = page.locator('details.request section')
    await messages.first().waitFor()
    expect(await messages.locator('.role').allInnerTexts()).toEqual(['system', 'user'])
    expect(await messages.locator('pre').first().innerText()).toBe('You judge notes.')
    expect(await messages.locator('pre').nth(1).innerText()).toContain(
      '<img src=x onerror=alert(1)> was all the note said.',
    )
    await page.close()
  })

  test('a repaired answer says what was repaired, a missing row that it is missing', async () => {
    const { page } = await site.open(address('note-04'))
    await row(page, 'Repaired').waitFor()
    expect(await row(page, 'Repaired').innerText()).toContain('mended')
    await page.goto(site.url + address('note-09'))
    await row(page, 'Parse status').waitFor()
    expect(await row(page, 'Parse status').innerText()).toContain('missing: no row')
    await page.close()
  })
})

describe('eight runs of many items', () => {
  let site: OpenSite
  let folder: string
  const eight = Array.from({ length: 8 }, (_, run) => `model-${run}-many-20261124-0${run}0000`)
  const many = (item: number) =>
    `/compare/?dataset=many&runs=${eight.join(',')}&item=item-${String(item).padStart(6, '0')}`
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'batchledger-eight-'))
    await writeManyItems(folder, 3_000, 8)
    site = await openSite(folder)
  })
  afterAll(async () => {
    await site[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  const cornerOf = (locator: Locator) =>
    locator.evaluate((element) => {
      const { left, top } = element.getBoundingClientRect()
      return [Math.round(left), Math.round(top)]
    })

  test.each([
    ['wide', 1280, 600, '.said'],
    ['narrow', 390, 700, '.beside'],
  ])('%s: heads of rows and columns stay in sight while verdicts scroll', async (_, width, height, pane) => {
    const { page } = await site.open(many(4))
    await page.setViewportSize({ width, height })
    await row(page, 'Raw output').locator('pre').first().waitFor()
    const scrolled = page.locator(pane)
    // past the item's own text, where that is above
    await scrolled.evaluate((element) => element.scrollTo(0, (element.querySelector('table')?.offsetTop ?? 0) + 40))
    const corner = page.locator('dialog thead th').first()
    const column = page.locator('dialog thead th').nth(8)
    const head = row(page, 'Raw output').locator('th')
    const before = { corner: await cornerOf(corner), head: await cornerOf(head), column: await cornerOf(column) }
    await scrolled.evaluate((element) => element.scrollBy(600, 60))
    const after = { corner: await cornerOf(corner), head: await cornerOf(head), column: await cornerOf(column) }
    expect(after.corner).toEqual(before.corner)
    expect(after.head[0]).toBe(before.head[0])
    expect(after.column[1]).toBe(before.column[1])
    expect(after.column[0]).toBe((before.column[0] ?? 0) - 600)
    await page.close()
  })

  test('the neighbours are fetched ahead: with the server gone, the next disagreement still opens in full', async () => {
    const { page } = await site.open('/')
    const index = (await (await page.request.get(`${site.url}/data/compare/many.json`)).json()) as CompareIndex
    // the item's own text is the last of its file, the next one's stands in another
    const last = (index.sets[0]?.items?.texts.starts[1] ?? 0) - 1
    expect(last).toBeGreaterThan(0)
    await page.goto(site.url + many(last))
    await row(page, 'Raw output').locator('pre').first().waitFor()
    await page.waitForLoadState('networkidle')
    await page.route('**', (route) => route.abort())
    const next = Array.from({ length: 20 }, (_, step) => last + 1 + step).find(
      (position) => new Set(eight.map((_, run) => saidValue(run, position, 0))).size > 1,
    )
    await page.keyboard.press('n')
    const dialog = page.locator(`dialog[data-item="item-${String(next).padStart(6, '0')}"]`)
    await dialog.getByText(`text of ${next} text of ${next}`).waitFor()
    expect(await row(page, 'Raw output').locator('pre').count()).toBe(8)
    await page.close()
  })
})
