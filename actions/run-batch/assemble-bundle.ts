import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { RowCounter, parseRow, type RunMeta } from 'registry'
import { digestFile, formatJson } from 'registry/node'
import { readJournalPlaces } from './journal.ts'
import type { RunPlan } from './plan-run.ts'

/** The parts of a meta that only the run itself knows. */
export type RunFacts = Pick<RunMeta, 'status' | 'failure' | 'execution'>

export interface Bundle {
  /** holds results/<slug>/…, laid out as in a ledger */
  folder: string
  meta: RunMeta
}

/**
 * Makes a bundle out of a journal: rows in the dataset's order, the log, a meta counted from the rows themselves.
 * The bundle appears whole, by one rename, or not at all.
 * @param facts called with the accounting, for what depends on it (status, rate)
 */
export async function assembleBundle(
  plan: RunPlan,
  spoolFolder: string,
  logs: readonly string[],
  facts: (results: RunMeta['results']) => RunFacts,
  identity: Pick<RunMeta, 'model' | 'dataset'>,
): Promise<Bundle> {
  const folder = join(spoolFolder, 'bundle')
  const partial = join(spoolFolder, 'bundle.partial')
  await rm(partial, { recursive: true, force: true })
  await mkdir(dirname(join(partial, plan.paths.meta)), { recursive: true })
  const { digest, counter } = await writeRows(
    plan,
    join(spoolFolder, 'journal.jsonl'),
    join(partial, plan.paths.results),
  )
  await writeFile(join(partial, plan.paths.log), Buffer.concat(await Promise.all(logs.map((path) => readFile(path)))))
  const log = await digestFile(join(partial, plan.paths.log))
  const results = counter.results(plan.count)
  const meta: RunMeta = {
    schema_version: 1,
    run_id: plan.runId,
    ...facts(results),
    ...identity,
    results,
    files: {
      results: plan.paths.results,
      log: plan.paths.log,
      input: plan.dataset.file,
      sha256: { results: digest.sha256, log: log.sha256 },
      bytes: { results: digest.bytes, log: log.bytes },
    },
    provenance: { source: 'measured', conflicts: [] },
  }
  await writeFile(join(partial, plan.paths.meta), formatJson(meta))
  await rename(partial, folder)
  return { folder, meta }
}

/** Copies rows from journal order to input order, digesting and counting on the way; one row in memory at a time. */
async function writeRows(plan: RunPlan, journalPath: string, outPath: string) {
  const places = await readJournalPlaces(journalPath)
  const counter = new RowCounter()
  const hash = createHash('sha256')
  let bytes = 0
  const journal = await open(journalPath, 'r')
  const out = await open(outPath, 'wx')
  try {
    for (const { customId } of plan.requests) {
      const place = places.get(customId)
      if (!place) continue
      const line = Buffer.alloc(place.length + 1, 10)
      await journal.read(line, 0, place.length, place.offset)
      const { row, problem } = parseRow(line.toString('utf8', 0, place.length))
      if (row === undefined) throw new Error(`${journalPath}: a line of ours is no row: ${problem}`)
      counter.add(row)
      hash.update(line)
      bytes += line.length
      await out.appendFile(line)
    }
    await out.datasync()
  } finally {
    await Promise.all([journal.close(), out.close()])
  }
  return { counter, digest: { sha256: hash.digest('hex'), bytes } }
}
