import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { relativizeAssets } from './relativize-assets.ts'

const folder = await mkdtemp(join(tmpdir(), 'relativize-'))
afterAll(() => rm(folder, { recursive: true }))

test('links to assets start at the page, those of the 404 page at the base; text is left alone', async () => {
  const html =
    '<link rel="stylesheet" href="/_astro/a.css"><script type="module" src="/_astro/b.js"></script><p>href=&quot;/_astro/c&quot;</p>'
  await mkdir(join(folder, 'runs/x'), { recursive: true })
  for (const file of ['index.html', '404.html', 'runs/x/index.html']) await writeFile(join(folder, file), html)
  expect(await relativizeAssets(folder, '/ledger/')).toBe(3)
  expect(await readFile(join(folder, 'index.html'), 'utf8')).toContain('href="./_astro/a.css"')
  expect(await readFile(join(folder, '404.html'), 'utf8')).toContain('src="/ledger/_astro/b.js"')
  const deep = await readFile(join(folder, 'runs/x/index.html'), 'utf8')
  expect(deep).toContain('href="../../_astro/a.css"')
  expect(deep).toContain('<p>href=&quot;/_astro/c&quot;</p>')
})
