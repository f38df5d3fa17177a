import { z } from 'zod'
import { slugSchema } from './primitives.ts'

const hostSchema = z
  .string()
  .regex(/^[A-Za-z0-9.-]+$|^\[[0-9a-f:]+\]$/, 'a host is a name or an address, without scheme, port or path')

const percentSchema = z.number().min(0).max(100)

/** registry/policy.yaml: the hosts that personal rows may reach (loopback is always allowed), and what a run must hold to be merged. */
export const policySchema = z.strictObject({
  allow_hosts: z
    .strictObject({
      engines: z.array(hostSchema).default([]),
      lfs: z.array(hostSchema).default([]),
      export: z.array(hostSchema).default([]),
    })
    .default({ engines: [], lfs: [], export: [] }),
  engines: z
    .record(
      slugSchema,
      z.strictObject({
        base_url: z.url({ protocol: /^https?$/, error: 'expected e.g. http://127.0.0.1:8000/v1' }),
        concurrency: z.int().positive().max(4096).optional().describe('requests in flight at most; 4 unless told'),
      }),
    )
    .default({})
    .describe('servers that a dispatch may name as its engine; no dispatch names a host'),
  gates: z
    .strictObject({
      min_success_rate: percentSchema.optional().describe('percent of all rows that were answered well'),
      min_parse_rate: percentSchema
        .optional()
        .describe('percent of the rows answered well whose verdict is usable: ok or ok_extracted'),
      max_speed_drop: percentSchema
        .optional()
        .describe('percent that req/s may lie below the last run of comparable speed'),
      min_agreement: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe('raw agreement on the rubric’s primary field with the last comparable run, as a share'),
    })
    .default({}),
  lfs: z
    .strictObject({
      budget_bytes: z.int().positive().optional().describe('what all runs’ rows and logs together may weigh in LFS'),
    })
    .default({}),
})

export type Policy = z.infer<typeof policySchema>
