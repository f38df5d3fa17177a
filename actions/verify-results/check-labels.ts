import { labelsPathOf } from 'registry/node'
import type { Change } from './read-change.ts'

/**
 * Labels name rows by their ids and hold people's notes: of personal data neither comes into plain Git, which can't forget.
 * What main doesn't know, or can't read the entry of, counts as personal. Pure.
 */
export function checkLabels({ paths, passing, main }: Pick<Change, 'paths' | 'passing' | 'main'>): string[] {
  const datasets = [...main.catalog.datasets].flatMap(([id, { privacy, labels }]) =>
    [labels ?? '', labelsPathOf(id)].map((path) => ({ path, id, privacy })),
  )
  const personal = new Map(
    datasets.flatMap(({ path, id, privacy }) => (privacy === 'personal' ? [[path, id] as const] : [])),
  )
  const known = new Set(datasets.map(({ path }) => path))
  const brought = [...paths.filter(({ status }) => status !== 'deleted').map(({ path }) => path), ...passing]
  return [...new Set(brought)].flatMap((path) => {
    const id = personal.get(path)
    if (id !== undefined)
      return [
        `${path}: labels of ${id}, which is personal: plain Git can’t forget ids and notes; close this pull request, delete its branch, and keep them where batchledger labels add puts them`,
      ]
    if (known.has(path) || !/^registry\/labels\/.*\.jsonl$/i.test(path)) return []
    return [
      `${path}: labels of a dataset that main has no sound entry of, so that nobody can tell whether it is personal: merge registry/datasets/<id>.yaml first, then bring them with batchledger labels add`,
    ]
  })
}
