import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import type { Dataset, Rubric, RunMeta } from 'registry'
import { checkDataset, datasetPath } from 'registry/node'
import { RequestBuilder } from './build-request.ts'
import { blocksPerRow, hashPrefix } from './order-requests.ts'

/**
 * A dataset's requests, read on demand: what is held is an id, three numbers and 64 bytes of prefix hashes a row, never
 * the rows. Positions are ordinals in the dataset.
 */
export interface RequestSource {
  customIds: string[]
  /** bytes of each final body, about proportional to its tokens */
  sizes: Uint32Array
  /** digest over the ordered digests of all final bodies: what was asked */
  sha256: string
  sampling: NonNullable<RunMeta['execution']['sampling']>
  overrides: string[]
  /** a row's final request as JSON, with `model` in front */
  text(position: number, model: string): string
  close(): void
}

type OpenedSource =
  /** prefixes: chained hashes, `blocksPerRow` a row; for ordering, and for nothing after it */
  { source: RequestSource; prefixes: Uint32Array; problems: [] } | { source?: never; problems: string[] }

/** Reads and checks a dataset once. Every fault is told; a source comes only without faults. */
export async function openRequestSource(
  ledger: string,
  id: string,
  dataset: Dataset,
  rubric: Rubric | undefined,
  rubricId: string | undefined,
): Promise<OpenedSource> {
  const builder = new RequestBuilder(dataset, rubric, rubricId)
  const customIds: string[] = []
  // the entry's count, unless the file can't hold as many; rows beyond it are a fault that checkDataset tells
  const bytes = statSync(datasetPath(ledger, dataset), { throwIfNoEntry: false })?.size ?? 0
  const rows = Math.min(dataset.count, bytes)
  const offsets = new Float64Array(rows)
  const lengths = new Uint32Array(rows)
  const sizes = new Uint32Array(rows)
  const prefixes = new Uint32Array(rows * blocksPerRow)
  const digest = createHash('sha256')
  const findings: string[] = []
  const problems = await checkDataset(ledger, id, dataset, (item) => {
    const built = builder.build(item.record)
    for (const finding of built.findings) findings.push(`${dataset.file}:${item.number}: ${finding}`)
    if (!built.request) return
    const { text, messages } = built.request
    const row = customIds.push(item.customId) - 1
    offsets[row] = item.offset
    lengths[row] = item.length
    sizes[row] = text.length
    hashPrefix(messages, prefixes, row)
    digest.update(`${text.length}:${text}`)
  })
  const faults = [...problems, ...findings]
  if (faults.length > 0) return { problems: faults }
  const file = openSync(datasetPath(ledger, dataset), 'r')
  const source: RequestSource = {
    customIds,
    sizes,
    sha256: digest.digest('hex'),
    sampling: builder.sampling,
    overrides: builder.overrides,
    text(position, model) {
      const line = Buffer.allocUnsafe(lengths[position] ?? 0)
      readSync(file, line, 0, line.length, offsets[position] ?? 0)
      const { request } = builder.build(JSON.parse(line.toString('utf8')) as Record<string, unknown>)
      if (!request) throw new Error(`${dataset.file}: row ${position + 1} changed while the run was going on`)
      return `{"model":${JSON.stringify(model)},${request.text.slice(1)}`
    },
    close: () => closeSync(file),
  }
  return { source, prefixes, problems: [] }
}
