import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  batchRequestSchema,
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

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'registry', 'schemas')

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
}

/** Every generated file: path relative to registry/schemas → text. */
function generate(): Map<string, string> {
  return new Map(
    Object.entries(formats).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify({ title: name, ...z.toJSONSchema(schema, { io: 'input' }) }, null, 2)}\n`,
    ]),
  )
}

/** Writes the JSON Schemas; with --check only says what differs, exit code 1. */
async function main(check: boolean): Promise<void> {
  const wanted = generate()
  await mkdir(folder, { recursive: true })
  const stale: string[] = []
  for (const name of await readdir(folder))
    if (!wanted.has(name)) {
      stale.push(name)
      if (!check) await rm(join(folder, name))
    }
  for (const [name, text] of wanted) {
    const there = await readFile(join(folder, name), 'utf8').catch(() => undefined)
    if (there === text) continue
    stale.push(name)
    if (!check) await writeFile(join(folder, name), text)
  }
  for (const name of stale)
    console.log(`registry/schemas/${name}: ${check ? 'not what the formats give: npm run generate' : 'written'}`)
  if (check && stale.length > 0) process.exitCode = 1
}

await main(process.argv.includes('--check'))
