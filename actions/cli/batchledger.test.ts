import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { formatJson } from 'registry/node'
import { expect, test } from 'vitest'
import { addRun, pathIn } from '../../test/support/add-run.ts'
import { expectGolden } from '../../test/support/expect-golden.ts'
import { commitEdits, makeChange } from '../../test/support/make-change.ts'
import { addRemote, makeFolder, makeLedger } from '../../test/support/make-ledger.ts'
import { runCli } from '../../test/support/run-cli.ts'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'

const answer = () => '{"recommendation":{"value":"Yes","reasoning":"ok"}}'

test('run → publish → merge → register → verify → list → show: each with one JSON object, the shapes of the goldens', async () => {
  const ledger = await makeLedger(3)
  await addRemote(ledger)
  const folder = dirname(ledger.folder)
  await using server = await startVllmProtocolServer({ answer })
  const cli = (...args: string[]) => runCli([...args, '--json'], { cwd: ledger.folder })

  const run = await cli(
    'run',
    '--model',
    'tiny',
    '--dataset',
    'people',
    '--base-url',
    server.baseUrl,
    '--spool',
    ledger.spool,
  )
  expect(run).toMatchObject({ code: 0 })
  await expectGolden('run', run.stdout, folder)
  const { run_id: runId, bundle } = JSON.parse(run.stdout) as { run_id: string; bundle: string }

  const published = await cli('publish', runId, '--spool', ledger.spool)
  expect(published).toMatchObject({ code: 0 })
  await expectGolden('publish', published.stdout, folder)

  await cp(bundle, ledger.folder, { recursive: true })
  for (const [verb, ...args] of [['register'], ['verify'], ['list'], ['show', runId]]) {
    const result = await cli(verb ?? '', ...args)
    expect(result).toMatchObject({ code: 0, stderr: '' })
    await expectGolden(verb ?? '', result.stdout, folder)
  }
})

test('a mistake is exit code 2, one object on standard output and every fault on standard error, without a stack', async () => {
  const ledger = await makeLedger(3)
  const args = [
    'run',
    '--ledger',
    ledger.folder,
    '--spool',
    ledger.spool,
    '--model',
    'a/b',
    '--dataset',
    '../people',
    '--json',
  ]
  const result = await runCli(args, { cwd: dirname(ledger.folder) })
  expect(result.code).toBe(2)
  await expectGolden('run-refused', result.stdout, dirname(ledger.folder))
  expect(result.stderr.split('\n').filter(Boolean)).toHaveLength(3)
  expect(result.stderr).not.toMatch(/ at .*\.ts:\d/)
})

test('a failed run is exit code 1, with its bundle and its reason', async () => {
  const ledger = await makeLedger(3)
  const message = 'chat template is missing'
  await using server = await startVllmProtocolServer({
    answer,
    fault: () => ({ status: 400, body: { error: { message, code: 400 } } }),
  })
  const args = [
    'run',
    '--model',
    'tiny',
    '--dataset',
    'people',
    '--base-url',
    server.baseUrl,
    '--spool',
    ledger.spool,
    '--json',
  ]
  const result = await runCli([...args, '--ledger', ledger.folder], { cwd: ledger.folder })
  expect(result.code).toBe(1)
  await expectGolden('run-failed', result.stdout, dirname(ledger.folder))
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s stops a run with exit code %i, and the same command goes on', async (signal, code) => {
  const ledger = await makeLedger(300)
  await using server = await startVllmProtocolServer({ answer, latencyMs: () => 5 })
  const args = [
    'run',
    '--model',
    'tiny',
    '--dataset',
    'people',
    '--base-url',
    server.baseUrl,
    '--spool',
    ledger.spool,
    '--concurrency',
    '2',
  ]
  const cli = fileURLToPath(new URL('batchledger.ts', import.meta.url))
  const child = spawn(process.execPath, [cli, ...args, '--ledger', ledger.folder], { stdio: 'ignore' })
  const closed = once(child, 'close')
  await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(5)
  child.kill(signal)
  expect(await closed).toEqual([code, null])
  const asked = server.requests.length
  expect(asked).toBeLessThan(300)
  const result = await runCli([...args, '--ledger', ledger.folder], { cwd: ledger.folder })
  expect(result).toMatchObject({ code: 0 })
  expect(result.stderr).toMatch(/going on with tiny-people-.*: \d+ answers are in the journal/)
  expect(server.requests).toHaveLength(300)
})

test('a verification that does not hold is exit code 1', async () => {
  const ledger = await makeLedger(3)
  const { meta } = await addRun(ledger)
  await writeFile(pathIn(ledger, meta.files.results), '')
  const result = await runCli(['verify', '--json', '--ledger', ledger.folder], { cwd: ledger.folder })
  expect(result.code).toBe(1)
  expect((JSON.parse(result.stdout) as { ok: boolean }).ok).toBe(false)
})

test('a disk that takes no more ends the run with exit code 1, names the place, and leaves no bundle', async () => {
  const ledger = await makeLedger(40)
  await using server = await startVllmProtocolServer({
    answer: () => `{"recommendation":{"value":"Yes","reasoning":"${'x'.repeat(4000)}"}}`,
  })
  const args = ['run', '--model', 'tiny', '--dataset', 'people', '--base-url', server.baseUrl, '--spool', ledger.spool]
  const result = await runCli([...args, '--ledger', ledger.folder], { cwd: ledger.folder, shell: 'ulimit -f 64' })
  expect(result.code).toBe(1)
  expect(result.stderr).toMatch(/error: .*(EFBIG|ENOSPC|file too large)/i)
  const [runId = ''] = await readdir(ledger.spool)
  expect((await readdir(join(ledger.spool, runId))).sort()).toEqual([
    'engine.log',
    'job.json',
    'journal.jsonl',
    'run.log',
  ])
})

