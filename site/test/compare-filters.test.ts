import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  plainApart,
  plainDistance,
  plainFaults,
  plainFilters,
  plainIds,
  plainSays,
  plainVerdicts,
  type PlainVerdict,
} from './count-verdicts.ts'
import { listItems } from './list-items.ts'
import { openSite, type OpenSite } from './open-site.ts'

const ledger = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))
const dataset = 'odd_notes_12'
const ids = plainIds(ledger, dataset)
// newest first, as the columns stand
const models = ['delta', 'gamma', 'beta', 'alpha'] as const
const times = { alpha: '080000', beta: '090000', gamma: '100000', delta: '110000' }
const scale: PlainVerdict[] = ['Bad', 'Fair', 'Good']
const rowsFiles = models.map((model) => `${ledger}/results/${model}/${dataset}_20261120_${times[model]}.jsonl`)
const moods = rowsFiles.map((file) =>
  plainVerdicts(file, ['mood', 'value'], (value) => scale.includes(value as PlainVerdict)),
)
const runIds = models.map((model) => `${model}-${dataset}-20261120-${times[model]}`)
const address = `/compare/?dataset=${dataset}&runs=${runIds.join(',')}`

let site: OpenSite
beforeAll(async () => {
  site = await openSite(ledger)
})
afterAll(() => site[Symbol.asyncDispose]())

const query = (page: Page) => new URL(page.url()).searchParams
const ready = (page: Page, count: number) => page.locator(`[data-ready][data-shown="${count}"]`).waitFor()
const optionCount = (page: Page, select: string, value: string) =>
  page.locator(`select[name="${select}"] option[value="${value}"]`).getAttribute('data-count')

test('places apart: counted before, listed after', async () => {
  const { page } = await site.open(address)
  await ready(page, ids.length)
  await page.locator('summary').click()
  for (const gap of [1, 2]) {
    const expected = plainApart(ids, moods, scale, gap)
    expect(expected.length).toBeGreaterThan(0)
    expect(await optionCount(page, 'gap', String(gap))).toBe(String(expected.length))
    await page.locator('select[name="gap"]').selectOption(String(gap))
    await ready(page, expected.length)
    expect(await listItems(page)).toEqual(expected)
    expect(query(page).get('gap')).toBe(String(gap))
  }
  await page.close()
})

test('a parse status that some run has, of the field and of the row', async () => {
  const { page } = await site.open(address)
  await ready(page, ids.length)
  await page.locator('summary').click()
  const faults = rowsFiles.map(plainFaults)
  const withFault = (fault: string) => ids.filter((id) => faults.some((run) => run.get(id) === fault))
  const gone = ids.filter((id) => faults.some((run) => !run.has(id)))
  for (const wholeRow of [false, true]) {
    await page.locator('input[name="of"]').setChecked(wholeRow)
    for (const [status, expected] of [
      ['request_error', withFault('request_error')],
      ['empty', withFault('empty')],
      ['missing', gone],
    ] as const) {
      await page.locator('select[name="status"]').selectOption('')
      await ready(page, ids.length)
      expect(await optionCount(page, 'status', status)).toBe(String(expected.length))
      await page.locator('select[name="status"]').selectOption(status)
      await ready(page, expected.length)
      expect(await listItems(page)).toEqual(expected)
    }
  }
  expect([query(page).get('status'), query(page).get('of')]).toEqual(['missing', 'row'])
  await page.close()
})

