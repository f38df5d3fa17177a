import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainFilters, plainVerdicts } from './count-verdicts.ts'
import { listItems } from './list-items.ts'
import { openSite, type OpenSite } from './open-site.ts'

const ledger = process.env['EXAMPLE_LEDGER'] ?? fileURLToPath(new URL('../../examples/ledger', import.meta.url))

// what the two rubrics ask, written down a second time on purpose
const ratings = ['Weak', 'Average', 'Great']
const scales: Record<string, Record<string, unknown[]>> = {
  synthetic_candidates_50: {
    recommendation: ['Strong No', 'No', 'Maybe', 'Yes', 'Strong Yes'],
    educational_pedigree: ratings,
    company_pedigree: ratings,
    trajectory: ratings,
    is_software_engineer: [true, false],
  },
  synthetic_tickets_30: { category: ['billing', 'bug', 'account_access', 'feature_request', 'other'] },
}

describe('the example ledger, really run', () => {
  let site: OpenSite
  beforeAll(async () => {
    site = await openSite(ledger)
  })
  afterAll(() => site[Symbol.asyncDispose]())

  test.each(Object.keys(scales))('%s: counts of every field are those of the rows', async (dataset) => {
    const metas = globSync(`results/*/${dataset}_*.meta.json`, { cwd: ledger }).map(
      (path) =>
        JSON.parse(readFileSync(`${ledger}/${path}`, 'utf8')) as {
          run_id: string
          files: { results: string; input: string }
        },
    )
    expect(metas.length).toBeGreaterThan(1)
    const ids = readFileSync(`${ledger}/${metas[0]?.files.input}`, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { custom_id: string }).custom_id)
    const runs = metas.map(({ run_id }) => run_id)
    const { page, incidents } = await site.open(`/compare/?dataset=${dataset}&runs=${runs.join(',')}`)
    for (const [field, scale] of Object.entries(scales[dataset] ?? {})) {
      const expected = plainFilters(
        ids,
        metas.map(({ files }) =>
          plainVerdicts(`${ledger}/${files.results}`, [field, 'value'], (value) => scale.includes(value)),
        ),
      )
      await page.locator('select[name="field"]').selectOption(field)
      for (const name of ['all', 'agree', 'disagree', 'error'] as const) {
        await page.locator(`input[value="${name}"]`).check({ force: true })
        await page.locator(`[data-ready][data-shown="${expected[name].length}"]`).waitFor()
        expect(await listItems(page)).toEqual(expected[name])
      }
    }
    expect(incidents).toEqual([])
    await page.close()
  })

  test('facets: a count before, the items that have the value after', async () => {
    const [field, dataset] = ['school', 'synthetic_candidates_50']
    const records = readFileSync(`${ledger}/registry/datasets/${dataset}.jsonl`, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { custom_id: string; education: { tier?: string } })
    const tiers = new Set(records.flatMap(({ education: { tier } }) => tier ?? []))
    expect(tiers.size).toBeGreaterThan(1)
    const { page } = await site.open(`/compare/?dataset=${dataset}`)
    await page.locator('[data-ready]').waitFor()
    await page.locator('summary').click()
    for (const tier of tiers) {
      const expected = records.filter(({ education }) => education.tier === tier).map(({ custom_id }) => custom_id)
      const option = page.locator(`select[name="facet.${field}"] option[value="${tier}"]`)
      expect(await option.getAttribute('data-count')).toBe(String(expected.length))
      await page.locator(`select[name="facet.${field}"]`).selectOption(tier)
      await page.locator(`[data-ready][data-shown="${expected.length}"]`).waitFor()
      expect(await listItems(page)).toEqual(expected)
      expect(new URL(page.url()).searchParams.get(`facet.${field}`)).toBe(tier)
    }
    await page.close()
  })

  test('from the runs to the first disagreement in two keys', async () => {
    const { page, incidents } = await site.open('/')
    await page
      .getByRole('link', { name: /^Compare the runs of .*candidates/ })
      .first()
      .click()
    await page.locator('[data-ready]').waitFor()
    await page.keyboard.press('n')
    await page.keyboard.press('Enter')
    await page.locator('dialog.item-dialog .differs').first().waitFor()
    await page.locator('dialog.item-dialog .own dd').first().waitFor()
    expect(incidents).toEqual([])
    await page.close()
  })
})
