import { z } from 'zod'
import { idSchema, ledgerPathSchema, pointerSchema, sha256Schema, countSchema } from './primitives.ts'

/** registry/datasets/<id>.yaml: what is judged. The id is the file name and the stem of `file`. */
export const datasetSchema = z.strictObject({
  title: z.string().min(1),
  description: z.string().optional(),
  format: z
    .enum(['records', 'openai-batch'])
    .describe('records: one JSON object a line, which a rubric renders; openai-batch: ready requests'),
  file: ledgerPathSchema.describe('where the rows lie: relative to the ledger, or absolute on the runner'),
  location: z
    .enum(['ledger', 'lfs', 'runner'])
    .describe('ledger: in plain Git; lfs: a pointer in Git; runner: on the runner only, below its dataset folder'),
  sha256: sha256Schema,
  count: countSchema.describe('lines of the file'),
  privacy: z.enum(['personal', 'synthetic', 'public']),
  created: z.iso.date(),
  rubric: idSchema.optional().describe('the rubric taken when none is named'),
  custom_id: pointerSchema.optional().describe('records: the path of the id; default /custom_id'),
  item: z
    .strictObject({
      title: pointerSchema.optional(),
      display: z.array(pointerSchema).optional().describe('what a reader sees of an item, in this order'),
      facets: z.record(z.string(), pointerSchema).optional().describe('name → path of a value one can filter by'),
    })
    .optional(),
  labels: ledgerPathSchema.optional().describe('reference labels, JSON lines, e.g. registry/labels/<id>.jsonl'),
})

export type Dataset = z.infer<typeof datasetSchema>
