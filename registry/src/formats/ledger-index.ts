import { z } from 'zod'
import { countSchema, slugSchema, timestampSchema } from './primitives.ts'
import { statusSchema } from './run-meta.ts'

/** results/metadata.json: derived from the runs' meta files; the same ledger gives the same bytes. */
export const ledgerIndexSchema = z.strictObject({
  schema_version: z.literal(1),
  runs: z.array(
    z.strictObject({
      run_id: z.string(),
      model: slugSchema,
      dataset: z.string(),
      status: statusSchema,
      timestamp: timestampSchema,
      results_file: z.string(),
    }),
  ),
  datasets: z.record(
    z.string(),
    z.strictObject({
      count: countSchema,
      prompt_version: z.string().optional().describe('rubric id of the newest run'),
      created: z.iso.date().optional(),
    }),
  ),
  models: z.record(slugSchema, z.strictObject({ name: z.string(), hf_id: z.string(), runs: countSchema })),
})

export type LedgerIndex = z.infer<typeof ledgerIndexSchema>
