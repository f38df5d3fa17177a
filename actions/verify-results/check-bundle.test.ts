import type { RunMeta } from 'registry'
import { formatJson, metaPathOf } from 'registry/node'
import { expect, test } from 'vitest'
import { readExampleMeta } from '../../test/support/read-example-meta.ts'
import { checkBundles } from './check-bundle.ts'
import type { Change } from './read-change.ts'

const example = await readExampleMeta()

/** The same run id from two places: slugs and stems both hold dashes. */
function runAt(slug: string, stem: string): RunMeta {
  const base = `results/${slug}/${stem}_20261124_091213`
  return {
    ...example,
    run_id: 'a-b-c-20261124-091213',
    model: { ...example.model, slug },
    dataset: { ...example.dataset, name: `${stem}.jsonl` },
    files: { ...example.files, results: `${base}.jsonl`, log: `${base}.log` },
  }
}

function changeWith(runs: readonly RunMeta[], onMain: readonly RunMeta[]): Change {
  const files = runs.flatMap((meta) => [
    { path: metaPathOf(meta), text: formatJson(meta) },
    ...(['results', 'log'] as const).map((part) => ({
      path: meta.files[part],
      text: `version https://git-lfs.github.com/spec/v1\noid sha256:${meta.files.sha256[part]}\nsize ${meta.files.bytes[part]}\n`,
    })),
  ])
  const empty = new Map<string, never>()
  return {
    base: '',
    head: '',
    mergeBase: '',
    crissCross: false,
    prefix: '',
    paths: files.map(({ path, text }) => ({ path, status: 'added', mode: '100644', oid: path, size: text.length })),
    texts: new Map(files.map(({ path, text }) => [path, text])),
    passing: [],
    mainEntries: empty,
    headEntries: empty,
    main: {
      catalog: {
        models: empty,
        datasets: empty,
        rubrics: empty,
        policy: { allow_hosts: { engines: [], lfs: [], export: [] }, engines: {}, gates: {}, lfs: {} },
        problems: [],
      },
      runs: onMain.map((meta) => ({ meta, metaPath: metaPathOf(meta) })),
    },
  }
}

const ofRunId = ({ faults }: { faults: readonly string[] }) => faults.filter((fault) => fault.includes('run_id'))

test('a run id that main has at another place is told, and so is one that stands twice in the change', () => {
  const [one, other] = [runAt('a', 'b-c'), runAt('a-b', 'c')]
  expect(ofRunId(checkBundles(changeWith([one], [])))).toEqual([])
  expect(ofRunId(checkBundles(changeWith([one], [other])))).toEqual([
    'results/a/b-c_20261124_091213.meta.json: run_id a-b-c-20261124-091213 stands on main in results/a-b/c_20261124_091213.meta.json: one of them is a copy; take this one out',
  ])
  expect(ofRunId(checkBundles(changeWith([one, other], [])))).toEqual([
    'results/a-b/c_20261124_091213.meta.json: run_id a-b-c-20261124-091213 stands twice in this change: one of them is a copy',
  ])
})

test('what main’s catalog does not have is named, each entry with its file', () => {
  const { runs, faults } = checkBundles(changeWith([runAt('a', 'b-c')], []))
  expect(runs).toHaveLength(1)
  expect(faults.map((fault) => /names (registry\/\S+),/.exec(fault)?.[1])).toEqual([
    'registry/models/a.yaml',
    'registry/datasets/b-c.yaml',
    'registry/rubrics/candidate_evaluation_v1.yaml',
  ])
})
