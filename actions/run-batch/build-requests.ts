import { batchRequestSchema, maskMessage, renderMessages, type Dataset, type Rubric, type RunMeta } from 'registry'
import type { DatasetItem } from 'registry/node'

/** Sampling as it is sent with each request: engines fill gaps from the model's own files, so nothing is left open. */
export type Sampling = Pick<RunMeta['execution']['sampling'], 'temperature' | 'max_tokens'> & {
  top_p: number
  seed: number
}

export interface BatchItem {
  customId: string
  /** the final request body, without `model`, which the engine's served name fills */
  body: Record<string, unknown>
}

export interface BuiltRequests {
  requests: BatchItem[]
  /** of the last request when they differ, which `varies` then says */
  sampling: RunMeta['execution']['sampling']
  /** members of ready-made requests that the run fills or rewrites */
  overrides: string[]
  problems: string[]
}

/**
 * The final request bodies of a dataset, in its order. Records are rendered by the rubric; ready-made requests are
 * taken as they are, with gaps in sampling filled. Pure; every fault is told as `path:line: finding`.
 */
export function buildRequests(
  dataset: Dataset,
  items: readonly DatasetItem[],
  rubric: Rubric | undefined,
  rubricId: string | undefined,
): BuiltRequests {
  const defaults: Sampling = { temperature: 0, top_p: 1, seed: 0, max_tokens: rubric?.max_tokens ?? 512 }
  if (dataset.format === 'openai-batch') return takeRequests(dataset, items, defaults)
  // the missing rubric is told where the entries are looked up
  if (!rubric) return { requests: [], sampling: defaults, overrides: [], problems: [] }
  const responseFormat = rubric.response_schema && {
    type: 'json_schema',
    json_schema: { name: (rubricId ?? 'answer').replaceAll('.', '_'), schema: rubric.response_schema, strict: true },
  }
  return {
    requests: items.map(({ customId, record }) => ({
      customId,
      body: {
        messages: renderMessages(rubric, record, dataset.custom_id),
        ...defaults,
        ...(responseFormat ? { response_format: responseFormat } : {}),
      },
    })),
    sampling: defaults,
    overrides: [],
    problems: [],
  }
}

function takeRequests(dataset: Dataset, items: readonly DatasetItem[], defaults: Sampling): BuiltRequests {
  const problems: string[] = []
  const requests: BatchItem[] = []
  const filled = new Set(['model'])
  const samplings = new Set<string>()
  let sampling: Sampling = defaults
  for (const [position, { customId, record }] of items.entries()) {
    const parsed = batchRequestSchema.safeParse(record)
    if (!parsed.success) {
      for (const issue of parsed.error.issues)
        problems.push(`${dataset.file}: row ${position + 1}: ${issue.path.join('.')}: ${maskMessage(issue.message)}`)
      continue
    }
    const { model: _, max_completion_tokens: completionCap, ...body } = parsed.data.body
    const cap = body.max_tokens ?? completionCap
    for (const name of ['temperature', 'top_p', 'seed'] as const) if (body[name] === undefined) filled.add(name)
    if (cap === undefined) filled.add('max_tokens')
    sampling = {
      temperature: body.temperature ?? defaults.temperature,
      top_p: body.top_p ?? defaults.top_p,
      seed: body.seed ?? defaults.seed,
      max_tokens: cap ?? defaults.max_tokens,
    }
    samplings.add(JSON.stringify(sampling))
    requests.push({ customId, body: { ...body, ...sampling } })
  }
  return {
    requests,
    sampling: samplings.size > 1 ? { ...sampling, varies: true } : sampling,
    overrides: [...filled].sort(),
    problems,
  }
}
