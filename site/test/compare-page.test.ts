import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainFilters, plainIds, plainVerdicts, type PlainVerdict } from './count-verdicts.ts'
import { openSite, type OpenSite } from './open-site.ts'

const ledger = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))
const dataset = 'odd_notes_12'
const ids = plainIds(ledger, dataset)
const times = { alpha: '080000', beta: '090000', gamma: '100000', delta: '110000' }
type Model = keyof typeof times
const runId = (model: Model) => `${model}-${dataset}-20261120-${times[model]}`
const rows = (model: Model) => `${ledger}/results/${model}/${dataset}_20261120_${times[model]}.jsonl`
const address = (models: readonly Model[], rest = '') =>
  `/compare/?dataset=${dataset}&runs=${models.map(runId).join(',')}${rest}`

const fields = {
  mood: { path: ['mood', 'value'], isValid: (value: unknown) => ['Bad', 'Fair', 'Good'].includes(value as string) },
  is_polite: { path: ['is_polite'], isValid: (value: unknown) => typeof value === 'boolean' },
  clarity: { path: ['clarity'], isValid: (value: unknown) => typeof value === 'number' },
}
type Field = keyof typeof fields
const near = (a: PlainVerdict, b: PlainVerdict) => Math.abs(Number(a) - Number(b)) <= 0.5

function independent(field: Field, models: readonly Model[]) {
  const { path, isValid } = fields[field]
  const runs = models.map((model) => plainVerdicts(rows(model), path, isValid))
  return plainFilters(ids, runs, field === 'clarity' ? near : undefined)
}

let site: OpenSite
beforeAll(async () => {
  site = await openSite(ledger)
})
afterAll(() => site[Symbol.asyncDispose]())

const shownItems = (page: Page) =>
  page.locator('tr[data-item]').evaluateAll((found) => found.map((row) => (row as HTMLElement).dataset['item']))
/** The list is here, with so many items where that is said. */
const ready = (page: Page, count?: number) =>
  page.locator(count === undefined ? '[data-ready]' : `[data-ready][data-shown="${count}"]`).waitFor()
const query = (page: Page) => new URL(page.url()).searchParams
const openItem = (page: Page) => page.locator('dialog.item-dialog[open]').getAttribute('data-item')
const focusedItem = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('tr')?.dataset['item'])

describe('counts and lists are those of the rows', () => {
  const selections: Model[][] = [
    ['alpha', 'beta'],
    ['alpha', 'beta', 'gamma'],
    ['alpha', 'beta', 'gamma', 'delta'],
    ['gamma', 'delta'],
    ['beta'],
  ]
  test.each(selections.map((models) => [models.join(', '), models] as const))('%s', async (_, models) => {
    const { page } = await site.open(address(models))
    for (const field of Object.keys(fields) as Field[]) {
      const expected = independent(field, models)
      await page.locator('select[name="field"]').selectOption(field)
      for (const name of ['all', 'agree', 'disagree', 'error'] as const) {
        await page.locator(`input[value="${name}"]`).check({ force: true })
        await ready(page, expected[name].length)
        expect(await page.locator('.shown-count').innerText()).toBe(
          `${expected[name].length} of ${ids.length} items shown`,
        )
        expect(await page.locator(`[data-count="${name}"]`).textContent()).toBe(String(expected[name].length))
        expect(await shownItems(page)).toEqual(expected[name])
      }
    }
    await page.close()
  })
})

const chips = async (page: Page, id: string, field: Field) => {
  const texts = await page
    .locator(`tr[data-item="${id}"]`)
    .locator(`[data-field="${field}"], [data-lost]`)
    .allInnerTexts()
  return texts.map((text) => text.replaceAll(/\s+/g, ' '))
}

test('differing fields are marked with glyph and word, the outlier against the majority of three', async () => {
  const { page } = await site.open(address(['alpha', 'beta', 'gamma']))
  await ready(page)
  expect(await chips(page, 'note-02', 'mood')).toEqual([
    'Mood: = Bad majority',
    'Mood: ▲ Good outlier',
    'Mood: = Bad majority',
  ])
  expect(await chips(page, 'note-02', 'is_polite')).toEqual(Array.from({ length: 3 }, () => 'Polite: false'))
  expect(await page.locator('tr[data-item="note-02"] th').innerText()).toMatch(/≠ disagree\s+majority Bad/)
  await page.close()
})

