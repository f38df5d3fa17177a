import { readFile } from 'node:fs/promises'
import { parseJson, runMetaSchema, type RunMeta } from 'registry'

const path = 'examples/ledger/results/gemma-3-270m/synthetic_candidates_50_20261124_091213.meta.json'

/** A real run's meta: 50 rows, all answered well. */
export async function readExampleMeta(): Promise<RunMeta> {
  const { value, problems } = parseJson(
    await readFile(new URL(`../../${path}`, import.meta.url), 'utf8'),
    path,
    runMetaSchema,
  )
  if (!value) throw new Error(problems.join('\n'))
  return value
}
