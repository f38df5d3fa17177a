import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { UserError } from 'registry'
import { digestFile, formatJson, metaPathOf } from 'registry/node'
import { expect, test } from 'vitest'
import { commitEdits, makeChange, type TestChange } from '../../test/support/make-change.ts'
import { makeFolder, writeDataset, type TestLedger } from '../../test/support/make-ledger.ts'
import { git } from '../adapters/git.ts'
import { firstOf, lfsObjects, spoolMetas, spoolObjects, type PlaceObject } from './object-sources.ts'
import { askFolder } from './remote-objects.ts'
import { verifyChange, type ChangeOutcome } from './verify-change.ts'

const urlOf = (change: TestChange) => pathToFileURL(change.remote).href
const fromRemote = async (change: TestChange): Promise<PlaceObject> =>
  lfsObjects({ folder: join(await makeFolder(), 'store'), url: urlOf(change) })

async function verifyFully(change: TestChange, placeObject: PlaceObject, head = change.head): Promise<ChangeOutcome> {
  const askObjects = askFolder(urlOf(change))
  return verifyChange(
    { repository: change.ledger.folder, base: change.base, head, mode: 'full', lfsUrl: urlOf(change) },
    { ...(askObjects ? { askObjects } : {}), placeObject, readOwnMeta: spoolMetas(change.ledger.spool) },
  )
}

/** Rewrites the run's rows with everything brought along that a careful forger would: object, pointer, digest, size. */
async function forgeRows(change: TestChange, edit: (rows: string) => string): Promise<string> {
  const { ledger, base, head, meta } = change
  const file = join(await makeFolder(), 'forged.jsonl')
  await writeFile(file, edit(await readFile(join(ledger.spool, meta.run_id, 'bundle', meta.files.results), 'utf8')))
  const { sha256, bytes } = await digestFile(file)
  const text = await git(ledger.folder, ['lfs', 'clean', '--', 'x'], { input: Readable.from([await readFile(file)]) })
  await git(ledger.folder, ['lfs', 'push', '--object-id', 'origin', sha256])
  const files = {
    ...meta.files,
    sha256: { ...meta.files.sha256, results: sha256 },
    bytes: { ...meta.files.bytes, results: bytes },
  }
  return commitEdits(ledger.folder, {
    parent: base,
    tree: head,
    edits: [
      { path: meta.files.results, text },
      { path: metaPathOf(meta), text: formatJson({ ...meta, files }) },
    ],
  })
}

test('a full check recounts the rows, out of the spool or through LFS, and compares with the run before', async () => {
  const change = await makeChange()
  const spooled = await verifyFully(change, spoolObjects(change.ledger.spool))
  const fetched = await verifyFully(change, await fromRemote(change))
  expect(fetched).toEqual(spooled)
  expect(spooled).toMatchObject({
    ok: true,
    faults: [],
    unchecked: [],
    description: 'full check: holds: 5 of 5 rows answered well',
  })
  expect(spooled.checked).toContain('every figure recounted from the rows')
  const [run] = spooled.runs
  expect(run?.rows).toEqual({
    statuses: [{ status: 'ok', count: 5 }],
    parseRate: 100,
    primary: {
      name: 'recommendation',
      usable: 5,
      values: [
        { value: 'Strong No', count: 0 },
        { value: 'No', count: 1 },
        { value: 'Maybe', count: 2 },
        { value: 'Yes', count: 2 },
        { value: 'Strong Yes', count: 0 },
      ],
    },
  })
  // the second run says one level more for each person: nowhere the same
  expect(run?.before).toMatchObject({ parseRate: 100, agreement: { paired: 5, equal: 0, agreement: 0, dropped: {} } })
})

test('rows are linked out of the spool, not copied, and the scratch is left empty', async () => {
  const change = await makeChange()
  const source = join(change.ledger.spool, change.meta.run_id, 'bundle', change.meta.files.results)
  const place = spoolObjects(change.ledger.spool)
  const links: number[] = []
  await verifyFully(change, async (object, file) => {
    await place(object, file)
    links.push((await stat(source)).nlink)
  })
  expect(links).toContain(2)
  expect((await stat(source)).nlink).toBe(1)
})

test('a meta whose figures agree with each other, but not with what the run left, is found where the run is', async () => {
  const change = await makeChange()
  const { ledger, base, head, meta } = change
  const seconds = (meta.execution.duration_seconds ?? 0) / 2
  const execution = { ...meta.execution, duration_seconds: seconds, req_per_sec: Math.round((5 / seconds) * 1e4) / 1e4 }
  const edits = [{ path: metaPathOf(meta), text: formatJson({ ...meta, execution }) }]
  const edited = await commitEdits(ledger.folder, { parent: base, tree: head, edits })
  const here = await verifyFully(change, spoolObjects(ledger.spool), edited)
  expect(here.faults).toEqual([
    expect.stringMatching(/\.meta\.json: differs from the meta that the run left in the spool/),
  ])
  await rm(join(ledger.spool, meta.run_id), { recursive: true })
  const elsewhere = await verifyFully(change, await fromRemote(change), edited)
  expect(elsewhere.faults).toEqual([])
  expect(elsewhere.unchecked).toEqual(['times, hardware and engine: the run’s own meta is not in the spool here'])
})

