import { z } from 'zod'
import { countSchema, sha256Schema, slugSchema, timestampSchema } from './primitives.ts'
import { statusSchema } from './run-meta.ts'

const share = z.number().min(0).max(1)
const runId = z.string().min(1)

/** A figure with its 95 % interval; null where it is undefined, or where more than 5 % of the resamples are. */
const figureSchema = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})

const byReason = z.record(z.string(), countSchema)

const agreementSchema = z.strictObject({
  paired: countSchema.describe('items where both are usable: the n of all figures but strict'),
  dropped: byReason.describe('the other items, by the worse of the two statuses'),
  equal: countSchema,
  raw: figureSchema.describe('equal / paired'),
  strict: figureSchema.describe('equal / all items'),
  kappa: figureSchema.optional().describe("Cohen's kappa; absent for numbers"),
  ac: figureSchema.optional().describe("Gwet's AC1, for ordinal fields AC2; absent for numbers"),
  alpha: figureSchema.describe("Krippendorff's alpha"),
  distance: z.number().nullable().describe('mean distance, 0 equal to 1 as far apart as the scale goes'),
})

/** Headline figures and the same with repaired verdicts counted. */
const twoReadings = { usable: agreementSchema, with_repaired: agreementSchema }

const accuracySchema = z.strictObject({
  labelled: countSchema,
  correct: countSchema,
  accuracy: share.nullable(),
  low: share.nullable().describe('Wilson 95 %'),
  high: share.nullable(),
})

const labelFiguresSchema = z.strictObject({
  raters: z.array(z.string()),
  labelled: countSchema.describe('items with a reference whose choice says nothing about the answers (random or all)'),
  by_disagreement: countSchema.describe('items labelled because runs disagreed there: counted apart'),
  commonest: z
    .strictObject({ value: z.string(), count: countSchema })
    .optional()
    .describe('the value most of the labelled items have: what always saying it would get right'),
  split: countSchema.describe('items whose raters have no majority: no reference'),
  other_prompt: countSchema.describe('labels of another prompt, not used'),
  runs: z.array(
    z.strictObject({
      run_id: runId,
      usable: accuracySchema.describe('an unusable verdict is wrong'),
      with_repaired: accuracySchema,
      by_disagreement: z.strictObject({ labelled: countSchema, correct: countSchema }),
    }),
  ),
  ceiling: z
    .array(z.strictObject({ raters: z.tuple([z.string(), z.string()]), agreement: agreementSchema }))
    .describe('how often raters agree with each other: no run can be said to be better than that'),
})

const rankingSchema = z.strictObject({
  by: z.enum(['accuracy', 'distance']).describe('distance: mean distance to the other runs, low is close'),
  items: countSchema.describe('usable in all selected runs; for accuracy also labelled'),
  runs: z.array(z.strictObject({ run_id: runId, score: z.number() })).describe('best first'),
  differences: z.array(z.strictObject({ better: runId, worse: runId, difference: figureSchema })),
})

const differencesSchema = z.strictObject({
  of: z.enum(['accuracy', 'positive rate']),
  pairs: z.array(
    z.strictObject({
      a: runId,
      b: runId,
      items: countSchema,
      only_a: countSchema.describe('items right (or positive) for a only'),
      only_b: countSchema,
      difference: z.number().nullable().describe('share of a less share of b'),
      p: z.number().describe('exact McNemar, two-sided'),
      p_holm: z.number().describe('adjusted for the pairs of this field'),
    }),
  ),
})

const fieldComparisonSchema = z.strictObject({
  field: z.string(),
  title: z.string().optional(),
  primary: z.boolean(),
  type: z.enum(['nominal', 'ordinal', 'boolean', 'number']),
  scale: z.array(z.string()).optional().describe('absent for numbers'),
  tolerance: z.number().optional(),
  statistics: z.strictObject({
    kappa: z.enum(['unweighted', 'quadratic']).optional(),
    ac: z.enum(['AC1', 'AC2']).optional(),
    alpha: z.enum(['nominal', 'ordinal', 'interval']),
  }),
  runs: z.array(
    z.strictObject({
      run_id: runId,
      usable: countSchema,
      repaired: countSchema,
      unusable: byReason.describe('all other items by status; missing: the run has no row'),
      values: byReason.optional().describe('usable verdicts by value; absent for numbers'),
      mean: z.number().nullable().optional().describe('numbers only'),
      outliers: countSchema.describe('items where a majority says otherwise'),
    }),
  ),
  items: z.strictObject({ total: countSchema, agree: countSchema, disagree: countSchema, error: countSchema }),
  all: z
    .strictObject({ usable: figureSchema, with_repaired: figureSchema })
    .describe("Krippendorff's alpha over all selected runs"),
  pairs: z.array(z.strictObject({ a: runId, b: runId, ...twoReadings })),
  ranking: rankingSchema.optional(),
  differences: differencesSchema.optional(),
  labels: labelFiguresSchema.optional(),
  replicates: z
    .array(z.strictObject({ run_id: runId, again: runId, ...twoReadings }))
    .describe('a selected run against another of the same model and configuration: how far it agrees with itself'),
})

