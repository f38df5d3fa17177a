import { z } from 'zod'
import {
  countSchema,
  ledgerPathSchema,
  revisionSchema,
  sha256Schema,
  slugSchema,
  timestampSchema,
} from './primitives.ts'

export const statusSchema = z.enum(['completed', 'partial', 'failed'])

const rate = z.number().nonnegative()

const hostSchema = z.object({
  name: z.string().optional(),
  platform: z.string(),
  cpu: z.string().optional(),
  cpus: countSchema.optional(),
  memory_gb: z.number().nonnegative().optional(),
  gpus: z
    .array(z.object({ name: z.string(), uuid: z.string(), driver: z.string(), memory_gb: z.number().nonnegative() }))
    .optional()
    .describe('those the engine ran on'),
})

const segmentSchema = z.object({
  host: z.string().optional(),
  started_at: timestampSchema,
  completed_at: timestampSchema,
  load_seconds: rate.optional().describe('from the start of the engine to its first healthy answer'),
  usage: z.object({ prompt_tokens: countSchema, completion_tokens: countSchema }).optional(),
  engine_metrics: z
    .record(z.string(), z.number())
    .optional()
    .describe('what the engine counted meanwhile, and percentiles of its histograms in seconds'),
  energy_joules: rate.optional().describe('of the run’s own GPUs; absent where a gap or a partition hides it'),
})

export const errorCauseSchema = z.object({
  status: z.int().optional().describe('HTTP status; absent where no answer came'),
  code: z.string().optional(),
  message: z.string().describe('a template: digits and quoted text masked'),
  count: z.int().positive(),
})

/** What a run of ours always knows of itself. */
const ownMeasures = ['completed_at', 'duration_seconds', 'command', 'sampling', 'host', 'concurrency', 'order'] as const

const knownFromSchema = z.enum(['rows', 'meta', 'index', 'log', 'file name', 'folder', 'file time', 'catalog', 'given'])

/** The file an imported run came from, and what became of each of its rows. */
const originSchema = z.object({
  file: z.string().describe('path as it was named, relative to the imported folder'),
  format: z.string(),
  bytes: countSchema,
  sha256: sha256Schema,
  rows_sha256: sha256Schema.describe('of the imported rows, whatever their order, line ends or compression'),
  rows: countSchema.describe('rows in the file: imported + left_out'),
  imported: countSchema,
  left_out: z
    .array(z.object({ from: countSchema, to: countSchema, rows: countSchema, finding: z.string() }))
    .describe('rows that are not in the bundle, by line or record number, and why'),
  inputs_sha256: sha256Schema.optional().describe('of the inputs, where rows are known by their position only'),
})

/** A run's .meta.json. A figure nobody measured is absent, never 0. */
export const runMetaSchema = z
  .object({
    schema_version: z.literal(1),
    run_id: z.string().min(1),
    status: statusSchema,
    failure: z
      .object({ code: z.string(), message: z.string() })
      .optional()
      .describe('why the run is failed or partial'),
    model: z.object({
      name: z.string(),
      id: z.string(),
      slug: slugSchema,
      size: z.string().optional(),
      vram_gb: z.number().positive().optional(),
      revision: revisionSchema.optional(),
      weights_sha256: sha256Schema.optional(),
      quantization: z.string().optional(),
    }),
    dataset: z.object({
      name: z.string().describe('the file name, e.g. batch_5k.jsonl'),
      count: countSchema,
      sha256: sha256Schema,
      privacy: z.enum(['personal', 'synthetic', 'public']),
      prompt_template: z.string().optional(),
      criteria: z.record(z.string(), z.string()).optional(),
      rubric: z.string().optional(),
      prompt_sha256: sha256Schema.optional(),
      extraction_sha256: sha256Schema.optional(),
    }),
    execution: z.object({
      started_at: timestampSchema,
      completed_at: timestampSchema.optional(),
      duration_seconds: rate
        .optional()
        .describe('time with requests in flight: first send to last answer, summed over segments'),
      req_per_sec: rate.optional().describe('successes / duration'),
      vllm_version: z.string().optional(),
      command: z.string().optional(),
      sampling: z
        .object({
          temperature: z.number(),
          top_p: z.number().optional(),
          seed: z.int().optional(),
          max_tokens: z.int().positive(),
        })
        .catchall(z.unknown())
        .optional(),
      limit: countSchema.optional().describe('the run asked only for the first rows; the others are missing'),
      overrides: z.array(z.string()).optional().describe('request members the run rewrote'),
      response_format: z.string().optional(),
      chat_template_sha256: sha256Schema.optional(),
      engine: z.object({
        name: z.string(),
        version: z.string().optional(),
        args: z.record(z.string(), z.unknown()),
        command: z.array(z.string()).optional().describe('the program and its arguments, as it was started'),
      }),
      host: hostSchema.optional(),
      segments: z.array(segmentSchema),
      concurrency: z.int().positive().optional(),
      order: z.enum(['input', 'prefix']).optional(),
      continues: z.string().optional().describe('the run whose answers this one started with'),
      retries: countSchema.optional(),
      restarts: countSchema.optional(),
      resumes: countSchema.optional(),
    }),
    results: z.object({
      total: countSchema,
      success: countSchema,
      errors: countSchema,
      missing: countSchema,
      success_rate: z.number().min(0).max(100).optional().describe('percent of total'),
      avg_prompt_tokens: rate.optional(),
      avg_completion_tokens: rate.optional(),
      error_causes: z.array(errorCauseSchema),
      finish_reasons: z.record(z.string(), countSchema),
    }),
    files: z.object({
      results: ledgerPathSchema,
      log: ledgerPathSchema,
      input: z.string(),
      sha256: z.object({ results: sha256Schema, log: sha256Schema }),
      bytes: z.object({ results: countSchema, log: countSchema }),
    }),
    provenance: z.object({
      source: z.enum(['measured', 'imported']),
      conflicts: z.array(
        z.object({
          field: z.string(),
          claimed: z.unknown(),
          observed: z.unknown(),
          claimed_by: knownFromSchema.optional(),
        }),
      ),
      origin: originSchema.optional(),
      known_from: z
        .record(z.string(), knownFromSchema)
        .optional()
        .describe('imported: where each field of the meta is from; only what is from rows was observed'),
    }),
  })
  .superRefine((meta, context) => {
    if (meta.provenance.source === 'measured')
      for (const field of ownMeasures)
        if (meta.execution[field] === undefined)
          context.addIssue({
            code: 'custom',
            path: ['execution', field],
            message: 'is missing: only a run that was imported may leave it out',
          })
    const { total, success, errors, missing } = meta.results
    if (total !== success + errors + missing)
      context.addIssue({
        code: 'custom',
        path: ['results', 'total'],
        message: `total is ${total}, success + errors + missing is ${success + errors + missing}`,
      })
    if (total !== meta.dataset.count)
      context.addIssue({
        code: 'custom',
        path: ['results', 'total'],
        message: `total is ${total}, the dataset counts ${meta.dataset.count}`,
      })
  })

export type RunMeta = z.infer<typeof runMetaSchema>
export type RunStatus = z.infer<typeof statusSchema>
export type ErrorCause = z.infer<typeof errorCauseSchema>
export type RunOrigin = z.infer<typeof originSchema>
export type KnownFrom = z.infer<typeof knownFromSchema>