test.each<[string, (rows: string) => string, RegExp[]]>([
  [
    'a row gone',
    (rows) => rows.slice(rows.indexOf('\n') + 1),
    [/results\.success is 5, the rows give 4/, /results\.missing is 0, the rows give 1/],
  ],
  [
    'an answer turned into an error',
    (rows) => rows.replace('"status_code":200', '"status_code":500'),
    [/results\.errors is 0, the rows give 1/],
  ],
  ['a row of nobody', (rows) => rows.replace('person-3', 'person-99'), [/:3: its custom_id is not in people\.jsonl/]],
  [
    'tokens counted otherwise',
    (rows) => rows.replace(/"prompt_tokens":\d+/, '"prompt_tokens":1'),
    [/results\.avg_prompt_tokens is/],
  ],
])('%s is found in the rows, though digest, pointer and object were brought along', async (_name, edit, findings) => {
  const change = await makeChange()
  const head = await forgeRows(change, edit)
  const rowFree = await verifyChange(
    { repository: change.ledger.folder, base: change.base, head, mode: 'row-free', lfsUrl: urlOf(change) },
    {},
  )
  expect(rowFree.ok).toBe(true)
  const { ok, faults, runs } = await verifyFully(change, await fromRemote(change), head)
  expect(ok).toBe(false)
  for (const finding of findings) expect(faults.join('\n')).toMatch(finding)
  expect(runs[0]?.rows).toBeDefined()
})

test('rows changed under the same pointer are told: the spool does not hold what the branch names', async () => {
  const change = await makeChange()
  const path = join(change.ledger.spool, change.meta.run_id, 'bundle', change.meta.files.results)
  await writeFile(path, (await readFile(path, 'utf8')).replace('Yes', 'No!'))
  const { faults } = await verifyFully(change, spoolObjects(change.ledger.spool))
  expect(faults).toEqual([expect.stringMatching(/\.jsonl: sha256 is .*, the meta has/)])
})

test('rows that are not to be had are a fault; those of the run before only a reason', async () => {
  const change = await makeChange()
  const empty = await makeFolder()
  const none = await verifyFully(change, spoolObjects(empty))
  expect(none.faults).toEqual([`${change.meta.files.results}: is not in the spool ${empty}`])
  expect(none.unchecked).toEqual(['the rows (see the faults)'])
  const place = spoolObjects(change.ledger.spool)
  const onlyNew: PlaceObject = (object, file) =>
    object.runId === change.before.run_id
      ? Promise.reject(new UserError('rows are missing', ['it was erased']))
      : place(object, file)
  const some = await verifyFully(change, onlyNew)
  expect(some).toMatchObject({
    ok: true,
    runs: [{ before: { reason: `the rows of ${change.before.run_id} are not to be had: it was erased` } }],
  })
  await expect(
    verifyChange({ repository: change.ledger.folder, base: change.base, head: change.head, mode: 'full' }, {}),
  ).rejects.toThrow(UserError)
})

test('a remote that lost an object says so; the next source is asked', async () => {
  const change = await makeChange()
  const lost = lfsObjects({ folder: join(await makeFolder(), 'store'), url: pathToFileURL(await makeFolder()).href })
  const { faults } = await verifyFully(change, lost)
  expect(faults).toEqual([expect.stringMatching(/\.jsonl: sha256 .* can’t be fetched from file:/)])
  expect((await verifyFully(change, firstOf(lost, spoolObjects(change.ledger.spool)))).ok).toBe(true)
})

test('a ledger in a folder of a repository is verified there, and what lies outside is named', async () => {
  const change = await makeChange()
  const { folder } = change.ledger
  const nest = async (commit: string, parent: string[], beside: string) => {
    const tree = (await git(folder, ['rev-parse', `${commit}^{tree}`])).trim()
    const outer = (
      await git(folder, ['mktree'], { input: Readable.from([`${beside}040000 tree ${tree}\tnested\n`]) })
    ).trim()
    return (await git(folder, ['commit-tree', outer, '-m', 'Nest', ...parent])).trim()
  }
  const base = await nest(change.base, [], '')
  const head = await nest(change.head, ['-p', base], '')
  const inside = await makeRoom(join(folder, 'nested'))
  const nested = { ...change, base, ledger: { ...change.ledger, folder: inside } }
  const good = await verifyFully(nested, spoolObjects(change.ledger.spool), head)
  expect(good).toMatchObject({ ok: true, kind: 'run', faults: [], unchecked: [] })
  const blob = (await git(folder, ['rev-parse', `${change.head}:.gitattributes`])).trim()
  const mixed = await nest(change.head, ['-p', base], `100644 blob ${blob}\t.lfsconfig\n`)
  expect((await verifyFully(nested, spoolObjects(change.ledger.spool), mixed)).faults).toEqual([
    expect.stringMatching(/^\.\.\/\.lfsconfig: is added beside a run, and it says where rows are sent/),
  ])
})

