import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, lstat, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { runSiteBin, siteBin } from './run-site-bin.ts'

const fixture = fileURLToPath(new URL('../../test/ledgers/hostile-output', import.meta.url))
const rows = 'results/beta/odd_notes_12_20261120_090000.jsonl'
const scratch = await mkdtemp(join(tmpdir(), 'build-site-test-'))
afterAll(() => rm(scratch, { recursive: true, force: true }))

let count = 0
const place = (name: string) => join(scratch, `${count++}-${name}`)

/** A copy of the fixture that a test may spoil. */
async function copyLedger(): Promise<string> {
  const ledger = place('ledger')
  await cp(fixture, ledger, { recursive: true })
  return ledger
}

test('--json: one object on stdout, all else on stderr; an earlier site is replaced', async () => {
  const out = place('site')
  const build = () => runSiteBin(['build', '--ledger', fixture, '--out', out, '--commit', 'abc1234', '--json'])
  const first = await build()
  expect(first.code).toBe(0)
  expect(first.stdout.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(first.stdout)).toEqual({
    out,
    kind: 'private',
    runs: 8,
    datasets: 3,
    pages: 20,
    seconds: expect.any(Number),
  })
  expect(await readFile(join(out, 'index.html'), 'utf8')).toMatch(/private build: holds rows.*abc1234/s)
  await writeFile(join(out, 'stale.html'), '')
  expect((await build()).code).toBe(0)
  expect(await readdir(out)).not.toContain('stale.html')
  expect((await stat(out)).mode & 0o777).toBe(0o755)
})

test('with a cache the second build is the same, file by file, and so is one without', async () => {
  const cache = place('cache')
  const files = async (more: string[]) => {
    const out = place('site')
    expect((await runSiteBin(['build', '--ledger', fixture, '--out', out, '--name', 'n', ...more])).code).toBe(0)
    const names = (await readdir(join(out, 'data'), { recursive: true }))
      .filter((name) => /\.(json|cols)$/.test(name))
      .sort()
    return Promise.all(names.map(async (name) => [name, await readFile(join(out, 'data', name), 'latin1')]))
  }
  const first = await files(['--cache', cache])
  expect(await readdir(cache)).toEqual(['columns', 'site'])
  expect(await files(['--cache', cache])).toEqual(first)
  expect(await files([])).toEqual(first)
})

test('a public site takes the place of a private one, and never the other way round', async () => {
  const out = place('site')
  const build = (...more: string[]) => runSiteBin(['build', '--ledger', fixture, '--out', out, ...more])
  expect((await build()).code).toBe(0)
  expect(await readFile(join(out, 'robots.txt'), 'utf8')).toContain('Disallow: /')
  expect((await build('--kind', 'public')).code).toBe(0)
  expect(await readdir(out)).not.toContain('robots.txt')
  const refused = await build()
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('holds a public site')])
  expect(await readFile(join(out, 'index.html'), 'utf8')).toContain('public build: holds no rows')
  expect((await build('--kind', 'secret')).stderr).toContain('--kind: found "secret", expected private or public')
})

test('two builds at a time into one folder both end well, and leave nothing where they were started', async () => {
  const out = place('site')
  const cwd = place('cwd')
  await mkdir(cwd)
  const results = await Promise.all([1, 2].map(() => runSiteBin(['build', '--ledger', fixture, '--out', out], cwd)))
  expect(results.map(({ code, stderr }) => [code, stderr.includes('Error')])).toEqual([
    [0, false],
    [0, false],
  ])
  expect(await readdir(out)).toContain('.batchledger-site')
  expect(await readdir(cwd)).toEqual([])
  expect((await readdir(scratch)).filter((name) => name.startsWith('.'))).toEqual([])
})

test('a link to an earlier site stays a link', async () => {
  const out = place('site')
  const link = place('link')
  await mkdir(out)
  await symlink(out, link)
  const ledger = place('ledger')
  await mkdir(join(ledger, 'results'), { recursive: true })
  expect((await runSiteBin(['build', '--ledger', ledger, '--out', link])).code).toBe(0)
  expect((await lstat(link)).isSymbolicLink()).toBe(true)
  expect(await readdir(out)).toContain('index.html')
})

test('an empty ledger has its pages', async () => {
  const ledger = place('ledger')
  await mkdir(join(ledger, 'results'), { recursive: true })
  const out = place('site')
  expect((await runSiteBin(['build', '--ledger', ledger, '--out', out])).code).toBe(0)
  expect(await readFile(join(out, 'index.html'), 'utf8')).toContain('holds no run yet')
  expect(await readFile(join(out, 'compare/index.html'), 'utf8')).toContain('No run to compare yet')
})