test('an unusable verdict says why, a missing one that it is missing, once where no field can be read', async () => {
  const { page } = await site.open(address(['beta', 'gamma']))
  await ready(page)
  expect(await chips(page, 'note-04', 'mood')).toEqual(['Mood: Good', 'Mood: ! repaired Fair'])
  expect(await chips(page, 'note-08', 'mood')).toEqual(['all fields: ! request error', 'all fields: ! truncated'])
  expect(await chips(page, 'note-09', 'mood')).toEqual(['all fields: ! missing', 'all fields: ! empty'])
  await page.close()
})

describe('the address holds the state', () => {
  test('a full address opens as it says and stays as it is', async () => {
    const path = address(['alpha', 'beta'], '&filter=disagree&field=is_polite&q=note&only=1')
    const { page } = await site.open(path)
    await ready(page)
    expect(page.url()).toBe(site.url + path)
    expect(await page.locator('select[name="field"]').inputValue()).toBe('is_polite')
    expect(await page.locator('input[value="disagree"]').isChecked()).toBe(true)
    expect(await page.locator('input[type="search"]').inputValue()).toBe('note')
    expect(
      await page.locator('[data-run]:checked').evaluateAll((ticks) => ticks.map((tick) => tick.dataset['run'])),
    ).toEqual([runId('beta'), runId('alpha')])
    await page.close()
  })

  test('what is changed on the page stands in the address and survives a reload', async () => {
    const { page } = await site.open(`/compare/?dataset=${dataset}`)
    await page.locator(`[data-run="${runId('gamma')}"]`).check()
    await page.locator('select[name="field"]').selectOption('clarity')
    await page.locator('input[value="error"]').check({ force: true })
    await page.locator('input[type="search"]').fill('no')
    await page.waitForURL(/q=no/)
    expect(query(page).get('runs')).toBe([runId('gamma'), runId('beta'), runId('alpha')].join(','))
    expect(query(page).get('filter')).toBe('error')
    expect(query(page).get('field')).toBe('clarity')
    await page.locator('thead th', { hasText: 'Gamma 7B' }).waitFor()
    const before = await shownItems(page)
    await page.reload()
    await ready(page)
    expect(await shownItems(page)).toEqual(before)
    await page.close()
  })

  test('back closes an opened item, forward opens it again', async () => {
    const { page } = await site.open(address(['alpha', 'beta']))
    await page.getByRole('button', { name: 'Late again' }).click()
    await page.locator('dialog.item-dialog').waitFor()
    expect(query(page).get('item')).toBe('note-02')
    await page.goBack()
    await page.locator('dialog.item-dialog').waitFor({ state: 'detached' })
    expect(query(page).has('item')).toBe(false)
    await page.goForward()
    await page.locator('dialog.item-dialog').waitFor()
    expect(await openItem(page)).toBe('note-02')
    await page.close()
  })

  test('a dataset, a run or an item that isn’t there is named', async () => {
    const { page } = await site.open('/compare/?dataset=nowhere')
    await page.getByText('There is no dataset nowhere').waitFor()
    await page.goto(`${site.url}/compare/?dataset=${dataset}&runs=${runId('alpha')},ghost&item=gone`)
    await page.getByText('ghost: no such run of this dataset').waitFor()
    await page.getByText('There is no item gone').waitFor()
    await page.close()
  })
})

describe('a link to an item', () => {
  test('opens its own text beside what each run said', async () => {
    const { page } = await site.open(address(['alpha', 'beta', 'gamma'], '&item=note-01'))
    const dialog = page.locator('dialog.item-dialog')
    await dialog.getByText('The guide was kind and knew every tree.').waitFor()
    const row = (name: string) => dialog.getByRole('row', { name: new RegExp(`^${name}`) })
    expect(await dialog.locator('tbody[data-field="mood"]').innerText()).toMatch(/reads so/)
    expect(await row('Parse status').locator('td').allInnerTexts()).toEqual(['ok', 'ok', 'ok'])
    expect(await row('Finish reason').locator('td').allInnerTexts()).toEqual(['stop', 'stop', 'stop'])
    expect(await row('Tokens').locator('td').first().innerText()).toMatch(/^\d+ prompt, \d+ output$/)
    expect(await row('Raw output').innerText()).toContain('"is_polite":true')
    expect(await row('Thinking').innerText()).toContain('it thanks, so it is polite')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(query(page).has('item')).toBe(false)
    await page.close()
  })

  test.each(['__proto__', '../note-07?x=1&y=#z'])('finds the item called %s', async (id) => {
    const { page } = await site.open(address(['alpha', 'beta'], `&item=${encodeURIComponent(id)}`))
    await page.locator('dialog.item-dialog').waitFor()
    expect(await openItem(page)).toBe(id)
    await page.close()
  })

  test('long output is cut, and shown whole on demand', async () => {
    const { page } = await site.open(address(['beta', 'alpha'], '&item=note-05'))
    const more = page.getByRole('button', { name: /show all .* characters of raw output of Beta/ })
    await more.waitFor()
    const raw = page.locator('tr.raw td').first()
    expect(await raw.innerText()).not.toContain('line 120')
    await more.click()
    expect(await raw.innerText()).toContain('line 120')
    await page.close()
  })
})

