import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainVerdicts } from './count-verdicts.ts'
import { openSite, type OpenSite } from './open-site.ts'
import { runSiteBin } from './run-site-bin.ts'
import { added, logLines, longLine, readRun, writeRunLedger } from './write-run-ledger.ts'

const hostile = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const scratch = await mkdtemp(join(tmpdir(), 'run-page-test-'))
const ledger = join(scratch, 'ledger')
const example = 'gemma-3-270m-synthetic_tickets_30-20261124-091551'

interface PlainRow {
  error?: unknown
  response?: { body?: { usage?: { prompt_tokens?: number; completion_tokens?: number } } }
}

async function plainRows(path: string): Promise<PlainRow[]> {
  return (await readFile(path, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as PlainRow)
}

/** A table's body as text, whether or not it is on screen. */
function readTable(page: Page, name: string): Promise<string[][]> {
  return page
    .getByRole('table', { name, includeHidden: true })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim())),
    )
}

let site: OpenSite
beforeAll(async () => {
  await writeRunLedger(ledger)
  site = await openSite(ledger)
})
afterAll(async () => {
  await site[Symbol.asyncDispose]()
  await rm(scratch, { recursive: true, force: true })
})

describe('what came out', () => {
  test('histograms have every row in the bin its tokens belong to', async () => {
    const { meta } = await readRun(ledger, example)
    const rows = await plainRows(join(ledger, meta.files.results))
    const { page, incidents } = await site.open(`/runs/${example}/`)
    for (const [title, read] of [
      ['Prompt tokens by bin', (row: PlainRow) => row.response?.body?.usage?.prompt_tokens],
      ['Output tokens by bin', (row: PlainRow) => row.response?.body?.usage?.completion_tokens],
    ] as const) {
      const tokens = rows.map((row) => read(row) ?? 0)
      const bins = await readTable(page, title)
      expect(bins.length).toBeGreaterThan(1)
      for (const [name = '', count] of bins) {
        const [low = 0, high = low] = name.replaceAll(',', '').split('–').map(Number)
        expect([name, Number(count)]).toEqual([name, tokens.filter((value) => value >= low && value <= high).length])
      }
      expect(bins.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(rows.length)
    }
    expect(incidents).toEqual([])
    await page.close()
  })

  test('verdicts of a field are those of the rows', async () => {
    const { meta } = await readRun(ledger, example)
    const scale = ['billing', 'bug', 'account_access', 'feature_request', 'other']
    const said = [
      ...plainVerdicts(join(ledger, meta.files.results), ['category', 'value'], (value) =>
        scale.includes(String(value)),
      ).values(),
    ]
    const { page } = await site.open(`/runs/${example}/`)
    const shown = await readTable(page, 'Verdicts on Category')
    expect(shown.map(([value, count]) => [value, Number(count)])).toEqual(
      scale.map((value) => [value, said.filter((other) => other === value).length]),
    )
    await page.close()
  })
})

describe('a resumed run', () => {
  test('says first that it is partial and how that is mended, then where it ran, when, and what it drew', async () => {
    const { page, incidents } = await site.open(`/runs/${added.resumed}/`)
    await page.getByText('This run is partial: interrupted with 1 rows to go').waitFor()
    await page.getByText('Mend: Somebody or something stopped it').waitFor()
    // 10,000 J over 29 rows
    expect(await page.locator('.figures div', { hasText: 'Energy per 1,000 rows' }).innerText()).toContain('344,828 J')
    expect((await readTable(page, 'Segments')).map((cells) => [cells[0], cells[3], cells[7]])).toEqual([
      ['1', '2 min 00 s', '3,000 J'],
      ['2', '1 min 00 s', '2,000 J'],
      ['3', '1 min 00 s', '5,000 J'],
    ])
    expect(await page.locator('.timeline figcaption').innerText()).toMatch(
      /nothing ran: 1 min 00 s, 12 h 00 min, drawn shorter/,
    )
    const widths = await page
      .locator('.timeline svg.plot rect.asking')
      .evaluateAll((rects) => rects.map((rect) => Number.parseFloat(rect.getAttribute('width') ?? '')))
    // 8, 8 and 19 minutes of asking
    expect((widths[2] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(19 / 8, 3)
    expect(await page.getByText('NVIDIA T4, 16 GB').count()).toBe(1)
    expect(await page.getByText('550.54.15').count()).toBe(1)
    await page.getByText('How the engine was started').click()
    await page.getByText("vllm serve 'a model' --max-model-len 2048").waitFor()
    expect(incidents).toEqual([])
    await page.close()
  })
})

describe('the log', () => {
  test('its last lines are there without a script, as text', async () => {
    const { page } = await site.open('/')
    const html = await (await page.request.get(`${site.url}/runs/${added.resumed}/`)).text()
    expect(html).toContain('closing 39')
    expect(html.match(/<li value=/g)).toHaveLength(24)
    await page.close()
  })

  test('all of it is read part by part, hostile lines as text, a long one cut', async () => {
    const { page, incidents } = await site.open(`/runs/${added.resumed}/`)
    await page.getByRole('button', { name: 'Read the whole log' }).click()
    const lines = page.getByRole('region', { name: 'The log', exact: true }).locator('li')
    await lines.first().waitFor()
    await page.locator('#log-tail').waitFor({ state: 'hidden' })
    expect(await lines.first().innerText()).toBe('20:00:00step 0 of the engine')
    const seen = await lines.count()
    expect(await page.locator('.log-bar').innerText()).toContain(`Lines 1–${seen.toLocaleString('en')} of 1,544`)
    await page.getByRole('button', { name: 'Later' }).click()
    await page.locator(`.log.whole li[value="${seen + 1}"]`).waitFor()
    await page.getByRole('button', { name: 'Last', exact: true }).click()
    await page.locator('.log.whole').getByText('closing 39').waitFor()
    expect(await page.getByRole('button', { name: 'Later' }).isDisabled()).toBe(true)
    // the one of a megabyte fills a part of its own
    await page.getByRole('button', { name: 'Earlier' }).click()
    const long = page.locator('.log.whole li[value="1504"]')
    expect((await long.innerText()).length).toBeLessThan(2200)
    await long.getByRole('button', { name: /show all 1,000,009 characters/ }).click()
    expect((await long.innerText()).length).toBe(longLine.length)
    await page.getByRole('button', { name: 'Earlier' }).click()
    await page.locator('.log.whole li[value="1501"]').waitFor()
    expect(await page.locator('.log.whole li[value="1501"]').innerText()).toBe(
      '<script>window.pwned = 1</script> </ol><img src=x onerror=alert(1)>',
    )
    expect(await page.locator('.log.whole li[value="1502"]').innerText()).toBe(
      'ERROR engine ⟨U+202E⟩gnorw⟨U+202C⟩ gone',
    )
    expect(await page.locator('.log.whole li[value="1503"]').innerText()).toBe('loading 10 %\nloading 100 %')
    expect(await page.locator('.log.whole').locator('script, img, a, style').count()).toBe(0)
    expect(incidents).toEqual([])
    await page.close()
  })

  test('a search counts lines and goes through them by key, from part to part', async () => {
    const { page, incidents } = await site.open(`/runs/${added.resumed}/`)
    const found = logLines.flatMap((line, place) => (line.includes('Needle') ? [place + 1] : []))
    expect(found).toHaveLength(4)
    const field = page.getByRole('searchbox', { name: 'Search the log' })
    await field.fill('needle')
    const said = page.locator('.log-search output')
    const current = page.locator('li[aria-current]')
    for (const [place, line] of found.entries()) {
      await field.press('Enter')
      await said.getByText(`4 lines have it; at ${place + 1}: line ${line.toLocaleString('en')}`).waitFor()
      await current.and(page.locator(`li[value="${line}"]`)).waitFor()
      expect(await current.locator('mark').innerText()).toBe('Needle')
    }
    await field.press('Shift+Enter')
    await said.getByText('at 3:').waitFor()
    await field.press('Enter')
    await field.press('Enter')
    await said.getByText('at 1:').waitFor()
    await field.fill('nothing like it')
    await field.press('Enter')
    await said.getByText('no line has it').waitFor()
    expect(incidents).toEqual([])
    await page.close()
  })

  test('it is saved as it was', async () => {
    const { page } = await site.open(`/runs/${added.resumed}/`)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as a file' }).click()
    expect((await download).suggestedFilename()).toBe('synthetic_tickets_30_20261201_200000.log')
    expect(await readFile(await (await download).path(), 'utf8')).toBe(`${logLines.join('\n')}\n`)
    await page.close()
  })

  test('a pointer and a missing log are told with the mend', async () => {
    const { page } = await site.open(`/runs/${added.hotter}/`)
    await page
      .getByText(/is a Git LFS pointer here: git lfs pull --include "results\/smollm2-135m\/.*\.log" fetches it/)
      .waitFor()
    await page.goto(`${site.url}/runs/${added.earlier}/`)
    await page.getByText(/is not here: restore it with git checkout -- results\/smollm2-135m\/.*\.log/).waitFor()
    await page.close()
  })
})

test('the command is copied as it is shown', async () => {
  const { page } = await site.open(`/runs/${example}/`)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy the command' }).press('Enter')
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  const { meta } = await readRun(ledger, example)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(meta.execution.command)
  await page.close()
})

test.each([`/runs/${added.resumed}/`, `/runs/${added.hotter}/`, '/datasets/synthetic_tickets_30/'])(
  '%s: axe-core finds nothing in the light and in the dark with all of it open, and it fits a phone',
  async (path) => {
    const { page, incidents } = await site.open(path)
    await page.locator('details').evaluateAll((all) => {
      for (const details of all as HTMLDetailsElement[]) details.open = true
    })
    if (path.includes(added.resumed)) {
      await page.getByRole('searchbox').fill('closing')
      await page.getByRole('searchbox').press('Enter')
      await page.locator('.log.whole mark').first().waitFor()
    }
    await page.evaluate(axeSource)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
      )
      expect(violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes[0]?.html}`)).toEqual([])
    }
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(incidents).toEqual([])
    await page.close()
  },
)

test('with the repository’s address a run links to its commit and pull request', async () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', ledger, '-c', 'user.name=n', '-c', 'user.email=n@n', ...args], { encoding: 'utf8' })
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'Run everything (#41)')
  const commit = git('rev-parse', 'HEAD').trim()
  const out = join(scratch, 'linked')
  const build = (...more: string[]) => runSiteBin(['build', '--ledger', ledger, '--out', out, ...more])
  expect((await build('--repository', 'https://forge.example/o/n/')).code).toBe(0)
  const html = await readFile(join(out, `runs/${example}/index.html`), 'utf8')
  expect(html).toContain('href="https://forge.example/o/n/issues/41"')
  expect(html).toContain(`href="https://forge.example/o/n/commit/${commit}"`)
  const refused = await build('--repository', 'javascript:alert(1)')
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringContaining('--repository: found "javascript:alert(1)"'),
  ])
})

test('a failed run: its causes add up to its errors', async () => {
  const other = await openSite(hostile)
  const { page } = await other.open('/runs/delta-odd_notes_12-20261120-110000/')
  const rows = await plainRows(join(hostile, 'results/delta/odd_notes_12_20261120_110000.jsonl'))
  const causes = await readTable(page, 'Causes of errors')
  expect(causes.reduce((sum, [count]) => sum + Number(count), 0)).toBe(rows.filter(({ error }) => error).length)
  for (const [, , , cause] of causes) expect(cause).toContain('Mend: The weights carry no chat template')
  // the failure stands before any figure
  const text = await page.locator('main').innerText()
  expect(text.indexOf('This run failed')).toBeGreaterThan(0)
  expect(text.indexOf('This run failed')).toBeLessThan(text.indexOf('Success'))
  await page.close()
  await other[Symbol.asyncDispose]()
})
