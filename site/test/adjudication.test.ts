import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { labelSchema, type Dataset, type Label } from 'registry'
import { promptSha256, readItems, readLabels, readLedger } from 'registry/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawSample } from '../islands/adjudication/draw-sample.ts'
import { auditPage } from './audit-page.ts'
import { openSite, type OpenSite, type WatchedPage } from './open-site.ts'

const ledger = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))
const dataset = 'odd_notes_12'
const runs = ['alpha-odd_notes_12-20261120-080000', 'beta-odd_notes_12-20261120-090000'].join(',')
const address = (rest = '') => `/compare/?dataset=${dataset}&runs=${runs}${rest}`
const today = new Date().toISOString().slice(0, 10)

let site: OpenSite
let ids: string[]
beforeAll(async () => {
  site = await openSite(ledger)
  const { catalog } = await readLedger(ledger)
  const { items } = await readItems(ledger, catalog.datasets.get(dataset) as Dataset)
  ids = items.map(({ customId }) => customId)
})
afterAll(() => site[Symbol.asyncDispose]())

/** A page of a browser that has kept nothing yet. */
async function openFresh(path: string): Promise<WatchedPage> {
  const opened = await site.open('/')
  await opened.page.evaluate(() => localStorage.clear())
  await opened.page.goto(site.url + path)
  return opened
}

const marks = (page: Page, field: string) => page.locator(`[data-mark="${field}"]`)
const button = (page: Page, field: string, name: string) =>
  marks(page, field).getByRole('button', { name, exact: true })
const isPressed = (page: Page, field: string, name: string) => button(page, field, name).getAttribute('aria-pressed')

/** Opens the marks beside an open item, for someone who hasn't said who they are. */
async function startMarking(page: Page, name: string): Promise<void> {
  await page.getByText('Mark the right verdict').click()
  await nameRater(page, name)
}

async function nameRater(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name, as it will stand in the labels').fill(name)
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
}

async function exportLabels(page: Page): Promise<{ text: string; labels: Label[] }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export JSONL' }).first().click(),
  ])
  expect(download.suggestedFilename()).toBe(`${dataset}-labels.jsonl`)
  const text = await readFile(await download.path(), 'utf8')
  const lines = text.split('\n')
  expect(lines.pop()).toBe('')
  return { text, labels: lines.map((line) => labelSchema.parse(JSON.parse(line))) }
}

