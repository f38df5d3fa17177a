import fc from 'fast-check'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { missingStatus, renderMessages, rubricSchema, type AlignedField, type Dataset } from 'registry'
import { promptSha256, sha256 } from 'registry/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noFacet, type CompareRun, type ItemsIndex } from '../data/compare-data.ts'
import { encodeColumns, encodeTokens } from '../data/encode-columns.ts'
import { writeItems } from '../data/write-items.ts'
import { DataSource } from './data-source.ts'

/** Files by path, as a static server gives them. */
class Files {
  readonly files = new Map<string, Uint8Array<ArrayBuffer> | string>()
  asked: string[] = []
  readonly put = (path: string, content: string | Uint8Array): Promise<void> => {
    this.files.set(path, typeof content === 'string' ? content : new Uint8Array(content))
    return Promise.resolve()
  }
  readonly fetch = (address: string): Promise<Response> => {
    const path = address.slice('root/'.length)
    this.asked.push(path)
    const file = this.files.get(path)
    return Promise.resolve(file === undefined ? new Response('', { status: 404 }) : new Response(file))
  }
}

const run: CompareRun = {
  runId: 'r',
  page: 'r',
  model: 'R',
  slug: 'r',
  status: 'completed',
  startedAt: '2026-11-24T00:00:00Z',
  sampling: {},
  engine: 'e',
  configuration: {},
  set: 0,
  columns: 'r.cols',
  tokens: 'r.tokens.cols',
}

describe('columns come back as they were', () => {
  /** A status with -1 where it is missing, else with any code of a scale that may be large. */
  const cell = (most: number) =>
    fc.oneof(
      { weight: 1, arbitrary: fc.constant([missingStatus, -1] as const) },
      { weight: 5, arbitrary: fc.tuple(fc.nat(missingStatus - 1), fc.integer({ min: -1, max: most })) },
    )
  const column = (count: number, most: number) =>
    fc.array(cell(most), { minLength: count, maxLength: count }).map((cells): AlignedField => ({
      statuses: Uint8Array.from(cells, ([status]) => status),
      codes: Int32Array.from(cells, ([, code]) => code),
    }))
  const runs = fc
    .tuple(fc.nat(300), fc.constantFrom(2, 9, 400, 20_000), fc.boolean())
    .chain(([count, most, shuffled]) =>
      fc.record({
        whole: column(count, -1),
        fields: fc.dictionary(fc.string(), column(count, most), { maxKeys: 4, noNullPrototype: true }),
        numbers: fc.array(fc.oneof(fc.double(), fc.constant(Number.NaN)), { minLength: count, maxLength: count }),
        order: shuffled
          ? fc.shuffledSubarray(
              Array.from({ length: count }, (_, place) => place),
              { minLength: count },
            )
          : fc.constant(undefined),
        tokens: fc.array(fc.nat(1 << 30), { minLength: count, maxLength: count }),
        starts: fc.array(fc.nat(1 << 30), { maxLength: 5 }),
      }),
    )

  test('any run, zipped or not, its rows in the items’ order or not', async () => {
    await fc.assert(
      fc.asyncProperty(runs, fc.boolean(), async ({ whole, fields, numbers, order, tokens, starts }, zipped) => {
        let next = 0
        const { statuses } = whole
        const rows = Int32Array.from(statuses, (status) => (status === missingStatus ? -1 : next++))
        const moved = order ? rows.map((row) => (row < 0 ? -1 : (order[row] as number))) : rows
        const named = new Map(Object.entries(fields))
        named.set('score', {
          statuses,
          codes: new Int32Array(statuses.length).fill(-1),
          numbers: Float64Array.from(numbers),
        })
        const texts = { folder: 'texts/', starts }
        const files = new Files()
        const zip = (bytes: Uint8Array) => (zipped ? gzipSync(bytes) : bytes)
        await files.put('r.cols', zip(encodeColumns({ statuses, fields: named, rows: moved }, texts)))
        await files.put('r.tokens.cols', zip(encodeTokens(Float64Array.from(tokens))))
        const source = new DataSource('root/', files.fetch)
        expect(await source.columns(run, statuses.length)).toEqual({
          statuses,
          fields: named,
          rows: moved,
          tokens: new Float64Array(),
          texts,
        })
        expect(await source.tokens(run, statuses.length)).toEqual(Float64Array.from(tokens))
      }),
      { numRuns: 80 },
    )
  })

  test('a file of another dataset, or none, is refused, and asked for again', async () => {
    const files = new Files()
    const source = new DataSource('root/', files.fetch)
    await expect(source.columns(run, 1)).rejects.toThrow('r.cols: the server answered 404')
    const empty = { statuses: new Uint8Array(), fields: new Map(), rows: new Int32Array() }
    await files.put('r.cols', encodeColumns(empty, { folder: '', starts: [] }))
    await expect(source.columns(run, 1)).rejects.toThrow('holds 0 items, expected 1')
    await files.put('r.cols', 'something else')
    await expect(source.columns(run, 1)).rejects.toThrow('no file of columns')
    const { columns: _, ...without } = run
    await expect(source.columns(without, 1)).rejects.toThrow('verdicts are not here')
    const { tokens: __, ...uncounted } = run
    expect(await source.tokens(uncounted, 2)).toEqual(new Float64Array(2))
  })
})

