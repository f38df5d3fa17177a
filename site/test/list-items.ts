import type { Page } from 'playwright-core'

/** custom_ids of a list of which only what is on screen is drawn: scrolled through from its top, in its order. */
export async function listItems(page: Page): Promise<string[]> {
  await page.locator('[data-ready]').waitFor()
  const found = new Map<number, string>()
  for (let top = 0; ; top += 500) {
    const rest = await page.evaluate(async (to) => {
      const scroller = document.querySelector('.tall')
      if (!scroller) return 0
      scroller.scrollTop = to
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      return scroller.scrollHeight - scroller.clientHeight - to
    }, top)
    const drawn = page.locator('tr[data-item]')
    // their titles may still be on the way
    await page.waitForFunction(() => document.querySelector('tr[data-item=""]') === null)
    for (const [place, id] of await drawn.evaluateAll((rows) =>
      rows.map((row): [number, string] => [Number(row.ariaRowIndex), (row as HTMLElement).dataset['item'] ?? '']),
    ))
      found.set(place, id)
    if (rest <= 0) break
  }
  return [...found].sort(([a], [b]) => a - b).map(([, id]) => id)
}
