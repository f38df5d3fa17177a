import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookForHarm } from './look-for-harm.ts'
import { openSite, type OpenSite } from './open-site.ts'
import { hostileDataset, hostileIds, megabyte, tenThousandLines, writeHostileLedger } from './write-hostile-ledger.ts'

const scratch = await mkdtemp(join(tmpdir(), 'batchledger-hostile-'))
afterAll(() => rm(scratch, { recursive: true, force: true }))

const sites = {} as Record<'private' | 'public', OpenSite>
beforeAll(async () => {
  await writeHostileLedger(scratch)
  for (const kind of ['private', 'public'] as const) sites[kind] = await openSite(scratch, kind)
})
afterAll(() => Promise.all(Object.values(sites).map((site) => site[Symbol.asyncDispose]())))

/** Same-site links of a page, without fragments. */
const linksOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ href }) => href.replace(/#.*$/, '')),
  )

describe.each(['private', 'public'] as const)('the %s build', (kind) => {
  test('every page that a link leads to: text stays text, nothing runs, nothing is fetched from elsewhere', async () => {
    const site = sites[kind]
    const { page, incidents } = await site.open('/')
    const waiting = [`${site.url}/`, `${site.url}/404.html`]
    const seen = new Set<string>(waiting)
    // each once, with the first place it was seen at
    const harm = new Map<string, string>()
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      const response = await page.goto(address)
      if (response?.status() !== 200) harm.set(`HTTP ${response?.status()}`, address)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      for (const found of [...(await lookForHarm(page)), ...incidents.splice(0)]) harm.set(found, address)
      for (const link of await linksOf(page)) {
        if (!link.startsWith(`${site.url}/`)) harm.set(`leads to ${link}`, address)
        else if (!seen.has(link)) {
          seen.add(link)
          waiting.push(link)
        }
      }
    }
    expect([...harm]).toEqual([])
    expect(seen.size).toBeGreaterThan(5)
    await page.close()
  })
})

test('every item opened: the data is text, a long answer is cut and shown whole when asked for', async () => {
  const { page, incidents } = await sites.private.open(`/compare/?dataset=${hostileDataset}`)
  await page.locator('[data-item] .open').first().click()
  const dialog = page.locator('dialog.item-dialog')
  const harm: string[] = []
  for (let item = 1; item <= hostileIds.length; item++) {
    await dialog.getByText(`${item} of ${hostileIds.length}`).waitFor()
    await dialog.locator('td', { hasText: 'Loading' }).first().waitFor({ state: 'detached' })
    harm.push(...(await lookForHarm(page)).map((found) => `item ${item}: ${found}`))
    expect(await dialog.locator('script, img, iframe, a[href^="http"], style, link, svg[onload]').count()).toBe(0)
    const text = await dialog.evaluate((element) => element.textContent ?? '')
    // nobody waits for a megabyte that nobody asked for
    expect(text.length).toBeLessThan(60_000)
    if (item === 2 || item === 3) {
      const end = item === 2 ? 'END-OF-IT' : 'LAST-LINE'
      expect(text).not.toContain(end)
      const all = dialog.getByRole('button', { name: /show all/i })
      const sizes = (await all.allInnerTexts()).map((name) => Number(name.replaceAll(/\D/g, '')))
      const longest = Math.max(...sizes)
      expect(longest).toBeGreaterThanOrEqual(item === 2 ? megabyte.length : tenThousandLines.length)
      await all.nth(sizes.indexOf(longest)).click()
      await dialog.getByText(end).first().waitFor()
      expect(await all.count()).toBe(sizes.length - 1)
    }
    await page.keyboard.press('j')
  }
  expect([...harm, ...incidents]).toEqual([])
  expect(await page.evaluate(() => (globalThis as Record<string, unknown>)['pwned'])).toBeUndefined()
  await page.close()
})
