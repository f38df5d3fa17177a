import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { readPointer, splitPrompt, UserError, type Dataset, type Rubric } from 'registry'
import { promptSha256, scanItems } from 'registry/node'
import { ChunkWriter, type PutFile } from './chunk-writer.ts'
import type { ItemsIndex, PromptMessage, StoredItem } from './compare-data.ts'
import { displayOf, headOf, requestOf } from './describe-item.ts'
import { encodeFacets } from './encode-columns.ts'
import { FacetBuilder } from './facet-builder.ts'
import type { RunSet } from './group-runs.ts'

/** One screen of a list needs one of them. */
const headChars = 32 * 1024
/** Opening one item fetches little. */
export const textChars = 128 * 1024

/** Items of a set as they were written. */
export interface WrittenItems {
  index: ItemsIndex
  /** custom_id → position */
  positions: ReadonlyMap<string, number>
  /** of the ids in order */
  idsSha256: string
}

/**
 * Writes a dataset's items in one pass for all sets of runs that judged it: heads and facets once, texts once for each
 * prompt. Holds the ids and a chunk of each.
 * @param sets those that judged these very bytes
 * @throws UserError with every fault of the dataset's lines
 */
export async function writeItems(
  ledger: string,
  dataset: Dataset,
  sets: readonly RunSet[],
  put: PutFile,
  folder: string,
): Promise<Map<RunSet, WrittenItems>> {
  const positions = new Map<string, number>()
  const faults: string[] = []
  const heads = new ChunkWriter(put, `${folder}/heads/`, headChars)
  const facets = Object.entries(dataset.item?.facets ?? {}).map(([name, pointer]) => {
    return { name, pointer, builder: new FacetBuilder() }
  })
  const prompts = groupPrompts(sets, dataset).map(({ rubric, sets: asked }, place) => ({
    sets: asked,
    file: `${folder}/${place}/prompt.json`,
    messages: rubric && splitPrompt(rubric, dataset.custom_id),
    texts: new ChunkWriter(put, `${folder}/${place}/`, textChars),
  }))
  for await (const item of scanItems(ledger, dataset)) {
    if (item.problem !== undefined) {
      faults.push(item.problem)
      continue
    }
    const { customId, record } = item
    positions.set(customId, positions.size)
    await heads.add(JSON.stringify(headOf(customId, record, dataset)))
    for (const { pointer, builder } of facets) builder.add(readPointer(record, pointer))
    const display = displayOf(record, dataset)
    const request = dataset.format === 'openai-batch' ? requestOf(record) : undefined
    for (const { messages, texts } of prompts) {
      const fills = messages?.map(({ fill }) => fill(record))
      const stored: StoredItem = { display, ...(fills ? { fills } : {}), ...(request ? { request } : {}) }
      await texts.add(JSON.stringify(stored))
    }
  }
  if (faults.length > 0) throw new UserError('the dataset has faults', faults)
  const idsSha256 = digestIds(positions.keys())
  const shared = { count: positions.size, heads: await heads.end(), ...(await writeFacets(put, folder, facets)) }
  const written = new Map<RunSet, WrittenItems>()
  for (const { sets: asked, file, messages, texts } of prompts) {
    const index: ItemsIndex = { ...shared, texts: await texts.end(), ...(messages ? { prompt: file } : {}) }
    if (messages)
      await put(file, JSON.stringify(messages.map(({ role, texts: parts }): PromptMessage => ({ role, texts: parts }))))
    for (const set of asked) written.set(set, { index, positions, idsSha256 })
  }
  return written
}

/** Items of which only the ids are known. */
export async function writeIds(ids: readonly string[], put: PutFile, folder: string): Promise<WrittenItems> {
  const heads = new ChunkWriter(put, `${folder}/heads/`, headChars)
  const texts = new ChunkWriter(put, `${folder}/texts/`, textChars)
  const stored = JSON.stringify({ display: [] } satisfies StoredItem)
  for (const id of ids) {
    await heads.add(JSON.stringify([id, null]))
    await texts.add(stored)
  }
  return {
    index: { count: ids.length, heads: await heads.end(), texts: await texts.end(), facets: [] },
    positions: new Map(ids.map((id, position) => [id, position])),
    idsSha256: digestIds(ids),
  }
}

function digestIds(ids: Iterable<string>): string {
  const hash = createHash('sha256')
  for (const id of ids) hash.update(`${JSON.stringify(id)}\n`)
  return hash.digest('hex')
}

/** Sets by the prompt their runs were given; one without a rubric where the catalog doesn't have that prompt any more. */
function groupPrompts(sets: readonly RunSet[], dataset: Dataset): { rubric?: Rubric; sets: RunSet[] }[] {
  const known = new Map<string, { rubric: Rubric; sets: RunSet[] }>()
  const unknown: RunSet[] = []
  for (const set of sets) {
    const rubric = set.rubric?.entry
    const sha256 = set.promptSha256
    if (dataset.format !== 'records' || !rubric || sha256 === undefined || promptSha256(rubric) !== sha256)
      unknown.push(set)
    else {
      const group = known.get(sha256) ?? { rubric, sets: [] }
      known.set(sha256, group)
      group.sets.push(set)
    }
  }
  return [...known.values(), ...(unknown.length > 0 ? [{ sets: unknown }] : [])]
}

async function writeFacets(
  put: PutFile,
  folder: string,
  facets: readonly { name: string; builder: FacetBuilder }[],
): Promise<Pick<ItemsIndex, 'facets' | 'facetFile'>> {
  const built = facets.flatMap(({ name, builder }) => {
    const facet = builder.end()
    return facet ? [{ name, ...facet }] : []
  })
  if (built.length === 0) return { facets: [] }
  const facetFile = `${folder}/facets.cols`
  await put(facetFile, gzipSync(encodeFacets(built.map(({ codes }) => codes)), { level: 9 }))
  return { facets: built.map(({ name, values }) => ({ name, values })), facetFile }
}