describe('items', () => {
  const rubric = rubricSchema.parse({
    title: 'R',
    prompt: { system: ' {{criteria}} ', user: 'Town {{ record/town }}:\n{{record}} {{record/none}} end ' },
    criteria: { mood: 'Judge {{record}}.' },
    fields: { mood: { type: 'boolean', path: '/mood', primary: true } },
  })
  const towns = ['Zug', 'Bern', 'Aarau']
  const records = Array.from({ length: 2000 }, (_, item) => ({
    custom_id: `id-${item}`,
    ...(item % 7 === 0 ? {} : { name: `Person ${item} of ${towns[item % 3]}` }),
    ...(item % 5 === 0 ? {} : { town: towns[item % 3] }),
    about: `{{record}} \u202E <b>${item}</b> `.repeat(8),
  }))
  const files = new Files()
  let items: ItemsIndex
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'data-source-'))
    const text = records.map((record) => `${JSON.stringify(record)}\n`).join('')
    const dataset: Dataset = {
      title: 'D',
      format: 'records',
      file: 'registry/datasets/d.jsonl',
      location: 'ledger',
      sha256: sha256(text),
      count: records.length,
      privacy: 'synthetic',
      created: '2026-11-24',
      item: { title: '/name', display: ['/about'], facets: { town: '/town', id: '/custom_id' } },
    }
    await mkdir(dirname(join(folder, dataset.file)), { recursive: true })
    await writeFile(join(folder, dataset.file), text)
    const set = {
      datasetSha256: dataset.sha256,
      promptSha256: promptSha256(rubric),
      rubric: { id: 'r', entry: rubric },
      named: ['r'],
      runs: [],
    }
    items = (await writeItems(folder, dataset, [set], files.put, 'items')).get(set)?.index as ItemsIndex
  })
  afterAll(() => rm(folder, { recursive: true }))
  const open = () => {
    files.asked = []
    return new DataSource('root/', files.fetch)
  }
  const ask = { signal: new AbortController().signal, onProgress: () => undefined }

  test('heads of a screen cost one file; before that there are none', async () => {
    const source = open()
    expect(items.count).toBe(records.length)
    expect(source.head(items, 3)).toBeUndefined()
    await source.loadHeads(items, 0, 30)
    expect(files.asked).toEqual(['items/heads/0.json'])
    expect(source.head(items, 3)).toEqual({ id: 'id-3', title: 'Person 3 of Zug' })
    expect(source.head(items, 7)).toEqual({ id: 'id-7', title: null })
    await source.loadHeads(items, 1990, 5000)
    expect(source.head(items, 1999)?.id).toBe('id-1999')
    expect(files.asked).toHaveLength(2)
  })

  test('an item is found by its id, with the hint in one file', async () => {
    const source = open()
    expect(await source.findItem(items, 'id-1999', 1999)).toBe(1999)
    expect(files.asked).toHaveLength(1)
    expect(await source.findItem(items, 'id-1', 1999)).toBe(1)
    expect(await source.findItem(items, 'nobody', 99_999)).toBeUndefined()
  })

  test('a search finds every word in id or title, whatever the case', async () => {
    const found = await open().search(items, 'BERN 42', ask)
    const expected = records.flatMap(({ custom_id: id, name = '' }, position) =>
      name.includes('Bern') && `${id} ${name}`.includes('42') ? [position] : [],
    )
    expect([...found]).toEqual(expected)
    expect(expected.length).toBeGreaterThan(5)
    expect(await open().search(items, ' ', ask)).toHaveLength(records.length)
  })

  test('a search ends when it is told to, and tells how far it is', async () => {
    const shares: number[] = []
    await open().search(items, 'x', { ...ask, onProgress: (share) => shares.push(share) })
    expect(shares.at(-1)).toBe(1)
    await expect(open().search(items, 'x', { ...ask, signal: AbortSignal.abort() })).rejects.toThrow('aborted')
  })

  test('facets by position; what takes too many values is none', async () => {
    const facets = await open().facets(items)
    expect(facets.map(({ name, values }) => [name, values])).toEqual([['town', ['Aarau', 'Bern', 'Zug']]])
    const places = { Aarau: 0, Bern: 1, Zug: 2 } as Record<string, number>
    const codes = records.map(({ town }) => (town === undefined ? noFacet : places[town]))
    expect([...(facets[0]?.codes ?? [])]).toEqual(codes)
  })

  test('an item’s own text, and the messages as they were sent', async () => {
    const source = open()
    for (const position of [0, 1, 5, 1234]) {
      const record = records[position] as (typeof records)[number]
      expect(await source.item(items, position)).toEqual({
        display: [{ name: 'about', value: record.about }],
        request: renderMessages(rubric, record),
      })
    }
    await expect(source.item(items, records.length)).rejects.toThrow('holds no item')
  })

  test('a neighbour that was fetched ahead costs nothing', async () => {
    const source = open()
    source.prefetch(items, [], 9)
    source.prefetch(items, [], -1)
    await source.item(items, 9)
    const asked = files.asked.length
    await source.item(items, 8)
    expect(files.asked).toHaveLength(asked)
  })
})