describe('the confusion table', () => {
  test('each cell holds the items on which the two say so, and shows them', async () => {
    const { page } = await site.open(`${address}&pair=2.3`)
    await ready(page, ids.length)
    const pair = [moods[2], moods[3]] as Map<string, PlainVerdict>[]
    for (const first of [0, 1, 2, -1])
      for (const second of [0, 1, 2, -1]) {
        const expected = plainSays(ids, pair, [scale[first] ?? null, scale[second] ?? null])
        const cell = page.locator(`[data-cell="${first}.${second}"]`)
        expect(await cell.innerText()).toBe(String(expected.length))
        if (expected.length === 0) continue
        await cell.click()
        await ready(page, expected.length)
        expect(await listItems(page)).toEqual(expected)
        expect(query(page).get('pair')).toBe(`2.3.${[first, second].map((code) => (code < 0 ? 'x' : code)).join('.')}`)
        // the table goes on counting what each cell would show, whatever cell is chosen
        await cell.click()
        await ready(page, ids.length)
      }
    await page.close()
  })

  test('other runs are chosen; the choice follows its runs when another is unticked, and goes with its own', async () => {
    const { page } = await site.open(`${address}&pair=2.3.1.1`)
    const expected = plainSays(ids, [moods[2], moods[3]] as Map<string, PlainVerdict>[], ['Fair', 'Fair'])
    await ready(page, expected.length)
    await page.locator(`[data-run="${runIds[0]}"]`).uncheck()
    await page.waitForURL(/pair=1\.2\.1\.1/)
    await ready(page, expected.length)
    await page.locator(`[data-run="${runIds[3]}"]`).uncheck()
    await ready(page, ids.length)
    expect(query(page).has('pair')).toBe(false)
    await page.locator('select[name="rows"]').selectOption('1')
    await page.waitForURL(/pair=1\.0/)
    await page.close()
  })
})

test('farthest apart first, equal ones in the dataset’s order', async () => {
  const { page } = await site.open(address)
  await ready(page, ids.length)
  await page.locator('select[name="sort"]').selectOption('distance')
  await page.waitForURL(/sort=distance/)
  const expected = ids.toSorted((a, b) => plainDistance(b, moods, scale) - plainDistance(a, moods, scale))
  expect(await listItems(page)).toEqual(expected)
  await page.close()
})

test('choices narrow each other; each is taken away by itself, or all at once', async () => {
  const { disagree } = plainFilters(ids, moods)
  const apart = plainApart(ids, moods, scale, 2)
  const both = disagree.filter((id) => apart.includes(id))
  const { page } = await site.open(`${address}&filter=disagree&gap=2&q=note`)
  await page.locator('[data-ready]').waitFor()
  expect(both.length).toBeGreaterThan(0)
  expect(await listItems(page)).toEqual(both.filter((id) => id.includes('note')))
  await page.getByRole('button', { name: /^“note”/ }).click()
  await ready(page, both.length)
  await page.getByRole('button', { name: /^disagree ,/ }).click()
  await ready(page, apart.length)
  await page.getByRole('button', { name: /^apart ≥ 2/ }).click()
  await ready(page, ids.length)
  expect(page.url()).toBe(site.url + address)
  await page.close()
})

test('no item matches: it says so, and there is a way back', async () => {
  const { page } = await site.open(`${address}&q=nowhere&filter=agree`)
  await ready(page, 0)
  await page.getByText('No item matches.').waitFor()
  await page.getByRole('button', { name: 'Show all 12 items' }).click()
  await ready(page, ids.length)
  await page.close()
})

test('the filtered list as CSV: its ids, each run’s value and status, text that can’t act', async () => {
  const { page } = await site.open(`${address}&filter=disagree`)
  const { disagree } = plainFilters(ids, moods)
  await ready(page, disagree.length)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`${dataset}-${disagree.length}-items.csv`)
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n')
  const names = lines[0]?.replace('\uFEFF', '').split(',') ?? []
  expect(names.slice(0, 4)).toEqual(['custom_id', 'title', `${runIds[0]} mood`, `${runIds[0]} mood status`])
  const rows = lines.slice(1, -1)
  expect(rows.map((row) => row.split(',')[0])).toEqual(disagree)
  const place = names.indexOf(`${runIds[3]} mood`)
  expect(rows.map((row) => row.split(',')[place])).toEqual(disagree.map((id) => moods[3]?.get(id)))
  await page.close()
})

test('the link that is copied opens the same', async () => {
  const { page } = await site.open(`${address}&filter=disagree&gap=1&sort=distance`)
  await page.locator('[data-ready]').waitFor()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByText('copied').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  await page.close()
})
