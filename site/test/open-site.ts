import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from './launch-browser.ts'
import { runSiteBin } from './run-site-bin.ts'
import { serveFolder } from './serve-folder.ts'

export interface OpenSite extends AsyncDisposable {
  url: string
  /** A page that writes down whatever must not happen. */
  open: (path: string) => Promise<WatchedPage>
}

export interface WatchedPage {
  page: Page
  /** dialogs, console errors, uncaught errors, requests to another origin */
  incidents: string[]
}

/** Builds a ledger's site, serves it below a sub-path and starts a browser. */
export async function openSite(ledger: string, kind: 'private' | 'public' = 'private'): Promise<OpenSite> {
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-site-test-'))
  const out = join(folder, 'site')
  const built = await runSiteBin(['build', '--ledger', ledger, '--out', out, '--kind', kind, '--base', '/sub/path/'])
  if (built.code !== 0) throw new Error(`the build failed:\n${built.stderr}`)
  const server = await serveFolder(out, '/sub/path')
  const browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(15_000)
  return {
    url: server.url,
    open: (path) => openPage(context, server.url, path),
    [Symbol.asyncDispose]: async () => {
      await browser.close()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function openPage(context: BrowserContext, url: string, path: string): Promise<WatchedPage> {
  const page = await context.newPage()
  const incidents: string[] = []
  page.on('dialog', (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (message.type() === 'error') incidents.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => incidents.push(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`)) incidents.push(`request: ${request.url()}`)
  })
  await page.goto(url + path)
  return { page, incidents }
}