/** As if the exported file had been put into the ledger. */
async function readBack(text: string): Promise<{ labels: Label[]; problems: string[] }> {
  const { catalog } = await readLedger(ledger)
  const entry = { ...(catalog.datasets.get(dataset) as Dataset), labels: `registry/labels/${dataset}.jsonl` }
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-labels-'))
  try {
    await mkdir(dirname(join(folder, entry.labels)), { recursive: true })
    await writeFile(join(folder, entry.labels), text)
    return await readLabels(folder, entry, catalog.rubrics.get(entry.rubric ?? ''), new Set(ids))
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('beside the answers', () => {
  test('verdicts are marked, noted, kept over a reload, taken back, and exported as the ledger reads them', async () => {
    const { page, incidents } = await openFresh(address('&item=__proto__'))
    await startMarking(page, 'Ann <b>')
    await button(page, 'mood', 'Good').click()
    await marks(page, 'mood').getByLabel('Note').fill('says "thanks"\u202e')
    await button(page, 'is_polite', 'false').click()
    await marks(page, 'clarity').getByRole('textbox').fill('three')
    await marks(page, 'clarity').getByRole('button', { name: 'Mark' }).click()
    await marks(page, 'clarity').getByText('“three” is no number').waitFor()
    await marks(page, 'clarity').getByRole('textbox').fill('3.5')
    await marks(page, 'clarity').getByRole('button', { name: 'Mark' }).click()
    await marks(page, 'summary').getByRole('textbox').fill('A trap')
    await page.keyboard.press('Enter')
    await page.getByText('✓ 4 marked').waitFor()
    await page.reload()
    await page.getByText('✓ 4 marked').waitFor()
    expect(await isPressed(page, 'mood', 'Good')).toBe('true')
    await marks(page, 'summary')
      .getByRole('button', { name: /^take back/ })
      .click()
    await page.getByText('✓ 3 marked').waitFor()
    await button(page, 'mood', 'Fair').click()
    expect(await isPressed(page, 'mood', 'Good')).toBe('false')
    await marks(page, 'is_polite')
      .getByRole('button', { name: /^take back/ })
      .click()
    await marks(page, 'is_polite').getByRole('button', { name: 'put “false” back' }).click()
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    const { text, labels } = await exportLabels(page)
    const own = { rater: 'Ann <b>', date: today, selection: 'disagreement' }
    expect(labels).toEqual([
      expect.objectContaining({ custom_id: '__proto__', field: 'clarity', value: 3.5, ...own }),
      expect.objectContaining({ custom_id: '__proto__', field: 'is_polite', value: false, ...own }),
      expect.objectContaining({
        custom_id: '__proto__',
        field: 'mood',
        value: 'Fair',
        note: 'says "thanks"\u202e',
        ...own,
      }),
    ])
    const { catalog } = await readLedger(ledger)
    const rubric = catalog.rubrics.get('odd_notes_v1')
    expect(rubric && promptSha256(rubric)).toBe(labels[0]?.prompt_sha256)
    expect(await readBack(text)).toEqual({ labels, problems: [] })
    expect(incidents).toEqual([])
    await page.close()
  })

  test('the mark stays under the finger from item to item, and letters typed in a note are letters', async () => {
    const { page } = await openFresh(address('&item=note-01'))
    await startMarking(page, 'ann')
    // the focus is on the first value of the first field
    await page.keyboard.press('Enter')
    expect(await isPressed(page, 'mood', 'Bad')).toBe('true')
    await page.keyboard.press('j')
    await page.locator('dialog[data-item="note-02"]').waitFor()
    await page.keyboard.press('Space')
    await page.getByText('✓ 1 marked').waitFor()
    await marks(page, 'mood').getByLabel('Note').pressSequentially('just nope')
    expect(await marks(page, 'mood').getByLabel('Note').inputValue()).toBe('just nope')
    await page.keyboard.press('Escape')
    await page.locator('[data-labels="2"]').waitFor()
    await page.close()
  })

  test('axe-core finds nothing in an open item with marks and differences, and it fits a phone', async () => {
    const { page, incidents } = await openFresh(address('&item=note-02'))
    await startMarking(page, 'ann')
    await button(page, 'mood', 'Fair').click()
    await page.getByLabel('Differences against').selectOption({ index: 1 })
    await page.locator('dialog ins').first().waitFor()
    await page.getByText('The request as sent').click()
    expect(await auditPage(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await auditPage(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(incidents).toEqual([])
    await page.close()
  })

  test('deleting asks first', async () => {
    const { page } = await openFresh(address('&item=note-01'))
    await startMarking(page, 'ann')
    await button(page, 'mood', 'Bad').click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Delete…' }).click()
    // a hasty Enter keeps them
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Delete…')
    await page.locator('[data-labels="1"]').waitFor()
    await page.getByRole('button', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete them' }).click()
    await page.locator('[data-labels="0"]').waitFor()
    await page.reload()
    await page.locator('[data-labels="0"]').waitFor()
    await page.close()
  })

  test('what another page of this browser marks is there too', async () => {
    const { page } = await openFresh(address('&item=note-01'))
    await startMarking(page, 'ann')
    const { page: other } = await site.open(address('&item=note-02'))
    await button(other, 'mood', 'Fair').click()
    await button(page, 'mood', 'Good').click()
    await page.keyboard.press('Escape')
    await page.locator('[data-labels="2"]').waitFor()
    await other.keyboard.press('Escape')
    await other.locator('[data-labels="2"]').waitFor()
    await other.close()
    await page.close()
  })
})

describe('a browser that keeps nothing', () => {
  test.each([
    ['full', 'its storage is full'],
    ['forbidden', 'storage is switched off'],
  ])('%s storage is said, and what is marked can still be exported', async (kind, words) => {
    const { page } = await openFresh('/')
    await page.addInitScript((which) => {
      if (which === 'forbidden')
        Object.defineProperty(globalThis, 'localStorage', {
          get() {
            throw new DOMException('denied', 'SecurityError')
          },
        })
      else
        Storage.prototype.setItem = () => {
          throw new DOMException('no room', 'QuotaExceededError')
        }
    }, kind)
    await page.goto(site.url + address('&item=note-01'))
    await startMarking(page, 'ann')
    await button(page, 'mood', 'Bad').click()
    await page.keyboard.press('j')
    await page.locator('dialog[data-item="note-02"]').waitFor()
    await button(page, 'mood', 'Good').click()
    await page.keyboard.press('Escape')
    await page.getByRole('alert').filter({ hasText: words }).waitFor()
    const { labels } = await exportLabels(page)
    expect(labels.map(({ custom_id: id, value }) => [id, value])).toEqual([
      ['note-01', 'Bad'],
      ['note-02', 'Good'],
    ])
    await page.close()
  })
})

describe('with the models hidden', () => {
  const blind = (seed: number, size: number) => address(`&mode=blind&seed=${seed}&n=${size}`)
  const shown = (page: Page) => page.locator('[data-item]').getAttribute('data-item')

  test('the sample is walked by keys alone, nothing of a run is fetched or shown, and it is exported as random', async () => {
    const { page, incidents } = await openFresh(address())
    await page.locator('[data-start="blind"]').waitFor()
    await page.getByRole('button', { name: 'Other ways' }).press('Enter')
    await page.getByLabel('Items to draw').fill('4')
    await page.locator('[data-start="blind"]').press('Enter')
    await page.waitForURL(/mode=blind/)
    const query = new URL(page.url()).searchParams
    expect(query.get('n')).toBe('4')
    const expected = drawSample(ids.length, 4, Number(query.get('seed'))).map((position) => ids[position])
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.reload()
    await page.getByLabel('Your name, as it will stand in the labels').press('a')
    await page.keyboard.press('Enter')
    const seen: (string | null)[] = []
    for (const [place, moods] of [1, 2, 3].entries()) {
      await page.getByText(`item ${place + 1} of 4`).waitFor()
      seen.push(await shown(page))
      const text = await page.locator('main').innerText()
      expect(text).not.toMatch(/alpha|beta|reads so|agree/i)
      await page.keyboard.press(String(moods))
      await page.keyboard.press(String(2))
      // the last field takes a number: one types it
      await page.keyboard.type('2.5')
      await page.keyboard.press('Enter')
      await page.getByText(`${place + 1} of 4 judged`).waitFor()
      await page.locator('[data-next]').focus()
      await page.keyboard.press('j')
    }
    await page.getByText('item 4 of 4').waitFor()
    seen.push(await shown(page))
    expect(seen).toEqual(expected)
    expect(asked.filter((url) => /\/(columns|texts)\//.test(url))).toEqual([])
    await page.getByRole('button', { name: 'Back to the comparison' }).press('Enter')
    await page.locator('[data-start="blind"]').waitFor()
    await page.locator('[data-start="resume"]').press('Enter')
    await page.getByText('item 4 of 4').waitFor()
    expect(await shown(page)).toBe(expected[3])
    const { text, labels } = await exportLabels(page)
    expect(new Set(labels.map(({ selection }) => selection))).toEqual(new Set(['random']))
    expect(labels).toHaveLength(9)
    const moods = new Map(labels.filter(({ field }) => field === 'mood').map((label) => [label.custom_id, label.value]))
    expect(expected.slice(0, 3).map((id) => moods.get(id ?? ''))).toEqual(['Bad', 'Fair', 'Good'])
    expect((await readBack(text)).problems).toEqual([])
    expect(incidents).toEqual([])
    await page.close()
  })

  test('a verdict given unseen can’t be bent beside the answers; one given beside them doesn’t count unseen', async () => {
    const { page } = await openFresh(`${blind(7, 2)}&field=mood&only=1`)
    await nameRater(page, 'ann')
    const first = (await shown(page)) ?? ''
    await page.keyboard.press('3')
    await page.getByText('1 of 2 judged').waitFor()
    await page.goto(site.url + address(`&item=${encodeURIComponent(first)}`))
    await page.getByText('Judged without the answers in sight').waitFor()
    expect(await button(page, 'mood', 'Bad').isDisabled()).toBe(true)
    await marks(page, 'mood')
      .getByRole('button', { name: /^take back/ })
      .click()
    await button(page, 'mood', 'Bad').click()
    await page.goto(`${site.url}${blind(7, 2)}&field=mood&only=1`)
    await page.getByText('0 of 2 judged').waitFor()
    expect(await shown(page)).toBe(first)
    await page.getByText('with the answers in sight; what you say now replaces it').waitFor()
    expect(await isPressed(page, 'mood', 'Bad')).toBe('false')
    await button(page, 'mood', 'Good').click()
    await page.getByText('1 of 2 judged').waitFor()
    const { labels } = await exportLabels(page)
    expect(labels).toMatchObject([{ custom_id: first, value: 'Good', selection: 'random' }])
    await page.close()
  })

  test('all items in order are `all` once all are judged, and picked until then', async () => {
    const { page } = await openFresh(address('&mode=all&field=mood&only=1'))
    await nameRater(page, 'ann')
    for (const [place, id] of ids.entries()) {
      await page.locator(`[data-item="${id.replaceAll('"', '\\"')}"]`).waitFor()
      await page.keyboard.press('1')
      await page.getByText(`${place + 1} of ${ids.length} judged`).waitFor()
      if (place === 2) {
        const { labels } = await exportLabels(page)
        expect(labels.map(({ selection }) => selection)).toEqual(['disagreement', 'disagreement', 'disagreement'])
        await page.getByText(`has judged 3 of ${ids.length} items in mood`).waitFor()
      }
      await page.keyboard.press('j')
    }
    await page.getByText(`All ${ids.length} are judged`).waitFor()
    const { text, labels } = await exportLabels(page)
    expect(new Set(labels.map(({ selection }) => selection))).toEqual(new Set(['all']))
    expect(labels).toHaveLength(ids.length)
    expect((await readBack(text)).problems).toEqual([])
    await page.close()
  })

  test('where the items’ text is not here, nothing can be judged unseen', async () => {
    const { page } = await openFresh(
      '/compare/?dataset=away_notes_3&runs=alpha-away_notes_3-20261117-080000&mode=blind&seed=1&n=2',
    )
    await page.getByText('Nothing can be judged here: input unavailable').waitFor()
    await page.getByRole('button', { name: 'Back to the comparison' }).click()
    await page.getByText('No judging with models hidden: input unavailable').waitFor()
    await page.close()
  })

  test('axe-core finds nothing, and it fits a phone', async () => {
    const { page } = await openFresh(blind(7, 5))
    expect(await auditPage(page)).toEqual([])
    await nameRater(page, 'ann')
    await page.keyboard.press('1')
    await marks(page, 'clarity').getByRole('textbox').fill('x')
    await marks(page, 'clarity').getByRole('button', { name: 'Mark' }).click()
    expect(await auditPage(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.getByRole('button', { name: 'Back to the comparison' }).click()
    await page.getByRole('button', { name: 'Other ways' }).click()
    await page.getByRole('button', { name: 'Delete…' }).click()
    expect(await auditPage(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.close()
  })
})
