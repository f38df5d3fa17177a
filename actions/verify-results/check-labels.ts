import { labelsPathOf } from 'registry/node'
import type { Change } from './read-change.ts'

/** Labels name rows by their ids and hold people's notes: of personal data neither comes into plain Git, which can't forget. Pure. */
export function checkLabels({ paths, passing, main }: Pick<Change, 'paths' | 'passing' | 'main'>): string[] {
  const personal = new Map(
    [...main.catalog.datasets].flatMap(([id, { privacy, labels }]) =>
      privacy === 'personal' ? [labels ?? '', labelsPathOf(id)].map((path) => [path, id] as const) : [],
    ),
  )
  const brought = [...paths.filter(({ status }) => status !== 'deleted').map(({ path }) => path), ...passing]
  return [...new Set(brought)].flatMap((path) => {
    const id = personal.get(path)
    if (id === undefined) return []
    return [
      `${path}: labels of ${id}, which is personal: plain Git can’t forget ids and notes; close this pull request, delete its branch, and keep them where batchledger labels add puts them`,
    ]
  })
}
