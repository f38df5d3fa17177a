import { readJsonLines } from '../json-lines.ts'
import { convertRow, isMembers, type ReadSource, type SourceRow, type UnreadableRow } from '../source-row.ts'

/**
 * lm-evaluation-harness, `samples_<task>_<time>.jsonl` (--log_samples): doc, doc_id, resps. The answer is the engine's own
 * (`resps`), not what filters made of it. The document's own custom_id or id names the row, else doc_id does.
 */
export const readLmEval: ReadSource = async function* (path, { onRaw }) {
  for await (const line of readJsonLines(path, onRaw))
    yield line.finding === undefined ? readSample(line.value, line.place) : line
}

function readSample(value: unknown, place: number): SourceRow | UnreadableRow {
  if (!isMembers(value)) return { place, finding: 'not an object, a sample is one' }
  const { doc_id: docId, doc, resps } = value
  if (typeof docId !== 'number' && typeof docId !== 'string') return { place, finding: 'doc_id is missing' }
  const first: unknown = Array.isArray(resps) ? resps[0] : undefined
  const answer: unknown = Array.isArray(first) ? first[0] : first
  if (typeof answer !== 'string')
    return { place, finding: 'resps holds log-likelihoods, no text that a rubric could read' }
  const own = isMembers(doc) ? (doc['custom_id'] ?? doc['id']) : undefined
  const customId = typeof own === 'string' || typeof own === 'number' ? String(own) : ''
  return convertRow({
    place,
    customId: customId === '' ? `doc-${docId}` : customId,
    positional: customId === '',
    content: answer,
    input: doc,
  })
}
