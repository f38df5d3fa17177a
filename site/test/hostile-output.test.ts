import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite, type OpenSite } from './open-site.ts'

const ledger = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))
const runs = [
  'alpha-odd_notes_12-20261120-080000',
  'beta-odd_notes_12-20261120-090000',
  'gamma-odd_notes_12-20261120-100000',
]

let site: OpenSite
beforeAll(async () => {
  site = await openSite(ledger)
})
afterAll(() => site[Symbol.asyncDispose]())

test('every item opened in turn: output is text, nothing runs, nothing is fetched from elsewhere', async () => {
  const { page, incidents } = await site.open(`/compare/?dataset=odd_notes_12&runs=${runs.join(',')}&item=note-01`)
  const seen: string[] = []
  const dialog = page.locator('dialog.item-dialog')
  for (let item = 1; item <= 12; item++) {
    await dialog.getByText(`${item} of 12`).waitFor()
    await dialog.locator('tr.raw td', { hasText: 'Loading' }).first().waitFor({ state: 'detached' })
    seen.push(await dialog.innerText())
    // whatever an answer says, it makes no element and no link
    expect(await dialog.locator('script, img, iframe, a, style, link').count()).toBe(0)
    await page.keyboard.press('j')
  }
  const text = seen.join('\n')
  for (const shown of [
    '<script>window.pwned = 1; alert(1)</script>',
    '<img src="https://evil.invalid/x.png" onerror="alert(2)">',
    '[click](javascript:alert(3))',
    '<iframe src="https://evil.invalid/"></iframe>',
    'NUL ⟨U+0000⟩ ANSI ⟨U+001B⟩[31mred',
    'bidi ⟨U+202E⟩gnorw⟨U+202C⟩ zero⟨U+200B⟩width bom ⟨U+FEFF⟩ lone ⟨U+D800⟩ end',
    '"__proto__": {"polluted": true}',
    '</script><script>alert(4)</script>',
    'HTTP 400',
    'engine stopped answering: connection reset',
  ])
    expect(text).toContain(shown)
  expect(
    await page.evaluate(() => [
      (globalThis as Record<string, unknown>)['pwned'],
      ({} as Record<string, unknown>)['polluted'],
    ]),
  ).toEqual([undefined, undefined])
  expect(incidents).toEqual([])
  await page.close()
})

test('no page carries a script, a handler or a style of its own', async () => {
  const { page } = await site.open('/')
  for (const path of ['/', '/compare/', '/datasets/odd_notes_12/', `/runs/${runs[1]}/`]) {
    const html = await (await page.request.get(site.url + path)).text()
    expect(html).toContain(`content="default-src 'self'`)
    expect(html.match(/<script(?![^>]* src=)[^>]*>/g)).toBeNull()
    expect(html.match(/<[a-z][^>]*\s(?:on[a-z]+|style)=/gi)).toBeNull()
    expect(html.match(/<style/g)).toBeNull()
    expect(html).not.toContain('<i>markup</i>')
  }
  await page.close()
})
