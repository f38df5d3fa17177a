import type { RunMeta } from 'registry'
import { expect, test } from 'vitest'
import { readExampleMeta } from '../../test/support/read-example-meta.ts'
import { findComparable } from './find-comparable.ts'

const meta = await readExampleMeta()

/** Runs on main, newest first, each the run itself with an id of its own and what is changed in it. */
const main = (...changes: ((meta: RunMeta) => Partial<RunMeta>)[]) =>
  changes.map((change, index) => {
    const run = { ...meta, run_id: `run-${index}`, ...change(meta) }
    return { meta: run, metaPath: `results/x/${index}.meta.json` }
  })
const execution = (change: Partial<RunMeta['execution']>) => (run: RunMeta) => ({
  execution: { ...run.execution, ...change },
})
const dataset = (change: Partial<RunMeta['dataset']>) => (run: RunMeta) => ({ dataset: { ...run.dataset, ...change } })

test('the newest run of the same model, dataset and prompt; failed ones are passed over', () => {
  const runs = main(
    () => ({ status: 'failed' }),
    (run) => ({ model: { ...run.model, slug: 'other' } }),
    dataset({ sha256: '0'.repeat(64) }),
    dataset({ prompt_sha256: '0'.repeat(64) }),
    () => ({}),
    () => ({}),
  )
  const found = findComparable(meta, runs)
  expect(found.verdicts).toMatchObject({ run: { run_id: 'run-4' }, warnings: [] })
  expect(found.speed.run?.run_id).toBe('run-4')
})

test('a run is not compared with itself', () => {
  expect(
    findComparable(
      meta,
      main(() => ({ run_id: meta.run_id })),
    ).verdicts.run,
  ).toBeUndefined()
})

test.each<[string, RunMeta, ReturnType<typeof main>, string]>([
  ['no run', meta, [], 'main has no earlier run of gemma-3-270m that was answered'],
  [
    'other bytes',
    meta,
    main(dataset({ sha256: '0'.repeat(64) })),
    'main has no earlier run of gemma-3-270m over the same bytes of synthetic_candidates_50.jsonl',
  ],
  [
    'another prompt',
    meta,
    main(dataset({ prompt_sha256: '0'.repeat(64) })),
    'run-0, the last one over this dataset, was asked with another prompt',
  ],
])('%s: the reason is said', (_name, run, runs, reason) => {
  const found = findComparable(run, runs)
  expect(found).toEqual({ verdicts: { reason }, speed: { reason } })
})

test('another sampling or other weights are a warning', () => {
  const { sampling } = meta.execution
  const [run] = main(execution({ sampling: { max_tokens: 1, ...sampling, temperature: 0.7 } }))
  if (!run) throw new Error('there is one')
  run.meta.model = { ...run.meta.model, weights_sha256: 'f'.repeat(64) }
  const { verdicts } = findComparable(meta, [run])
  expect(verdicts).toMatchObject({
    run: { run_id: 'run-0' },
    warnings: ['temperature: 0.7 → 0', 'weights: ffffffffffff → a5fd3b62230a'],
  })
})

test.each<[string, (run: RunMeta) => Partial<RunMeta>, RegExp]>([
  ['concurrency', execution({ concurrency: 64 }), /run-0 differs in concurrency: 64 → 4$/],
  ['order', execution({ order: 'prefix' }), /order: prefix → input/],
  ['engine version', execution({ engine: { ...meta.execution.engine, version: '9' } }), /engine version: 9 → /],
  [
    'unknown version',
    execution({ engine: { name: meta.execution.engine.name, args: meta.execution.engine.args } }),
    /engine version: not known/,
  ],
  ['arguments', execution({ engine: { ...meta.execution.engine, args: { x: 1 } } }), /engine arguments: \{"x":1\} → /],
  [
    'hardware',
    execution({ host: { platform: '', ...meta.execution.host, cpus: 64 } }),
    /hardware: linux-x64 AMD EPYC 64 25\.3 → linux-x64 AMD EPYC 2 25\.3/,
  ],
])('speed is not compared over another %s', (_name, change, reason) => {
  const found = findComparable(meta, main(change))
  expect(found.verdicts.run?.run_id).toBe('run-0')
  expect(found.speed.run).toBeUndefined()
  expect('reason' in found.speed && found.speed.reason).toMatch(reason)
})

test('speed goes further back than verdicts, to the last run that was as fast by right', () => {
  const found = findComparable(
    meta,
    main(execution({ concurrency: 64 }), () => ({})),
  )
  expect([found.verdicts.run?.run_id, found.speed.run?.run_id]).toEqual(['run-0', 'run-1'])
})
