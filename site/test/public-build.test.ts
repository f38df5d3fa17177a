import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findHidden } from './find-hidden.ts'
import { runSiteBin } from './run-site-bin.ts'
import { published, secrets, shownPrivately, writeMarkedLedger } from './write-marked-ledger.ts'

const scratch = await mkdtemp(join(tmpdir(), 'batchledger-public-'))
afterAll(() => rm(scratch, { recursive: true, force: true }))

type Kind = 'private' | 'public'
const folders: Record<Kind, string> = { private: join(scratch, 'inside'), public: join(scratch, 'outside') }

beforeAll(async () => {
  // no marker in a path of the machine that builds: it would say nothing about the ledger
  const ledger = join(scratch, 'ledger')
  await writeMarkedLedger(ledger)
  for (const [kind, out] of Object.entries(folders)) {
    const built = await runSiteBin(['build', '--ledger', ledger, '--out', out, '--kind', kind])
    if (built.code !== 0) throw new Error(built.stderr)
  }
})

/** By path from the site's root, with a slash before it. */
async function filesOf(kind: Kind): Promise<Map<string, Buffer>> {
  const entries = await readdir(folders[kind], { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(paths.map(async (path) => [path.slice(folders[kind].length), await readFile(path)] as const)),
  )
}

/** Where a marker stands: in bytes or in a path. */
function placesOf(files: ReadonlyMap<string, Buffer>, marker: string): string[] {
  return [...files].flatMap(([path, bytes]) =>
    [...findHidden(bytes, marker), ...findHidden(Buffer.from(path), marker)].map((form) => `${path}: ${form}`),
  )
}

test('no byte of the public build holds anything of a row, an engine, a person or a machine', async () => {
  const files = await filesOf('public')
  expect(files.size).toBeGreaterThan(8)
  const found = Object.entries(secrets).flatMap(([name, marker]) =>
    placesOf(files, marker).map((place) => `${name}: ${place}`),
  )
  expect(found).toEqual([])
  // nor where the site was built
  expect(placesOf(files, scratch.split('/').at(-1)?.split('-').at(-1) ?? '')).toEqual([])
})

test('the same search finds all of it in the private build, and the catalog in both', async () => {
  const [inside, outside] = await Promise.all([filesOf('private'), filesOf('public')])
  const blind = shownPrivately.filter((name) => placesOf(inside, secrets[name]).length === 0)
  expect(blind).toEqual([])
  for (const marker of Object.values(published))
    expect([marker, placesOf(inside, marker).length > 0, placesOf(outside, marker).length > 0]).toEqual([
      marker,
      true,
      true,
    ])
})

test('the public build has pages and what they look like, and no file of data', async () => {
  const paths = [...(await filesOf('public')).keys()].map((path) => path.slice(1))
  expect(
    paths.filter((path) => !/^(?:.*\.html|_astro\/[\w.-]+\.(?:css|js)|favicon\.svg|\.batchledger-site)$/.test(path)),
  ).toEqual([])
  expect(paths.filter((path) => path.startsWith('compare'))).toEqual([])
})

test.each(['private', 'public'] as const)(
  '%s: every page says which build it is, and every link leads somewhere',
  async (kind) => {
    const files = await filesOf(kind)
    const dead: string[] = []
    for (const [path, bytes] of files) {
      if (!path.endsWith('.html')) continue
      const html = bytes.toString('utf8')
      expect([path, html.includes(`${kind} build: holds`)]).toEqual([path, true])
      expect([path, html.includes('<meta name="robots" content="noindex"')]).toEqual([path, kind === 'private'])
      for (const [, link = ''] of html.matchAll(/<[^>]+ (?:href|src|action)="([^"]*)"/g)) {
        if (link.startsWith('#')) continue
        const at = new URL(link.replaceAll('&amp;', '&'), `http://host${path}`)
        const target = decodeURIComponent(at.pathname)
        if (at.host !== 'host') dead.push(`${path}: ${link}`)
        else if (!files.has(target.endsWith('/') ? `${target}index.html` : target)) dead.push(`${path}: ${link}`)
      }
    }
    expect(dead).toEqual([])
  },
)
