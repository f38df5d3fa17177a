import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runMetaSchema, type RunMeta } from '../formats/run-meta.ts'
import { checkComparable } from './check-comparable.ts'

const example = '../../../examples/ledger/results/gemma-3-270m/synthetic_tickets_30_20261124_091551.meta.json'

function readMeta(change: (meta: RunMeta) => void = () => undefined): RunMeta {
  const meta = runMetaSchema.parse(JSON.parse(readFileSync(new URL(example, import.meta.url), 'utf8')))
  change(meta)
  return meta
}

test('runs alike in everything are comparable, in verdicts and in speed', () => {
  expect(checkComparable([readMeta(), readMeta()])).toEqual({ refusals: [], warnings: [], speed: [] })
})

test('what differs is told where it matters', () => {
  const other = readMeta((meta) => {
    meta.run_id = 'other'
    meta.dataset.sha256 = 'f'.repeat(64)
    meta.execution.concurrency = 64
    if (meta.execution.sampling) meta.execution.sampling.temperature = 1
  })
  const { refusals, warnings, speed } = checkComparable([readMeta(), other])
  expect(refusals).toEqual([expect.stringMatching(/^dataset digest: .* \(other\)$/)])
  expect(warnings).toEqual([expect.stringMatching(/^sampling temperature: 0 \(.*\); 1 \(other\)$/)])
  expect(speed).toEqual([expect.stringMatching(/^concurrency: /)])
})

test('two imported runs that don’t know what they ran on are not of the same speed', () => {
  const imported = () => readMeta((meta) => delete meta.execution.host)
  expect(checkComparable([imported(), imported()]).speed).toEqual([
    expect.stringMatching(/^hardware, order or concurrency: absent \(.*\): nobody recorded them$/),
  ])
})
