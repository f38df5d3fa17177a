import { z } from 'zod'
import { pointerSchema } from './primitives.ts'

const fieldBase = {
  path: pointerSchema.describe('where the value stands in the answer'),
  reasoning: pointerSchema.optional().describe('where the text that explains it stands'),
  title: z.string().optional(),
  primary: z.boolean().optional().describe('exactly one field is the headline'),
  required: z.boolean().default(true).describe("a row's status is the worst of its required fields"),
}

const scaleSchema = z
  .array(z.string().min(1))
  .min(2)
  .refine((scale) => new Set(scale).size === scale.length, 'a scale names each value once')

const cut = {
  positive: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('the binary cut: values that count as positive where runs are compared by their rate'),
}

export const fieldSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...fieldBase, type: z.literal('nominal'), scale: scaleSchema, ...cut }),
  z.strictObject({
    ...fieldBase,
    type: z.literal('ordinal'),
    scale: scaleSchema.describe('from lowest to highest'),
    ...cut,
  }),
  z.strictObject({ ...fieldBase, type: z.literal('boolean') }),
  z.strictObject({ ...fieldBase, type: z.literal('number'), tolerance: z.number().nonnegative().default(0) }),
  z.strictObject({ ...fieldBase, type: z.literal('text') }),
])

/** registry/rubrics/<id>.yaml: how a dataset is judged. A rubric that runs refer to keeps its prompt part for good. */
export const rubricSchema = z
  .strictObject({
    title: z.string().min(1),
    description: z.string().optional(),
    prompt: z
      .strictObject({ system: z.string().optional(), user: z.string().min(1) })
      .describe(
        '{{criteria}} stands for the criteria, {{record}} for the record as JSON, {{record/name}} for one value',
      ),
    criteria: z.record(z.string(), z.string().min(1)).describe('criterion → what it says, as people read it'),
    response_schema: z.record(z.string(), z.unknown()).optional().describe('JSON Schema asked of the engine'),
    max_tokens: z.int().positive().default(512),
    fields: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/, 'a field name is snake_case'), fieldSchema),
    accept: z.enum(['json', 'bare']).default('json').describe('bare: a lone word or number is an answer too'),
  })
  .superRefine((rubric, context) => {
    const fields = Object.entries(rubric.fields)
    const primary = fields.filter(([, field]) => field.primary === true)
    if (primary.length !== 1)
      context.addIssue({
        code: 'custom',
        path: ['fields'],
        message: `exactly one field is primary, ${primary.length} are: set primary: true on the headline field`,
      })
    for (const [name, field] of primary)
      if (field.type === 'text')
        context.addIssue({ code: 'custom', path: ['fields', name], message: 'a text field can’t be primary' })
    for (const [name, field] of fields) {
      if (!('positive' in field) || field.positive === undefined) continue
      const { positive, scale } = field
      const stray = positive.filter((value) => !scale.includes(value))
      if (stray.length > 0 || new Set(positive).size >= scale.length)
        context.addIssue({
          code: 'custom',
          path: ['fields', name, 'positive'],
          message: `positive is [${positive.join(', ')}], expected some values of the scale but not all: [${scale.join(', ')}]`,
        })
    }
  })

export type Rubric = z.infer<typeof rubricSchema>
export type Field = z.infer<typeof fieldSchema>
