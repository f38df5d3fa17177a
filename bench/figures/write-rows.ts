import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { rubricSchema, type RunMeta } from 'registry'
import { seededRandom } from '../../scripts/seeded-random.ts'

const strengths = ['Weak', 'Average', 'Great']
const scales: Record<string, string[]> = {
  recommendation: ['Strong No', 'No', 'Maybe', 'Yes', 'Strong Yes'],
  educational_pedigree: strengths,
  company_pedigree: strengths,
  trajectory: strengths,
}
const words =
  'the candidate has shown steady growth at several companies with clear ownership of systems and some gaps in education although references were strong overall progress remains hard to judge from what is written here'.split(
    ' ',
  )
const wordsEach = 62

/** Five fields with a reason each, as the example's candidate rubric has them. */
export const benchRubric = rubricSchema.parse({
  title: 'Bench',
  prompt: { user: '{{record}}' },
  criteria: {},
  fields: {
    ...Object.fromEntries(
      Object.entries(scales).map(([name, scale]) => [
        name,
        { ...places(name), type: 'ordinal', scale, primary: name === 'recommendation' },
      ]),
    ),
    is_software_engineer: { ...places('is_software_engineer'), type: 'boolean' },
  },
})

function places(name: string) {
  return { path: `/${name}/value`, reasoning: `/${name}/reasoning` }
}

export const rowsPath = 'rows.jsonl'

/** What reading a run's rows needs of its meta. */
export function benchMeta(count: number): Pick<RunMeta, 'files' | 'dataset'> {
  const unknown = { results: '0'.repeat(64), log: '0'.repeat(64) }
  return {
    files: { results: rowsPath, log: 'l', input: 'i', sha256: unknown, bytes: { results: 0, log: 0 } },
    dataset: { name: 'd.jsonl', count, sha256: '0'.repeat(64), privacy: 'synthetic' },
  }
}

/** Rows of about 2.7 KB, all answered well, each with other words. */
export async function writeRows(path: string, rows: number): Promise<void> {
  const random = seededRandom(20241028)
  const reason = () => `${Array.from({ length: wordsEach }, () => random.pick(words)).join(' ')}.`
  const lines = function* () {
    for (let row = 0; row < rows; row++) {
      const answer: Record<string, { reasoning: string; value: string | boolean }> = {}
      for (const [name, scale] of Object.entries(scales))
        answer[name] = { reasoning: reason(), value: random.pick(scale) }
      answer['is_software_engineer'] = { reasoning: reason(), value: random.pick([true, false]) }
      yield `${JSON.stringify(rowOf(row, JSON.stringify(answer)))}\n`
    }
  }
  await pipeline(lines, createWriteStream(path))
}

function rowOf(row: number, content: string): object {
  const id = `chatcmpl-${row}`
  const message = { role: 'assistant', content }
  const body = {
    id,
    object: 'chat.completion',
    created: 1_795_511_406,
    model: 'm',
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: { prompt_tokens: 400 + (row % 9), completion_tokens: 300, total_tokens: 700 + (row % 9) },
  }
  return {
    id: `batch_req_${String(row).padStart(32, '0')}`,
    custom_id: `candidate-${row}`,
    response: { status_code: 200, request_id: id, body },
    error: null,
  }
}
