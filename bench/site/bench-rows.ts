import type { ParsedRow } from 'registry'
import { idOf, reasons, scales, unit, type BenchModel } from './bench-catalog.ts'

export interface BenchRun {
  /** the run's number: other runs of one model answer differently here and there */
  run: number
  model: BenchModel
  status: 'completed' | 'partial' | 'failed'
}

/** One row as its line, about 1 KB, and what it counts as; undefined where the run has none. */
export function benchRow(
  { run, model, status }: BenchRun,
  item: number,
  rows: number,
): { line: string; parsed: ParsedRow } | undefined {
  if (status === 'partial' && item > 0.8 * rows) return undefined
  const id = `${run}-${item}`
  const customId = idOf(item)
  const luck = unit(item, run, 11)
  if (status === 'failed' || luck < 0.004) {
    const message = status === 'failed' ? 'the tokenizer has no chat template' : `the prompt is ${item} tokens too long`
    const body = JSON.stringify({ error: { message, type: 'BadRequestError', param: null, code: 400 } })
    return {
      line: `{"id":"${id}","custom_id":"${customId}","response":{"status_code":400,"request_id":"r","body":${body}},"error":null}\n`,
      parsed: { id, customId, ok: false, content: null, status: 400, error: { status: 400, code: '400', message } },
    }
  }
  const answer = answerText(model, run, item)
  const isCut = luck < 0.008
  const content = isCut
    ? answer.slice(0, Math.floor(answer.length * unit(item, run, 12)))
    : luck < 0.012
      ? `I can’t judge this one: ${reasons[item % reasons.length]}.`
      : luck < 0.03
        ? `\`\`\`json\n${answer}\n\`\`\``
        : answer
  const finishReason = isCut ? 'length' : 'stop'
  const promptTokens = 420 + Math.floor(unit(item, 7, 7) * 90)
  const completionTokens = Math.round(content.length / 4)
  return {
    line: `{"id":"${id}","custom_id":"${customId}","response":{"status_code":200,"request_id":"r","body":{"id":"c-${id}","object":"chat.completion","created":1795511406,"model":"${model.slug}","choices":[{"index":0,"message":{"role":"assistant","content":${JSON.stringify(content)}},"logprobs":null,"finish_reason":"${finishReason}"}],"usage":{"prompt_tokens":${promptTokens},"completion_tokens":${completionTokens},"total_tokens":${promptTokens + completionTokens}}}},"error":null}\n`,
    parsed: { id, customId, ok: true, content, finishReason, promptTokens, completionTokens },
  }
}

function answerText(model: BenchModel, run: number, item: number): string {
  const isMended = unit(item, run, 13) < 0.008
  const parts = scales.map(({ name, scale }, field) => {
    const truth = unit(item, field, 17)
    // what the models of all runs see alike, pushed aside by each run's own eye
    const seen = truth + (unit(item * 8 + field, run, 19) - 0.5) * 2 * model.stray
    const value = scale[Math.min(scale.length - 1, Math.max(0, Math.floor(seen * scale.length)))] ?? ''
    const said = name === 'is_engineer' ? value : JSON.stringify(isMended && field === 0 ? value.toLowerCase() : value)
    const reason = reasons[Math.floor(unit(item * 8 + field, run, 23) * reasons.length)] ?? ''
    return `"${name}":{"reasoning":"${reason}","value":${said}}`
  })
  return `{${parts.join(',')}}`
}
