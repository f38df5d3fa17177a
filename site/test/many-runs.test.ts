import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { relativizeAssets } from '../bin/relativize-assets.ts'
import { renderPages } from '../bin/render-pages.ts'
import { makePageData } from './make-page-data.ts'
import { serveFolder, type FolderServer } from './serve-folder.ts'

const folder = await mkdtemp(join(tmpdir(), 'many-runs-'))
const out = join(folder, 'site')
const data = makePageData(1000)
let server: FolderServer
let browser: Browser
let page: Page

beforeAll(async () => {
  await mkdir(join(folder, 'work'))
  await mkdir(out)
  await renderPages(data, join(folder, 'work'), out)
  await relativizeAssets(out, '/')
  server = await serveFolder(out)
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  })
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

test('1,000 runs: page, styles and scripts are at most 150 KB compressed', async () => {
  const html = await readFile(join(out, 'index.html'), 'utf8')
  const assets = await readdir(join(out, '_astro'))
  const linked = assets.filter((name) => html.includes(name))
  expect(linked.length).toBeGreaterThan(2)
  const files = await Promise.all(linked.map((name) => readFile(join(out, '_astro', name))))
  const bytes = [Buffer.from(html), ...files].reduce((sum, file) => sum + gzipSync(file).length, 0)
  expect(bytes).toBeLessThan(150_000)
  expect(html.match(/<tr data-run=/g)).toHaveLength(1000)
})

test('rows are drawn 200 at a time, and filters and order go over all', async () => {
  await page.goto(`${server.url}/`)
  const rows = page.locator('#runs tbody tr:visible')
  const first = page.locator('#runs tbody tr:visible').first()
  expect(await rows.count()).toBe(200)
  await page.locator('#runs thead').getByRole('button', { name: 'req/s' }).click()
  const fastest = data.runs.toSorted(
    (a, b) => (b.meta.execution.req_per_sec ?? 0) - (a.meta.execution.req_per_sec ?? 0),
  )
  expect(await first.getAttribute('data-run')).toBe(fastest[0]?.meta.run_id)
  await page.locator('select[name="status"]').selectOption('partial')
  expect(await page.locator('[data-say="count"]').innerText()).toBe('200 of 1,000 runs')
  expect(await page.locator('#more-runs').isVisible()).toBe(false)
  await page.locator('select[name="status"]').selectOption('completed')
  await page.getByRole('button', { name: 'Show 400 more' }).click()
  expect(await rows.count()).toBe(600)
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('A')
})

test('the datasets used last stand above, the others are a click away', async () => {
  await page.goto(`${server.url}/`)
  const used = [...new Set(data.runs.map(({ dataset }) => dataset))]
  expect(await page.locator('.summary h2').allInnerTexts()).toEqual(used.slice(0, 4).map((id) => `Dataset ${id}`))
  await page.getByRole('link', { name: `${used.length - 4} more datasets` }).click()
  await page.getByRole('heading', { name: 'Datasets' }).waitFor()
  expect(await page.locator('tbody tr').count()).toBe(used.length)
})
