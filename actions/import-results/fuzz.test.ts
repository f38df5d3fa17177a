import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { makeImportScene, type ImportScene } from '../../test/support/import-old.ts'
import { oldRows, refusedRow } from '../../test/support/write-old-folder.ts'
import { verifyResults } from '../verify-results/verify-results.ts'
import type { ImportPlan } from './import-plan.ts'

// whatever happened to a file: never a crash, never a row that is neither imported nor named

vi.setConfig({ testTimeout: 600_000 })

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url))
const filesAtOnce = 50
/** FUZZ_FILES=10000 for the long run (two minutes on two cores) */
const files = Number(process.env['FUZZ_FILES'] ?? 2000)

interface Base {
  name: string
  bytes: Buffer
  /** each line that isn't blank is a row */
  lines: boolean
}

async function readBases(): Promise<Base[]> {
  const refused = Array.from({ length: 3 }, (_, index) => `${refusedRow(index)}\n`).join('')
  const io = Array.from({ length: 6 }, (_, index) => `{"input":"${index}","output":"a ${index}"}\n`).join('')
  const csv = `custom_id,output,model\n${Array.from({ length: 6 }, (_, index) => `p${index},"a, ""b""\nc",m\n`).join('')}`
  const rows = oldRows('Qwen/Qwen3-4B', 6)
  const bases: Base[] = [
    { name: 'qwen3-4b_batch.jsonl', bytes: Buffer.from(rows), lines: true },
    { name: 'olmo2_1b_batch.jsonl', bytes: Buffer.from(refused + oldRows('allenai/OLMo-2-1B', 3)), lines: true },
    { name: 'qwen3-4b_io.jsonl', bytes: Buffer.from(io), lines: true },
    { name: 'table.csv', bytes: Buffer.from(csv), lines: false },
    { name: 'packed.jsonl.gz', bytes: gzipSync(rows), lines: false },
    { name: 'packed.jsonl.zst', bytes: zstdCompressSync(rows), lines: false },
  ]
  for (const folder of ['lm-eval', 'inspect', 'promptfoo'])
    for (const name of await readdir(join(fixtures, folder)))
      bases.push({ name, bytes: await readFile(join(fixtures, folder, name)), lines: name.startsWith('samples_') })
  return bases
}

const place = fc.nat(1_000_000).map((at) => at / 1_000_000)
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, byte: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), at: place, length: fc.nat(300) }),
  fc.record({ kind: fc.constant('truncate' as const), at: place }),
  fc.record({ kind: fc.constant('repeat' as const), at: place, length: fc.nat(2000) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    text: fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        '\0',
        '"',
        '{',
        '}',
        ',',
        '\uFEFF',
        '\\',
        '"custom_id":"person-1",',
        '{}\n',
        'null\n',
      ),
      fc.string({ maxLength: 12 }),
    ),
  }),
)

function mutate(
  bytes: Buffer,
  changes: readonly (typeof mutation extends fc.Arbitrary<infer Change> ? Change : never)[],
) {
  let result = bytes
  for (const change of changes) {
    const at = Math.floor(change.at * result.length)
    const [before, after] = [result.subarray(0, at), result.subarray(at)]
    if (change.kind === 'flip') result = Buffer.concat([before, Buffer.from([change.byte]), after.subarray(1)])
    else if (change.kind === 'cut') result = Buffer.concat([before, after.subarray(change.length)])
    else if (change.kind === 'truncate') result = before
    else if (change.kind === 'repeat') result = Buffer.concat([before, after.subarray(0, change.length), after])
    else result = Buffer.concat([before, Buffer.from(change.text), after])
  }
  return result
}

/** Counted without any of our readers. */
function countLines(bytes: Buffer): number {
  const text = bytes.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')
  return text.split('\n').filter((line) => /[^ \t\r]/.test(line)).length
}

function account(plan: ImportPlan, name: string, bytes: Buffer, lines: boolean): void {
  const source = plan.sources.find((file) => file.source.path === name)
  if (!source) {
    expect(plan.leftOut.map(({ file }) => file)).toContain(name)
    return
  }
  const kept = source.parts.reduce((sum, { customIds }) => sum + customIds.length, 0)
  const named = [...source.leftOut, ...source.parts.flatMap(({ leftOut }) => leftOut)]
  const refused = plan.refused.some(({ file }) => file === source.shown)
  // of a file that is refused as a whole the rows are told as one number
  if (!refused) expect(kept + named.reduce((sum, { rows }) => sum + rows, 0)).toBe(source.rows)
  if (lines) expect(source.rows).toBe(countLines(bytes))
  const imported = plan.runs
    .filter((run) => run.source.path === name)
    .reduce((sum, { part }) => sum + part.customIds.length, 0)
  const doubled = plan.duplicates.filter(({ file }) => file === source.shown).reduce((sum, { rows }) => sum + rows, 0)
  if (!refused) expect(imported + doubled).toBe(kept)
}

test(`${files} mutated files: rows in = rows imported + rows named`, async () => {
  const bases = await readBases()
  const scene = await makeImportScene()
  const file = fc.record({
    base: fc.nat(bases.length - 1),
    changes: fc.array(mutation, { minLength: 1, maxLength: 5 }),
  })
  let batch = 0
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: filesAtOnce, maxLength: filesAtOnce }), async (chosen) => {
      await rm(scene.old, { recursive: true, force: true })
      const put = chosen.map(({ base: index, changes }, number) => {
        const base = bases[index]
        if (!base) throw new Error('no such base')
        return { ...base, name: `${number}/${base.name}`, bytes: mutate(base.bytes, changes) }
      })
      for (const { name, bytes } of put) await scene.put(name, bytes)
      const { plan } = await scene.import({ apply: false })
      for (const { name, bytes, lines } of put) account(plan, name, bytes, lines)
      if (batch++ % 20 === 0) await applyAndVerify(scene)
    }),
    { numRuns: Math.ceil(files / filesAtOnce), endOnFailure: true },
  )
})

/** Each run that was planned is there, its meta counts its own rows, and verify finds nothing. */
async function applyAndVerify(scene: ImportScene): Promise<void> {
  await rm(join(scene.ledger.folder, 'results'), { recursive: true, force: true })
  const { plan, applied } = await scene.import()
  expect(applied).toMatchObject({ imported: plan.runs.map(({ runId }) => runId), unregistered: [] })
  const found = await verifyResults({ ledger: scene.ledger.folder, runIds: [] })
  expect(found.runs.flatMap(({ problems }) => problems)).toEqual([])
  expect(found).toMatchObject({ ok: true, problems: [] })
}