test('doctor only reports', async () => {
  const ledger = await makeLedger(1)
  await ledger.write('registry/models/bad.yaml', formatJson({}))
  const result = await runCli(['doctor', '--json', '--ledger', ledger.folder], { cwd: ledger.folder })
  expect(result.code).toBe(0)
  const { ok, checks } = JSON.parse(result.stdout) as { ok: boolean; checks: { name: string }[] }
  // what else this machine has is its own affair
  const stable = checks.filter(({ name }) => name === 'git' || name === 'ledger')
  await expectGolden('doctor', JSON.stringify({ ok, checks: stable }), dirname(ledger.folder))
})

test('fetch says what is there and downloads nothing twice', async () => {
  const folder = await makeFolder()
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const args = ['fetch', 'smollm2-135m', '--ledger', root, '--json']
  const result = await runCli(args, { cwd: folder })
  expect(result).toMatchObject({ code: 0, stderr: '' })
  await expectGolden('fetch', result.stdout, cacheFolder(process.env))
  const unknown = await runCli(['fetch', 'nobody', 'qwen-3-4b', '--ledger', root], { cwd: folder })
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toMatch(/"nobody" is not in registry\/models[\s\S]*qwen-3-4b\.yaml: names no weights/)
})

test('site build writes a site, site serve serves it until it is ended', async () => {
  const ledger = await makeLedger(3)
  await addRun(ledger)
  const folder = dirname(ledger.folder)
  const out = join(folder, 'site')
  const built = await runCli(['site', 'build', '--ledger', ledger.folder, '--out', out, '--json'], { cwd: folder })
  expect(built).toMatchObject({ code: 0 })
  await expectGolden('site-build', built.stdout, folder)
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('batchledger.ts', import.meta.url)), 'site', 'serve', out, '--json'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const closed = once(child, 'close')
  const stdout = text(child.stdout)
  const url = await new Promise<string>((resolve) => {
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)
      if (found) resolve(found[0])
    })
  })
  expect(await (await fetch(url)).text()).toContain('Tiny')
  expect((await fetch(`${url}nowhere/`)).status).toBe(404)
  child.kill('SIGTERM')
  await closed
  await expectGolden('site-serve', await stdout, folder)
  expect(child.exitCode).toBe(0)
})

test('outside a ledger, and with unknown words, the mend is named and the exit code is 2', async () => {
  const folder = await makeFolder()
  const lost = await runCli(['list'], { cwd: folder })
  expect(lost).toMatchObject({ code: 2, stdout: '' })
  expect(lost.stderr).toContain('name one with --ledger DIR')
  expect((await runCli(['lisst'], { cwd: folder })).code).toBe(2)
  expect((await runCli(['run', '--model', 'x'], { cwd: folder })).code).toBe(2)
  expect((await runCli(['run', '--model', 'x', '--dataset', 'y', '--limit', '0'], { cwd: folder })).code).toBe(2)
})

test('every verb has a help text', async () => {
  const folder = await makeFolder()
  const verbs = [
    'run',
    'publish',
    'register',
    'verify',
    'list',
    'show',
    'query',
    'export',
    'site build',
    'site serve',
    'fetch',
    'demo',
    'doctor',
  ]
  const results = await Promise.all(verbs.map((verb) => runCli([...verb.split(' '), '--help'], { cwd: folder })))
  for (const { code, stdout } of results) {
    expect(code).toBe(0)
    expect(stdout).toMatch(/--json/)
  }
})

test('verify --base --head: the faults of a change, exit code 1, the comment in a file; a call without both ends is a mistake', async () => {
  const change = await makeChange({
    prepare: (ledger) => ledger.write('registry/policy.yaml', 'gates: { min_success_rate: 90, min_agreement: 0.5 }\n'),
  })
  const { ledger, base, head, meta } = change
  const folder = dirname(ledger.folder)
  const comment = join(folder, 'comment.md')
  const cli = (...args: string[]) =>
    runCli(['verify', '--spool', ledger.spool, ...args], {
      cwd: ledger.folder,
      env: { BATCHLEDGER_CACHE: join(folder, 'cache') },
    })

  const good = await cli('--base', base, '--head', `origin/runs/${meta.run_id}`, '--comment', comment)
  expect(good).toMatchObject({ code: 0, stderr: '' })
  expect(good.stdout).toContain('not checked: the rows (the full check reads them)')
  expect(await readFile(comment, 'utf8')).toMatch(/^<!-- batchledger:verify -->\n### ✅ Holds: `tiny-people-/)

  const edits = [{ path: '.lfsconfig', text: '[lfs]\n' }]
  const tampered = await commitEdits(ledger.folder, { parent: base, tree: head, edits })
  const bad = await cli('--base', base, '--head', tampered, '--full', '--json')
  expect(bad.code).toBe(1)
  await expectGolden('verify-change', bad.stdout, folder)
  const told = await cli('--base', base, '--head', tampered, '--full')
  expect(told.stdout.split('\n')).toEqual([
    expect.stringMatching(/^\.lfsconfig: is added beside a run/),
    expect.stringMatching(/^ +gate +found$/),
    expect.stringMatching(/^met +min_success_rate +answered well: 100 %, wanted at least 90 %$/),
    expect.stringMatching(/^NOT MET +min_agreement +raw agreement over 5 items: 0, wanted at least 0\.5$/),
    expect.stringMatching(/^checked: paths, /),
    expect.stringMatching(/^full check: does not hold, 2 reasons: \.lfsconfig: is added beside a run/),
    '',
  ])

  const half = await cli('--full', meta.run_id)
  expect(half.code).toBe(2)
  expect(half.stderr.match(/^ {2}/gm)).toHaveLength(3)
})
