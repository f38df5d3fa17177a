import { isAbsolute } from 'node:path'
import { idSchema, type Dataset } from 'registry'
import { stemOf } from 'registry/node'
import type { Claim } from './source-row.ts'
import type { SourcePart } from './read-source.ts'
import { byTrust } from './cross-examine.ts'

/** A dataset whose ids are at hand. */
export interface KnownDataset {
  id: string
  /** the file's name */
  name: string
  entry: Dataset
  /** custom_id → position */
  positions: ReadonlyMap<string, number>
  /** the catalog has it; else it comes from --input, and its entry is written */
  inCatalog: boolean
}

/** A dataset that nobody gave: known by the ids of the rows alone. */
export interface ProposedDataset {
  id: string
  name: string
  ids: string[]
  /** what was asked, by custom_id's source: the file whose inputs are kept */
  positions: Map<string, number>
  /** of sources whose rows are known by position only: the digest of their inputs */
  inputsSha256?: string
}

export type Recognised = { kind: 'known'; dataset: KnownDataset } | { kind: 'proposed'; dataset: ProposedDataset }

export interface PartToPlace {
  part: SourcePart
  claims: readonly Claim[]
  positional: boolean
  inputsSha256?: string
}

/**
 * Finds each part's dataset: the one that holds all of its custom_ids, the smallest if several do, one that a claim names
 * before others. Ids such as 1, 2, 3 stand in many datasets, so some of a dataset's ids are not enough: nine in ten, or a
 * name, or an input file that somebody gave. Parts that no dataset holds are put together where one's ids are most of another's. Pure.
 */
export function recogniseDatasets(
  parts: readonly PartToPlace[],
  known: readonly KnownDataset[],
  taken: ReadonlySet<string>,
): Recognised[] {
  const found: (Recognised | undefined)[] = parts.map((part) => {
    if (part.positional) return undefined
    const dataset = findKnown(part, known)
    return dataset && { kind: 'known', dataset }
  })
  const proposed: (ProposedDataset & { votes: string[] })[] = []
  const placed = new Map<number, ProposedDataset & { votes: string[] }>()
  const order = parts
    .map((part, index) => ({ part, index }))
    .filter(({ index }) => !found[index])
    .toSorted((a, b) => b.part.part.customIds.length - a.part.part.customIds.length || a.index - b.index)
  for (const { part, index } of order) {
    const ids = part.part.customIds
    let home = proposed.find((other) => isHome(other, part, ids))
    if (!home) {
      home = {
        id: '',
        name: '',
        ids: [],
        positions: new Map(),
        votes: [],
        ...(part.positional && part.inputsSha256 !== undefined ? { inputsSha256: part.inputsSha256 } : {}),
      }
      // without inputs two files of positions have nothing in common
      proposed.push(home)
    }
    for (const id of ids)
      if (!home.positions.has(id)) {
        home.positions.set(id, home.ids.length)
        home.ids.push(id)
      }
    home.votes.push(
      ...byTrust(part.claims, 'dataset.name')
        .map(({ value }) => String(value))
        .slice(0, 1),
    )
    placed.set(index, home)
  }
  nameProposed(proposed, new Set([...taken, ...known.map(({ id }) => id)]))
  return parts.map((_, index) => {
    const one = found[index]
    if (one) return one
    const home = placed.get(index)
    if (!home) throw new Error('a part without a dataset')
    const { votes: _votes, ...dataset } = home
    return { kind: 'proposed', dataset }
  })
}

const enoughOfCatalog = 0.9

function findKnown({ part, claims }: PartToPlace, known: readonly KnownDataset[]): KnownDataset | undefined {
  const holding = known.filter(({ positions }) => part.customIds.every((id) => positions.has(id)))
  const named = new Set(byTrust(claims, 'dataset.name').map(({ value }) => stemOf(String(value))))
  const rank = ({ id }: KnownDataset) => (named.has(id) ? 0 : 1)
  const likely = holding.filter(
    ({ id, positions, inCatalog }) =>
      !inCatalog || named.has(id) || part.customIds.length >= enoughOfCatalog * positions.size,
  )
  return likely.toSorted((a, b) => rank(a) - rank(b) || a.positions.size - b.positions.size)[0]
}

function isHome(other: ProposedDataset, { positional, inputsSha256 }: PartToPlace, ids: readonly string[]): boolean {
  if (positional || other.inputsSha256 !== undefined)
    return positional && inputsSha256 !== undefined && other.inputsSha256 === inputsSha256
  const shared = ids.reduce((count, id) => count + Number(other.positions.has(id)), 0)
  return shared > 0 && shared * 2 >= ids.length
}

/** The name most of its files claim, else one of its ids' count; each taken once. */
function nameProposed(proposed: readonly (ProposedDataset & { votes: string[] })[], taken: Set<string>): void {
  for (const dataset of proposed) {
    const counted = new Map<string, number>()
    for (const vote of dataset.votes) {
      const stem = sanitise(isAbsolute(vote) ? stemOf(vote) : /\.\w{2,6}$/.test(vote) ? stemOf(vote) : vote)
      if (stem !== undefined) counted.set(stem, (counted.get(stem) ?? 0) + 1)
    }
    const [best] = [...counted].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    const wanted = best?.[0] ?? `imported_${dataset.ids.length}`
    let id = wanted
    for (let suffix = 2; taken.has(id); suffix++) id = `${wanted}_${suffix}`
    taken.add(id)
    dataset.id = id
    dataset.name = `${id}.jsonl`
  }
}

function sanitise(name: string): string | undefined {
  const id = name
    .replace(/^.*[/\\]/, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .replaceAll(/\.{2,}/g, '.')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 80)
  return idSchema.safeParse(id).success && id.length > 1 ? id : undefined
}