describe('keys', () => {
  test('walk, open, go on inside, close', async () => {
    const models: Model[] = ['alpha', 'beta', 'gamma']
    const { disagree } = independent('mood', models)
    const { page } = await site.open(address(models))
    await ready(page)
    await page.keyboard.press('j')
    expect(await focusedItem(page)).toBe(ids[0])
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await focusedItem(page)).toBe(ids[1])
    await page.keyboard.press('p')
    expect(await focusedItem(page)).toBe(disagree[0])
    await page.keyboard.press('n')
    expect(await focusedItem(page)).toBe(disagree[1])
    await page.keyboard.press('Enter')
    await page.locator('dialog.item-dialog').waitFor()
    await page.keyboard.press('n')
    await page.locator(`dialog[data-item="${disagree[2]}"]`).waitFor()
    expect(query(page).get('item')).toBe(disagree[2])
    await page.keyboard.press('k')
    const before = ids[ids.indexOf(disagree[2] ?? '') - 1] ?? ''
    await page.locator(`dialog[data-item="${before}"]`).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    expect(await focusedItem(page)).toBe(before)
    await page.close()
  })

  test('digits tick runs, but not one that can’t stand there', async () => {
    const { page } = await site.open(address(['alpha', 'beta']))
    await ready(page)
    await page.keyboard.press('2')
    await page.locator('thead th', { hasText: 'Delta 1B base' }).waitFor()
    expect(query(page).get('runs')).toContain(runId('delta'))
    await page.keyboard.press('1')
    await page.keyboard.press('5')
    await page.locator('thead th', { hasText: 'Alpha 1B' }).waitFor({ state: 'detached' })
    expect(query(page).get('runs')).toBe([runId('delta'), runId('beta')].join(','))
    await page.close()
  })

  test('while one types they are letters; they can be listed and switched off', async () => {
    const { page } = await site.open(address(['alpha', 'beta']))
    await page.locator('input[type="search"]').fill('')
    await page.locator('input[type="search"]').press('n')
    expect(await page.locator('input[type="search"]').inputValue()).toBe('n')
    await page.locator('input[type="search"]').fill('')
    await page.locator('h1').click()
    await page.keyboard.press('?')
    await page.locator('dialog.help').waitFor()
    await page.getByLabel('single-key shortcuts are on').uncheck()
    await page.keyboard.press('Escape')
    await page.locator('dialog.help').waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    await page.keyboard.press('j')
    expect(await page.locator('dialog').count()).toBe(0)
    expect(await focusedItem(page)).toBeUndefined()
    await page.evaluate(() => localStorage.clear())
    await page.close()
  })
})

describe('what can’t be compared says why', () => {
  test('another prompt, a rubric that is gone', async () => {
    const { page } = await site.open(address(['alpha']))
    const choice = (run: string) => page.locator('li', { has: page.locator(`[data-run="${run}"]`) })
    await choice(runId('alpha')).waitFor()
    const older = choice(`alpha-${dataset}-20261121-080000`)
    expect(await older.locator('input').isDisabled()).toBe(true)
    expect(await older.innerText()).toContain('not comparable: another prompt')
    expect(await choice(`eta-${dataset}-20261118-080000`).innerText()).toContain('rubric not in the catalog')
    await page.close()
  })

  test('a dataset that is not in the catalog', async () => {
    const { page } = await site.open('/compare/?dataset=lost_notes')
    await page.getByText('Nothing to compare: dataset not in the catalog').waitFor()
    await page.close()
  })

  test('an input that lies elsewhere: verdicts yes, its text no', async () => {
    const { page } = await site.open(
      '/compare/?dataset=away_notes_3&runs=alpha-away_notes_3-20261117-080000&item=note-01',
    )
    await page.locator('dialog').getByText('input unavailable').waitFor()
    await page.close()
  })

  test('runs sampled differently are compared with a warning', async () => {
    const { page } = await site.open(address(['alpha', 'beta']))
    await page.getByText('temperature: 0.7 (Beta <3B> & co), 0 (Alpha 1B)').waitFor()
    await page.close()
  })
})
