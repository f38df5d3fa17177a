import { appendFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { addForge } from '../../test/support/add-forge.ts'
import { makeLedger } from '../../test/support/make-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { git } from '../adapters/git.ts'
import { mergeWhenWhole } from '../merge-shards/merge-when-whole.ts'
import { takeLock } from '../run-batch/job-lock.ts'
import { clearMerged } from './clear-merged.ts'
import { publishRun } from './publish-run.ts'

test('a run leaves the spool only when its very bytes are on main and its objects on the server', async () => {
  const ledger = await makeLedger(3)
  const { server, remote } = await addForge(ledger)
  await using engine = await startVllmProtocolServer({ answer: () => '{"recommendation":{"value":"Yes"}}' })
  const { runId, meta, folder } = await runTestBatch(ledger, { baseUrl: engine.baseUrl })
  const inputs = { ledger: ledger.folder, spool: ledger.spool, remote: 'origin', auth: { token: server.token } }
  const why = async () => {
    const { cleared, kept } = await clearMerged(inputs)
    expect(cleared).toEqual([])
    expect(await readdir(ledger.spool)).toContain(runId)
    return kept[0]?.why
  }
  expect(await why()).toBe('it is not on main yet')
  const { commit } = await publishRun({ ...inputs, runId })
  expect(await why()).toBe('it is not on main yet')
  await git(remote, ['update-ref', 'refs/heads/main', commit])

  const rows = server.lfs.objects.get(meta.files.sha256.results) ?? Buffer.alloc(0)
  server.lfs.objects.delete(meta.files.sha256.results)
  expect(await why()).toMatch(/object [0-9a-f]{12}… is not there: 404/)
  server.lfs.objects.delete(meta.files.sha256.log)
  server.lfs.allMissingIs404 = true
  expect(await why()).toMatch(/404 to the whole batch/)
  server.lfs.objects.set(meta.files.sha256.results, rows).set(meta.files.sha256.log, rows)

  const lock = await takeLock(join(ledger.spool, runId))
  expect(await why()).toMatch(/^process \d+ on /)
  if ('release' in lock) await lock.release()
  expect(await clearMerged(inputs)).toEqual({ cleared: [runId], kept: [] })
  expect(await readdir(ledger.spool)).not.toContain(runId)
  expect(folder).toContain(runId)
})

test('a newer bundle of the run, and one that may go on, are kept', async () => {
  const ledger = await makeLedger(3)
  const { server, remote } = await addForge(ledger)
  const inputs = { ledger: ledger.folder, spool: ledger.spool, remote: 'origin', auth: { token: server.token } }
  await using engine = await startVllmProtocolServer({ answer: () => '{"recommendation":{"value":"Yes"}}' })
  const changed = await runTestBatch(ledger, { baseUrl: engine.baseUrl })
  const published = await publishRun({ ...inputs, runId: changed.runId })
  await git(remote, ['update-ref', 'refs/heads/main', published.commit])
  await appendFile(join(changed.folder, changed.meta.files.log), 'more\n')

  await using sick = await startVllmProtocolServer({
    fault: () => ({ status: 400, body: { error: { message: 'no', code: 400 } } }),
    answer: () => '',
  })
  const failed = await runTestBatch(ledger, { baseUrl: sick.baseUrl, deps: { again: true } })
  const second = await publishRun({ ...inputs, runId: failed.runId })
  await git(remote, ['update-ref', 'refs/heads/main', second.commit])
  const { cleared, kept } = await clearMerged(inputs)
  expect(cleared).toEqual([])
  expect(Object.fromEntries(kept.map(({ runId, why }) => [runId, why]))).toEqual({
    [changed.runId]: expect.stringMatching(/^main holds other bytes at results\/tiny\/.*\.log$/) as unknown,
    [failed.runId]: 'it is failed: the same command may go on; spool drop removes it',
  })
})

test('shards leave the spool with the run they were merged into', async () => {
  const ledger = await makeLedger(6)
  const { server, remote } = await addForge(ledger)
  const inputs = { ledger: ledger.folder, spool: ledger.spool, remote: 'origin', auth: { token: server.token } }
  await using engine = await startVllmProtocolServer({ answer: () => '{"recommendation":{"value":"Yes"}}' })
  const run = (index: number) =>
    runTestBatch(ledger, { baseUrl: engine.baseUrl, inputs: { shard: { index, count: 2 } } })
  const [first, second] = [await run(0), await run(1)]
  const deps = { spool: ledger.spool, now: () => new Date(), engineName: 'merge' }
  const merged = await mergeWhenWhole({ ledger: ledger.folder, runId: first.runId }, deps)
  const runId = 'runId' in merged ? merged.runId : ''
  const { commit } = await publishRun({ ...inputs, runId })
  expect((await clearMerged(inputs)).cleared).toEqual([])
  await git(remote, ['update-ref', 'refs/heads/main', commit])
  const { cleared, kept } = await clearMerged(inputs)
  expect(kept).toEqual([])
  expect(new Set(cleared)).toEqual(new Set([first.runId, second.runId, runId]))
  expect(await readdir(ledger.spool)).toEqual([])
  // so that the same dispatch makes a new run, as it does of a whole one
  expect((await run(0)).already).toBe(false)
})
