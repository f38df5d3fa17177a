import { lstat, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { datasetSchema, type Dataset } from '../formats/dataset.ts'
import { modelSchema, type Model } from '../formats/model.ts'
import { parseYaml, type Parsed } from '../formats/parse-yaml.ts'
import { policySchema, type Policy } from '../formats/policy.ts'
import { idSchema, slugSchema } from '../formats/primitives.ts'
import { rubricSchema, type Rubric } from '../formats/rubric.ts'
import { checkTemplate } from '../rubrics/render-request.ts'
import { catalogFolders, policyPath, stemOf } from './layout.ts'

export interface Catalog {
  models: Map<string, Model>
  datasets: Map<string, Dataset>
  rubrics: Map<string, Rubric>
  policy: Policy
  /** every fault of every file; an entry with faults is in no map. `path` is the file's, relative to the ledger */
  problems: { path: string; problem: string }[]
}

/** Reads a ledger's authored files. Faulty entries are left out and told in `problems`; a missing folder is empty. */
export async function readCatalog(ledger: string): Promise<Catalog> {
  const problems: Catalog['problems'] = []
  const [models, datasets, rubrics] = await Promise.all([
    readFolder(ledger, catalogFolders.models, modelSchema, slugSchema, problems),
    readFolder(ledger, catalogFolders.datasets, datasetSchema, idSchema, problems),
    readFolder(ledger, catalogFolders.rubrics, rubricSchema, idSchema, problems),
  ])
  for (const [id, rubric] of rubrics)
    for (const problem of checkTemplate(rubric)) {
      const path = `${catalogFolders.rubrics}/${id}.yaml`
      problems.push({ path, problem: `${path}: ${problem}` })
    }
  for (const [id, dataset] of datasets)
    if (stemOf(dataset.file) !== id) {
      const path = `${catalogFolders.datasets}/${id}.yaml`
      problems.push({
        path,
        problem: `${path}: file is ${dataset.file}, the id is ${id}: the id is the file's name without its ending; rename one`,
      })
    }
  return { models, datasets, rubrics, policy: await readPolicy(ledger, problems), problems }
}

async function readFolder<S extends z.ZodType>(
  ledger: string,
  folder: string,
  schema: S,
  idsSchema: z.ZodString,
  problems: Catalog['problems'],
): Promise<Map<string, z.output<S>>> {
  const entries = new Map<string, z.output<S>>()
  const found = (await listFolder(join(ledger, folder))).filter((name) => /\.ya?ml$/.test(name)).sort()
  const names: string[] = []
  for (const name of found) {
    const path = `${folder}/${name}`
    const entry = await lstat(join(ledger, path))
    if (entry.isFile()) names.push(name)
    else problems.push({ path, problem: `${path}: is no plain file: put the file itself there` })
  }
  const parsed = await Promise.all(
    names.map(async (name) => {
      const path = `${folder}/${name}`
      return {
        name,
        path,
        result: parseYaml(await readFile(join(ledger, path), 'utf8'), path, schema) as Parsed<z.output<S>>,
      }
    }),
  )
  for (const { name, path, result } of parsed) {
    const id = idsSchema.safeParse(stemOf(name))
    const faults = [
      ...(name.endsWith('.yml') ? [`${path}: the ending is .yml, expected .yaml: rename it`] : []),
      ...(id.success ? [] : id.error.issues.map((issue) => `${path}: ${issue.message}; rename the file`)),
      ...result.problems,
    ]
    for (const problem of faults) problems.push({ path, problem })
    if (faults.length === 0 && id.success && result.value !== undefined) entries.set(id.data, result.value)
  }
  return entries
}

async function readPolicy(ledger: string, problems: Catalog['problems']): Promise<Policy> {
  const text = await readOptional(join(ledger, policyPath))
  if (text === undefined) return policySchema.parse({})
  const result = parseYaml(text, policyPath, policySchema)
  for (const problem of result.problems) problems.push({ path: policyPath, problem })
  // a policy that can't be read allows nothing
  return result.value ?? policySchema.parse({})
}

/** A file's text, or undefined where there is none. */
export async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export async function isLink(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  return found?.isSymbolicLink() ?? false
}

/** Names in a folder, none where there is no folder. */
export async function listFolder(path: string): Promise<string[]> {
  try {
    return await readdir(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
