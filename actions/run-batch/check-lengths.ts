import type { StartedEngine } from '../engines/engine.ts'
import type { RunPlan } from './plan-run.ts'

/**
 * Looks by the engine's own tokenizer whether the longest and the shortest request that are still to be asked fit into
 * its context together with their answers. Nothing is told of an engine that doesn't count.
 */
export async function checkLengths(
  { countPrompt, info }: Pick<StartedEngine, 'countPrompt' | 'info'>,
  { source }: Pick<RunPlan, 'source'>,
  left: Uint32Array,
): Promise<{ problems: string[]; warnings: string[] }> {
  const [first] = left
  if (!countPrompt || first === undefined) return { problems: [], warnings: [] }
  let [longest, shortest] = [first, first]
  for (const position of left) {
    const size = source.sizes[position] ?? 0
    if (size > (source.sizes[longest] ?? 0)) longest = position
    if (size < (source.sizes[shortest] ?? 0)) shortest = position
  }
  const measure = async (position: number) => {
    const body = source.text(position, info.servedModel)
    const counted = await countPrompt(body)
    const { max_tokens: cap = 0 } = JSON.parse(body) as { max_tokens?: number }
    return counted && { ...counted, cap, over: counted.tokens + cap > counted.fit }
  }
  const long = await measure(longest)
  if (!long?.over) return { problems: [], warnings: [] }
  const finding = ({ tokens, cap, fit }: typeof long) =>
    `has ${tokens} prompt tokens and asks for ${cap}, max_model_len is ${fit}`
  const mend = 'give a larger max_model_len, or ask for a shorter answer'
  const short = await measure(shortest)
  if (short?.over)
    return { problems: [`the shortest request ${finding(short)}, so none would be answered: ${mend}`], warnings: [] }
  return { problems: [], warnings: [`the longest request ${finding(long)}; such rows will be refused: ${mend}`] }
}