const comparedRunSchema = z.strictObject({
  run_id: runId,
  name: z.string().describe('the letter that tables call it by'),
  model: z.strictObject({ slug: slugSchema, name: z.string() }),
  rubric: z.string(),
  status: statusSchema,
  started_at: timestampSchema,
  speed: z.strictObject({
    duration_seconds: z.number().optional(),
    req_per_sec: z.number().optional(),
    prompt_tokens_per_sec: z.number().optional(),
    output_tokens_per_sec: z.number().optional(),
    joules_per_1000_rows: z.number().optional().describe('per 1,000 successful rows'),
  }),
})

const paretoSchema = z.strictObject({
  quality: z.enum(['accuracy', 'usable share']).describe('which quality: accuracy where there are labels'),
  field: z.string(),
  speed: z.literal('req/s'),
  not_comparable: z.array(z.string()).describe('why the speeds can’t be compared; then nothing is marked'),
  runs: z.array(
    z.strictObject({
      run_id: runId,
      quality: share.nullable(),
      speed: z.number().nullable(),
      on_front: z.boolean().nullable().describe('no other run is both as good and as fast, and better in one'),
    }),
  ),
})

const cascadeSchema = z.strictObject({
  field: z.string(),
  first: runId,
  second: runId,
  cost: z.enum(['tokens', 'items']).describe('what `share_of_cost` counts: prompt and output tokens of the second run'),
  seconds: z.boolean().describe('whether the two speeds may be added up'),
  steps: z.array(
    z.strictObject({
      ask: z.array(z.string()).describe('verdicts of the first that are sent on; its unusable ones always are'),
      asked: countSchema,
      share_of_items: share,
      share_of_cost: share.nullable(),
      time_of_second: z.number().nullable().describe('time of both, over the time of the second alone'),
      agreement: share.nullable().describe('with the second, where that is usable'),
      items: countSchema,
      accuracy: accuracySchema.optional().describe('against the labels, where there are any'),
      at_random: share
        .nullable()
        .describe('the accuracy, without labels the agreement, to expect had as many items been picked by chance'),
      on_front: z.boolean().describe('better than at random, and no other step is better at the same cost or less'),
    }),
  ),
})

const listedItemSchema = z.strictObject({
  position: z.int().positive().describe('place in the dataset, from 1'),
  custom_id: z.string().optional().describe('absent for personal data unless asked for'),
  distance: z.number().nullable().describe('mean over the pairs of usable verdicts'),
  verdicts: z.array(z.string()).describe('one a run: its value, or its status in brackets'),
})

const shownItemSchema = z.strictObject({
  position: z.int().positive(),
  custom_id: z.string().optional(),
  title: z.string().optional(),
  record: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  fields: z.array(
    z.strictObject({
      field: z.string(),
      differs: z.boolean(),
      majority: z.string().optional(),
      reference: z.string().optional(),
      runs: z.array(
        z.strictObject({
          run_id: runId,
          status: z.string(),
          value: z.string().optional(),
          reasoning: z.string().optional(),
          outlier: z.boolean(),
        }),
      ),
    }),
  ),
  answers: z.array(z.strictObject({ run_id: runId, text: z.string() })).describe('of runs without a usable verdict'),
})

/** What `batchledger compare` says: runs on one dataset, side by side. */
export const comparisonSchema = z.strictObject({
  schema_version: z.literal(1),
  dataset: z.strictObject({
    name: z.string(),
    count: countSchema,
    sha256: sha256Schema,
    privacy: z.enum(['personal', 'synthetic', 'public']),
  }),
  forced: z.array(z.string()).describe('why the runs are not comparable; not empty only where --force was given'),
  warnings: z.array(z.string()),
  interval: z.strictObject({
    resamples: countSchema,
    level: z.number(),
    generator: z.string(),
    seed: countSchema,
    quantiles: z.string(),
  }),
  runs: z.array(comparedRunSchema).min(1),
  fields: z.array(fieldComparisonSchema),
  pareto: paretoSchema,
  items: z.strictObject({
    field: z.string(),
    filter: z.string().optional(),
    matching: countSchema,
    listed: z.array(listedItemSchema).describe('farthest apart first'),
  }),
  item: shownItemSchema.optional(),
  cascade: cascadeSchema.optional(),
})

export type Comparison = z.infer<typeof comparisonSchema>
export type FieldComparison = z.infer<typeof fieldComparisonSchema>
export type Agreement = z.infer<typeof agreementSchema>
export type LabelFigures = z.infer<typeof labelFiguresSchema>
export type Accuracy = z.infer<typeof accuracySchema>
export type Ranking = z.infer<typeof rankingSchema>
export type Differences = z.infer<typeof differencesSchema>
export type ComparedRun = z.infer<typeof comparedRunSchema>
export type Pareto = z.infer<typeof paretoSchema>
export type Cascade = z.infer<typeof cascadeSchema>
export type ListedItem = z.infer<typeof listedItemSchema>
export type ShownItem = z.infer<typeof shownItemSchema>