async function makeRoom(folder: string): Promise<string> {
  await mkdir(folder)
  return folder
}

const gates = (text: string) => (ledger: TestLedger) => ledger.write('registry/policy.yaml', `gates: { ${text} }\n`)

test('a gate that is not met turns the change red with the reason; one without its figure says why', async () => {
  const change = await makeChange({
    prepare: gates('min_success_rate: 100, min_parse_rate: 90, min_agreement: 0.5'),
  })
  const full = await verifyFully(change, spoolObjects(change.ledger.spool))
  expect(full.faults).toEqual([])
  expect(full.ok).toBe(false)
  expect(full.description).toBe(
    'full check: does not hold, 1 reason: raw agreement over 5 items: 0, wanted at least 0.5',
  )
  expect(full.runs[0]?.gates).toEqual([
    {
      gate: 'min_success_rate',
      wanted: 100,
      found: 100,
      ok: true,
      reason: 'answered well: 100 %, wanted at least 100 %',
    },
    {
      gate: 'min_parse_rate',
      wanted: 90,
      found: 100,
      ok: true,
      reason: 'usable verdicts: 100 %, wanted at least 90 %',
    },
    {
      gate: 'min_agreement',
      wanted: 0.5,
      found: 0,
      ok: false,
      reason: 'raw agreement over 5 items: 0, wanted at least 0.5',
    },
  ])
  const rowFree = await verifyChange(
    { repository: change.ledger.folder, base: change.base, head: change.head, mode: 'row-free', lfsUrl: urlOf(change) },
    {},
  )
  expect(rowFree.ok).toBe(true)
  expect(rowFree.runs[0]?.gates.map(({ ok }) => ok)).toEqual([true, null, null])
})

test('a dataset that lies on the runner only: its ids are told as not compared', async () => {
  const change = await makeChange({
    prepare: async (ledger) => {
      const text = await readFile(join(ledger.folder, 'registry/datasets/people.jsonl'), 'utf8')
      await writeDataset(ledger, 'people', text)
      const entry = join(ledger.folder, 'registry/datasets/people.yaml')
      await writeFile(entry, (await readFile(entry, 'utf8')).replace('location: ledger', 'location: runner'))
    },
  })
  const outcome = await verifyFully(change, spoolObjects(change.ledger.spool))
  expect(outcome).toMatchObject({ ok: true, unchecked: ['ids against the dataset: its rows lie on the runner only'] })
})

test('of personal data nothing of a row, an id or an engine’s words is told anywhere', async () => {
  const marker = 'Zebediah'
  const people = Array.from(
    { length: 5 },
    (_, index) => `${JSON.stringify({ custom_id: `${marker}-${index}`, years: index })}\n`,
  ).join('')
  const change = await makeChange({
    prepare: async (ledger) => {
      await writeDataset(ledger, 'people', people)
      const entry = join(ledger.folder, 'registry/datasets/people.yaml')
      await writeFile(
        entry,
        (await readFile(entry, 'utf8'))
          .replace('synthetic', 'personal')
          .replace('location: ledger', 'location: runner'),
      )
    },
  })
  const head = await forgeRows(change, (rows) =>
    rows
      .replace('"status_code":200', '"status_code":400')
      .replace(/"body":\{/, `"body":{"error":{"message":"${marker} is no candidate","code":"${marker}"},`)
      .replace(/"finish_reason":"stop"/g, `"finish_reason":"${marker}"`)
      .replace(`${marker}-3`, `${marker}-77`)
      .concat(`{"${marker}": \n`),
  )
  const { ok, faults, comment, description, ...rest } = await verifyFully(change, await fromRemote(change), head)
  expect(ok).toBe(false)
  expect(faults.length).toBeGreaterThan(4)
  expect(faults.join('\n')).toMatch(/results\.finish_reasons is withheld \(personal\), the rows give withheld/)
  expect(JSON.stringify({ faults, comment, description, rest })).not.toContain(marker)

  // a meta that repeats the row in its words is public already; the comment does not repeat it
  const { ledger, base, meta } = change
  const words = await commitEdits(ledger.folder, {
    parent: base,
    tree: change.head,
    edits: [
      {
        path: metaPathOf(meta),
        text: formatJson({
          ...meta,
          status: 'partial',
          failure: { code: 'x', message: `no answer for ${marker}` },
          results: {
            ...meta.results,
            success: 3,
            errors: 2,
            success_rate: 60,
            error_causes: [
              { message: `${marker} lives there`, code: marker, count: 1 },
              { message: 'no answer within N s', count: 1 },
            ],
            finish_reasons: { [`${marker} said`]: 3 },
          },
        }),
      },
    ],
  })
  const told = await verifyFully(change, await fromRemote(change), words)
  expect(told.comment).toContain('no answer within N s')
  expect(told.comment).toContain('withheld: an engine may repeat the row')
  expect(told.comment + told.faults.join() + told.description).not.toContain(marker)
})
