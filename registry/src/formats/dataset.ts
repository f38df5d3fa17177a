import { z } from 'zod'
import { idSchema, ledgerPathSchema, pointerSchema, sha256Schema, countSchema } from './primitives.ts'

/** An absolute path on the runner, without `.` or `..` parts. */
const runnerPathSchema = z
  .string()
  .regex(/^\/(?!.*(^|\/)\.\.?(\/|$))[^\\\0]+$/, 'a path on the runner is absolute, without "." or ".." parts')

/** A filter by facets keeps a bit for each. */
const mostFacets = 16

/** registry/datasets/<id>.yaml: what is judged. The id is the file name and the stem of `file`. */
export const datasetSchema = z
  .strictObject({
    title: z.string().min(1),
    description: z.string().optional(),
    format: z
      .enum(['records', 'openai-batch'])
      .describe('records: one JSON object a line, which a rubric renders; openai-batch: ready requests'),
    file: z
      .union([ledgerPathSchema, runnerPathSchema])
      .describe('where the rows lie: relative to the ledger, or absolute on the runner'),
    location: z
      .enum(['ledger', 'lfs', 'runner'])
      .describe(
        'ledger: in plain Git; lfs: a pointer in Git; runner: on the runner only, by an absolute path or below the ledger',
      ),
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
  .superRefine(({ file, location, privacy, item }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (file.startsWith('/') && location !== 'runner')
      refuse('file', `is absolute, and location is ${location}: only a file on the runner may be`)
    if (Object.keys(item?.facets ?? {}).length > mostFacets)
      context.addIssue({
        code: 'custom',
        path: ['item', 'facets'],
        message: `are more than ${mostFacets}: keep those that readers filter by`,
      })
    if (privacy === 'personal' && location === 'ledger')
      refuse(
        'location',
        'is ledger, and the rows are personal: plain Git can’t forget them; keep them in lfs or on the runner',
      )
  })

export type Dataset = z.infer<typeof datasetSchema>