describe('what the user can mend ends with 2, a line for each fault and no stack', () => {
  async function refused(args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await runSiteBin(args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).not.toMatch(/^\s+at /m)
    return stderr
  }

  test('arguments', async () => {
    expect(await refused([])).toContain('command: found "", expected build')
    expect(await refused(['build'])).toMatch(/--ledger: missing[^\n]*\n--out: missing/)
    expect(await refused(['build', '--frobnicate'])).toContain('--frobnicate')
    expect(await refused(['build', '--ledger', fixture, '--out', place('x'), '--base', 'http://x/'])).toContain(
      '--base',
    )
  })

  test('no ledger', async () => {
    expect(await refused(['build', '--ledger', scratch, '--out', place('x')])).toContain(
      'neither registry/ nor results/',
    )
  })

  test('an out folder that holds something else stays as it is', async () => {
    const out = place('precious')
    await mkdir(out)
    await writeFile(join(out, 'thesis.txt'), 'all of it')
    expect(await refused(['build', '--ledger', fixture, '--out', out])).toContain('no earlier site')
    expect(await readdir(out)).toEqual(['thesis.txt'])
    expect(await refused(['build', '--ledger', fixture, '--out', join(out, 'thesis.txt')])).toContain(
      'a file, expected',
    )
    expect(await refused(['build', '--ledger', fixture, '--out', join(out, 'thesis.txt', 'x')])).toContain('--out')
  })

  test('pointers and missing rows, all of them, with the mend; the earlier site stays', async () => {
    const ledger = await copyLedger()
    const out = place('site')
    expect((await runSiteBin(['build', '--ledger', ledger, '--out', out])).code).toBe(0)
    await writeFile(join(ledger, rows), 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n')
    await rm(join(ledger, 'results/zeta/lost_notes_20261119_080000.jsonl'))
    const said = await refused(['build', '--ledger', ledger, '--out', out])
    expect(said).toContain(`git lfs pull --include "${rows}"`)
    expect(said).toContain('git checkout -- results/zeta/lost_notes_20261119_080000.jsonl')
    expect(await readdir(out)).toContain('index.html')
    expect((await readdir(scratch)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('a meta that can’t be read and a faulty catalog entry', async () => {
    const ledger = await copyLedger()
    await writeFile(join(ledger, 'results/eta/odd_notes_12_20261118_080000.meta.json'), '{')
    await writeFile(join(ledger, 'registry/datasets/away_notes_3.yaml'), 'title: no more\n')
    const said = await refused(['build', '--ledger', ledger, '--out', place('x')])
    expect(said).toContain('results/eta/odd_notes_12_20261118_080000.meta.json: not JSON')
    expect(said).toContain('registry/datasets/away_notes_3.yaml:1')
  })
})

test('what a build says of personal rows holds no id and no line: it may stand in a job’s log', async () => {
  const ledger = await copyLedger()
  const text = await readFile(join(ledger, rows), 'utf8')
  await writeFile(join(ledger, rows), `${text}${text.split('\n')[0]?.replace('note-01', 'Jane-Roe') ?? ''}\n`)
  const said = async () => {
    const { code, stderr } = await runSiteBin(['build', '--ledger', ledger, '--out', place('site')])
    return { code, stderr }
  }
  expect((await said()).stderr).toContain('Jane-Roe')
  const meta = join(ledger, rows.replace('.jsonl', '.meta.json'))
  await writeFile(meta, (await readFile(meta, 'utf8')).replace('"privacy": "synthetic"', '"privacy": "personal"'))
  const { code, stderr } = await said()
  expect([code, stderr.includes('Jane-Roe')]).toEqual([0, false])
  expect(stderr).toMatch(/warning: beta-odd_notes_12-20261120-090000: \d+ findings; the dataset is personal/)
})

test('an id of a row can’t give the job that builds a command', async () => {
  const ledger = await copyLedger()
  const text = await readFile(join(ledger, rows), 'utf8')
  const row = JSON.parse(text.split('\n')[0] ?? '') as object
  await writeFile(
    join(ledger, rows),
    `${text}${JSON.stringify({ ...row, custom_id: 'x\n::add-path::/tmp\r\n##[group]y\u001B[2J' })}\n`,
  )
  const { stderr } = await runSiteBin(['build', '--ledger', ledger, '--out', place('site')])
  expect(stderr).toContain('add-path')
  expect(stderr).not.toMatch(/::|##\[|\u001B/)
})

const cli = fileURLToPath(new URL('../../actions/cli/batchledger.ts', import.meta.url))

test.each([
  ['SIGINT', 'batchledger-site', [siteBin]],
  ['SIGTERM', 'batchledger-site', [siteBin]],
  ['SIGTERM', 'batchledger site', [cli, 'site']],
] as const)('a build that %s to %s ends leaves no row’s word behind', async (signal, _, command) => {
  const [parent, temporary] = [place('parent'), place('temporary')]
  await Promise.all([mkdir(parent), mkdir(temporary)])
  const args = ['build', '--ledger', fixture, '--kind', 'public', '--out', join(parent, 'site')]
  const env = { ...process.env, TMPDIR: temporary, BATCHLEDGER_CACHE: place('cache') }
  const child = spawn(process.execPath, [...command, ...args], { env })
  let said = ''
  for await (const chunk of child.stderr) {
    said += String(chunk)
    // by then the rows' files are written
    if (said.includes('rendering pages') && !child.killed) {
      expect((await readdir(temporary, { recursive: true })).some((name) => name.endsWith('.cols'))).toBe(true)
      child.kill(signal)
    }
  }
  expect([child.exitCode ?? (await once(child, 'exit'))[0], child.killed]).toEqual([
    signal === 'SIGINT' ? 130 : 143,
    true,
  ])
  expect([await readdir(temporary), await readdir(parent)]).toEqual([[], []])
})

test('rows that don’t fit the meta are shown, not hidden: a warning, and a notice on the run’s page', async () => {
  const ledger = await copyLedger()
  const text = await readFile(join(ledger, rows), 'utf8')
  const lines = text.split('\n')
  await writeFile(join(ledger, rows), ['{torn', ...lines.slice(1)].join('\n'))
  const out = place('site')
  const { code, stderr } = await runSiteBin(['build', '--ledger', ledger, '--out', out])
  expect(code).toBe(0)
  expect(stderr).toContain(`warning: ${rows}:1: not JSON`)
  expect(stderr).toContain(`warning: ${rows.replace('.jsonl', '.meta.json')}: results.success is 11 in the meta`)
  const page = await readFile(join(out, 'runs/beta-odd_notes_12-20261120-090000/index.html'), 'utf8')
  expect(page).toContain('results.success is 11 in the meta, the rows say 10')
})
