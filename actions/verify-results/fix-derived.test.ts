import { appendFile, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatJson, indexPath, metaPathOf, sha256 } from 'registry/node'
import { expect, test } from 'vitest'
import { addRun, pathIn } from '../../test/support/add-run.ts'
import { expectGolden } from '../../test/support/expect-golden.ts'
import { makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { runCli } from '../../test/support/run-cli.ts'
import { fixDerived } from './fix-derived.ts'
import { verifyResults } from './verify-results.ts'

/** Every file of a ledger but its index, with digest and time of change. */
async function authored({ folder }: TestLedger): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    paths
      .filter((path) => path !== join(folder, indexPath))
      .sort()
      .map(async (path) => `${path} ${sha256(await readFile(path))} ${(await stat(path)).mtimeMs}`),
  )
}

test('the index is written anew where it is missing, edited or out of date, and left where it is right', async () => {
  const ledger = await makeLedger(3)
  await addRun(ledger, { at: '2026-11-24T08:00:00Z' })
  const path = pathIn(ledger, indexPath)
  const fix = () => fixDerived({ ledger: ledger.folder })
  expect(await fix()).toEqual({ fixed: [`${indexPath}: written anew out of 1 runs’ metas`], unfixed: [] })
  const right = await readFile(path, 'utf8')
  for (const wrong of ['', 'no JSON', right.replace('completed', 'failed'), undefined]) {
    await (wrong === undefined ? rm(path) : writeFile(path, wrong))
    expect((await verifyResults({ ledger: ledger.folder, runIds: [] })).ok).toBe(false)
    expect((await fix()).fixed).toHaveLength(1)
    expect(await readFile(path, 'utf8')).toBe(right)
  }
  const { mtimeMs } = await stat(path)
  expect(await fix()).toEqual({ fixed: [], unfixed: [] })
  expect((await stat(path)).mtimeMs).toBe(mtimeMs)
  await addRun(ledger, { salt: 1, at: '2026-11-24T09:00:00Z' })
  expect((await fix()).fixed).toEqual([`${indexPath}: written anew out of 2 runs’ metas`])
  expect((await verifyResults({ ledger: ledger.folder, runIds: [] })).ok).toBe(true)
})

test('nothing of a run is ever touched: its faults stay faults, each with its mend', async () => {
  const ledger = await makeLedger(3)
  const { meta } = await addRun(ledger)
  const path = pathIn(ledger, metaPathOf(meta))
  await writeFile(path, formatJson({ ...meta, results: { ...meta.results, avg_prompt_tokens: 1 } }))
  await appendFile(pathIn(ledger, meta.files.results), '{torn\n')
  await rm(pathIn(ledger, meta.files.log))
  const before = await authored(ledger)
  const result = await runCli(['verify', '--fix', '--json', '--ledger', ledger.folder], { cwd: ledger.folder })
  expect(await authored(ledger)).toEqual(before)
  expect(result.code).toBe(1)
  const outcome = JSON.parse(result.stdout) as { fixed: string[]; problems: string[]; runs: { problems: string[] }[] }
  expect(outcome.fixed).toEqual([`${indexPath}: written anew out of 1 runs’ metas`])
  expect(outcome.problems).toEqual([])
  expect(outcome.runs[0]?.problems.join('\n')).toMatch(
    /sha256 is .*git checkout[\s\S]*results\.avg_prompt_tokens is 1, the rows give[\s\S]*no such file: restore it with git checkout/,
  )
})

test('a meta that can’t be believed leaves the index as it is', async () => {
  const ledger = await makeLedger(3)
  const { meta } = await addRun(ledger)
  await fixDerived({ ledger: ledger.folder })
  const right = await readFile(pathIn(ledger, indexPath), 'utf8')
  await writeFile(pathIn(ledger, metaPathOf(meta)), '{}')
  const { fixed, unfixed } = await fixDerived({ ledger: ledger.folder })
  expect(fixed).toEqual([])
  expect(unfixed).toEqual([
    expect.stringMatching(/metadata\.json: left as it is, since \d+ faults .*verify --fix again/),
  ])
  expect(await readFile(pathIn(ledger, indexPath), 'utf8')).toBe(right)
})

test('what was done is told, and then all holds', async () => {
  const ledger = await makeLedger(2)
  await addRun(ledger)
  const args = ['verify', '--fix', '--ledger', ledger.folder]
  const json = await runCli([...args, '--json'], { cwd: ledger.folder })
  expect(json).toMatchObject({ code: 0, stderr: '' })
  await expectGolden('verify-fix', json.stdout, ledger.folder)
  expect((await runCli(args, { cwd: ledger.folder })).stdout).toBe('1 runs checked, all hold\n')
  await rm(pathIn(ledger, indexPath))
  expect((await runCli(args, { cwd: ledger.folder })).stdout).toBe(
    'fixed: results/metadata.json: written anew out of 1 runs’ metas\n1 runs checked, all hold\n',
  )
})

test('--fix is for the whole ledger: with runs or a change it is refused', async () => {
  const ledger = await makeLedger(2)
  const { meta } = await addRun(ledger)
  for (const args of [[meta.run_id], ['--base', 'main', '--head', 'other']]) {
    const result = await runCli(['verify', ...args, '--fix', '--ledger', ledger.folder], { cwd: ledger.folder })
    expect(result).toMatchObject({ code: 2, stderr: expect.stringMatching(/--fix: /) })
  }
  await expect(stat(pathIn(ledger, indexPath))).rejects.toThrow(/ENOENT/)
})
