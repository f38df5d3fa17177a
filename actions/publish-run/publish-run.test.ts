import { appendFile, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UserError } from 'registry'
import { digestFile, readLedger } from 'registry/node'
import { expect, test } from 'vitest'
import { addRemote, makeFolder, makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { git } from '../adapters/git.ts'
import type { RunOutcome } from '../run-batch/run-batch.ts'
import { publishRun, type PublishOutcome } from './publish-run.ts'

async function makeRun(): Promise<{ ledger: TestLedger; remote: string; run: RunOutcome }> {
  const ledger = await makeLedger(5)
  const remote = await addRemote(ledger)
  await using server = await startVllmProtocolServer({ answer: () => '{"recommendation":{"value":"Yes"}}' })
  return { ledger, remote, run: await runTestBatch(ledger, { baseUrl: server.baseUrl }) }
}

const publish = (ledger: TestLedger, runId: string, remote = 'origin'): Promise<PublishOutcome> =>
  publishRun({ ledger: ledger.folder, spool: ledger.spool, runId, remote })

const objectPath = (remote: string, oid: string) =>
  join(remote, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)

test('rows and log travel as pointers, the meta in plain Git, the objects are in the remote', async () => {
  const { ledger, remote, run } = await makeRun()
  const before = await git(ledger.folder, ['status', '--porcelain=v2', '--branch'])
  const published = await publish(ledger, run.runId)
  expect(published).toMatchObject({ branch: `runs/${run.runId}`, already: false })
  const { files } = run.meta
  for (const part of ['results', 'log'] as const) {
    const text = await git(remote, ['show', `runs/${run.runId}:${files[part]}`])
    expect(text).toBe(
      `version https://git-lfs.github.com/spec/v1\noid sha256:${files.sha256[part]}\nsize ${files.bytes[part]}\n`,
    )
    expect((await stat(objectPath(remote, files.sha256[part]))).size).toBe(files.bytes[part])
  }
  const metaText = await git(remote, ['show', `runs/${run.runId}:${files.results.replace('.jsonl', '.meta.json')}`])
  expect(JSON.parse(metaText)).toEqual(run.meta)
  const touched = await git(remote, ['diff', '--name-only', 'main', `runs/${run.runId}`])
  expect(touched.trim().split('\n')).toHaveLength(3)
  expect(await git(ledger.folder, ['status', '--porcelain=v2', '--branch'])).toBe(before)
})

test('a clone of the remote with LFS holds the run after the merge', async () => {
  const { ledger, remote, run } = await makeRun()
  await publish(ledger, run.runId)
  const clone = join(await makeFolder(), 'clone')
  await git(ledger.folder, ['fetch', '--quiet', 'origin', `runs/${run.runId}`])
  await git(ledger.folder, ['push', '--quiet', 'origin', 'FETCH_HEAD:refs/heads/main'])
  await git(ledger.folder, [
    '-c',
    'filter.lfs.process=git-lfs filter-process',
    '-c',
    'filter.lfs.smudge=git-lfs smudge -- %f',
    'clone',
    '--quiet',
    pathToFileURL(remote).href,
    clone,
  ])
  const { runs, problems } = await readLedger(clone)
  expect(problems).toEqual([])
  expect(runs.map(({ meta }) => meta.run_id)).toEqual([run.runId])
  expect((await digestFile(join(clone, run.meta.files.results))).sha256).toBe(run.meta.files.sha256.results)
})

test('publishing again changes nothing, before and after the merge', async () => {
  const { ledger, remote, run } = await makeRun()
  const first = await publish(ledger, run.runId)
  expect(await publish(ledger, run.runId)).toEqual({ ...first, already: true })
  await git(remote, ['update-ref', 'refs/heads/main', first.commit])
  await git(remote, ['update-ref', '-d', `refs/heads/runs/${run.runId}`])
  expect(await publish(ledger, run.runId)).toEqual({ ...first, already: true })
  expect(await git(remote, ['for-each-ref', '--format=%(refname)'])).toBe('refs/heads/main\n')
})

test('an object that the remote lost is sent again', async () => {
  const { ledger, remote, run } = await makeRun()
  await publish(ledger, run.runId)
  await rm(objectPath(remote, run.meta.files.sha256.results))
  await publish(ledger, run.runId)
  expect((await digestFile(objectPath(remote, run.meta.files.sha256.results))).bytes).toBe(run.meta.files.bytes.results)
})

test('a run whose engine never started is published too: its empty rows are an empty file', async () => {
  const ledger = await makeLedger(2)
  const remote = await addRemote(ledger)
  const { EngineError } = await import('../engines/engine.ts')
  const run = await runTestBatch(ledger, {
    engine: { start: () => Promise.reject(new EngineError('no memory')), stop: () => Promise.resolve() },
  })
  await publish(ledger, run.runId)
  expect(await git(remote, ['show', `runs/${run.runId}:${run.meta.files.results}`])).toBe('')
})

async function faults(promise: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).problems
}

test('a bundle that was changed after the run is refused, and the remote stays as it was', async () => {
  const { ledger, remote, run } = await makeRun()
  await appendFile(join(run.folder, run.meta.files.results), '{}\n')
  await appendFile(join(run.folder, run.meta.files.log), 'more\n')
  const found = await faults(publish(ledger, run.runId))
  expect(found).toHaveLength(2)
  expect(found[0]).toMatch(/\.jsonl: sha256 is .*: the file was changed after the run$/)
  expect(await git(remote, ['for-each-ref', '--format=%(refname)'])).toBe('refs/heads/main\n')
})

