import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  batchRequestSchema,
  comparisonSchema,
  datasetSchema,
  labelSchema,
  ledgerIndexSchema,
  modelSchema,
  policySchema,
  rowSchema,
  rubricSchema,
  runMetaSchema,
} from 'registry'
import { z } from 'zod'
import { describeActions } from './describe-actions.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const schemaFolder = 'registry/schemas'

const formats = {
  model: modelSchema,
  dataset: datasetSchema,
  rubric: rubricSchema,
  label: labelSchema,
  policy: policySchema,
  row: rowSchema,
  'batch-request': batchRequestSchema,
  'run-meta': runMetaSchema,
  'ledger-index': ledgerIndexSchema,
  comparison: comparisonSchema,
}

/** Every generated file: path relative to the repository → text. */
async function generate(): Promise<Map<string, string>> {
  return new Map([
    ...Object.entries(formats).map(([name, schema]): [string, string] => [
      `${schemaFolder}/${name}.schema.json`,
      `${JSON.stringify({ title: name, ...z.toJSONSchema(schema, { io: 'input' }) }, null, 2)}\n`,
    ]),
    ['actions/README.md', await describeActions(root)],
  ])
}

/** Writes the generated texts; with --check only says what differs, exit code 1. */
async function main(check: boolean): Promise<void> {
  const wanted = await generate()
  await mkdir(join(root, schemaFolder), { recursive: true })
  const stale: string[] = []
  for (const name of await readdir(join(root, schemaFolder))) {
    const path = `${schemaFolder}/${name}`
    if (wanted.has(path)) continue
    stale.push(path)
    if (!check) await rm(join(root, path))
  }
  for (const [path, text] of wanted) {
    const there = await readFile(join(root, path), 'utf8').catch(() => undefined)
    if (there === text) continue
    stale.push(path)
    if (!check) await writeFile(join(root, path), text)
  }
  for (const path of stale) console.log(`${path}: ${check ? 'not what the source gives: npm run generate' : 'written'}`)
  if (check && stale.length > 0) process.exitCode = 1
}

await main(process.argv.includes('--check'))
