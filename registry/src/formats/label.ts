import { z } from 'zod'
import { sha256Schema } from './primitives.ts'

/** One line of registry/labels/<dataset>.jsonl: what a rater says the right verdict is. */
export const labelSchema = z.strictObject({
  custom_id: z.string().min(1),
  field: z.string().min(1),
  value: z.union([z.string(), z.boolean(), z.number()]),
  rater: z.string().min(1),
  date: z.iso.date(),
  prompt_sha256: sha256Schema,
  selection: z.enum(['random', 'disagreement', 'all']).describe('how the item came to be labelled'),
  note: z.string().optional(),
})

export type Label = z.infer<typeof labelSchema>