test('unknown run, unknown remote, missing LFS attributes: each names the mend', async () => {
  const { ledger, run } = await makeRun()
  expect(await faults(publish(ledger, 'nobody'))).toEqual([
    expect.stringMatching(/^"nobody" is not in the spool .*; it holds tiny-people-/),
  ])
  expect(await faults(publish(ledger, run.runId, 'upstream'))).toEqual([
    '--remote "upstream": no such remote; known: origin; add it with git remote add NAME URL',
  ])
  await git(ledger.folder, ['rm', '--quiet', '.gitattributes'])
  await git(ledger.folder, ['commit', '--quiet', '-m', 'Drop attributes'])
  await git(ledger.folder, ['push', '--quiet', 'origin', 'main'])
  expect(await faults(publish(ledger, run.runId))).toEqual([
    expect.stringMatching(/^\.gitattributes on main: .*filter=lfs/),
  ])
})

test('a remote that is an option of Git is no remote', async () => {
  const { ledger, run } = await makeRun()
  const proof = join(await makeFolder(), 'proof')
  expect(await faults(publish(ledger, run.runId, `--upload-pack=touch ${proof};`))).toEqual([
    expect.stringMatching(/no such remote; known: origin/),
  ])
  expect(await stat(proof).catch(() => undefined)).toBeUndefined()
})

test('a run on main is never rewritten: the same command asks nothing, --continues makes a new run', async () => {
  const ledger = await makeLedger(5)
  const remote = await addRemote(ledger)
  let sick = true
  await using server = await startVllmProtocolServer({
    answer: () => '{"recommendation":{"value":"Yes"}}',
    fault: (body) =>
      sick && JSON.stringify(body).includes('years\\":2')
        ? { status: 500, body: { error: { message: 'no' } } }
        : undefined,
  })
  const limits = { maxTries: 1 }
  const first = await runTestBatch(ledger, { baseUrl: server.baseUrl, limits })
  expect(first.meta.results.errors).toBe(1)
  const { commit } = await publish(ledger, first.runId)
  await git(remote, ['update-ref', 'refs/heads/main', commit])
  await git(remote, ['update-ref', '-d', `refs/heads/runs/${first.runId}`])
  sick = false
  expect(await runTestBatch(ledger, { baseUrl: server.baseUrl })).toMatchObject({ runId: first.runId, already: true })
  const second = await runTestBatch(ledger, { baseUrl: server.baseUrl, deps: { continues: first.runId } })
  expect(second.meta).toMatchObject({ results: { success: 5 }, execution: { continues: first.runId } })
  await publish(ledger, second.runId)

  const forged = join(first.folder, first.meta.files.results.replace('.jsonl', '.meta.json'))
  await writeFile(forged, JSON.stringify({ ...first.meta, execution: { ...first.meta.execution, concurrency: 99 } }))
  expect(await faults(publish(ledger, first.runId))).toEqual([
    expect.stringMatching(/stands on main with other content, and a run is write-once/),
  ])
})

test('a branch that holds something else is not overwritten', async () => {
  const { ledger, remote, run } = await makeRun()
  const main = (await git(remote, ['rev-parse', 'main'])).trim()
  await git(remote, ['update-ref', `refs/heads/runs/${run.runId}`, main])
  expect(await faults(publish(ledger, run.runId))).toEqual([
    expect.stringMatching(/differs from the bundle: look at the branch/),
  ])
  expect((await git(remote, ['rev-parse', `runs/${run.runId}`])).trim()).toBe(main)
})

test('a ledger in a folder of a repository publishes into that folder', async () => {
  const { ledger, run } = await makeRun()
  const outer = join(ledger.folder, '..', 'outer')
  await git(join(ledger.folder, '..'), ['clone', '--quiet', join(ledger.folder, '..', 'remote.git'), outer])
  await git(outer, ['config', 'user.email', 'test@localhost'])
  await git(outer, ['config', 'user.name', 'Test'])
  await git(outer, ['mv', '-k', 'registry', '.gitattributes', '.'])
  const inner = { ...ledger, folder: join(outer, 'ledgers', 'a') }
  await ledger.write('../outer/ledgers/a/registry/policy.yaml', '{}\n')
  await ledger.write('../outer/ledgers/a/.gitattributes', await readFile(join(ledger.folder, '.gitattributes'), 'utf8'))
  await git(outer, ['add', '--all'])
  await git(outer, ['commit', '--quiet', '-m', 'Nest'])
  await git(outer, ['push', '--quiet', 'origin', 'main'])
  await publish(inner, run.runId)
  expect(await git(outer, ['ls-remote', '--heads', 'origin', `runs/${run.runId}`])).not.toBe('')
  await git(outer, ['fetch', '--quiet', 'origin', `runs/${run.runId}`])
  expect(await git(outer, ['show', `FETCH_HEAD:ledgers/a/${run.meta.files.results}`])).toContain(
    run.meta.files.sha256.results,
  )
  expect(await publish(inner, run.runId)).toMatchObject({ already: true })
})
