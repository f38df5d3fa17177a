import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rubricSchema } from 'registry'
import { readRunColumns } from 'registry/node'
import { ratios, type BenchReport } from './figure.ts'
import { inPairs, timed } from './in-pairs.ts'

const rows = 40_000
const pairs = 5

/** Rows → columns with verdicts, accounting and id check, beside sha256sum of the same file. */
export async function benchColumns(): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-bench-'))
  try {
    const path = 'rows.jsonl'
    await writeFile(join(folder, path), Array.from({ length: rows }, (_, index) => makeRow(index)).join(''))
    const meta = {
      files: { results: path, log: 'l', input: 'i', sha256: { results: '', log: '' }, bytes: { results: 0, log: 0 } },
      dataset: { name: 'd.jsonl', count: rows, sha256: '', privacy: 'synthetic' as const },
    }
    const { ours, sum } = await inPairs(pairs, {
      ours: () => timed(() => readRunColumns(folder, meta, rubric)),
      sum: () => timed(async () => void execFileSync('sha256sum', [join(folder, path)])),
    })
    const figures = [
      { name: 'ours', unit: 's', values: ours },
      { name: 'sha256sum', unit: 's', values: sum },
      { name: 'ours / sha256sum', unit: '', values: ratios(ours, sum) },
    ]
    return { parts: [{ name: 'columns', work: `${rows} rows of about 2 KB: rows → columns`, figures }] }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const scale = ['No', 'Maybe', 'Yes']
const rubric = rubricSchema.parse({
  title: 'T',
  prompt: { user: '{{record}}' },
  criteria: {},
  fields: { verdict: { type: 'ordinal', path: '/verdict/value', scale, primary: true } },
})

function makeRow(index: number): string {
  const reasoning = Array.from({ length: 240 }, (_, word) => `w${(index * 31 + word * 7) % 997}`).join(' ')
  const content = JSON.stringify({ verdict: { value: scale[index % scale.length], reasoning } })
  const body = {
    id: `chatcmpl-${index}`,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 400, completion_tokens: 300, total_tokens: 700 },
  }
  return `${JSON.stringify({ id: `b-${index}`, custom_id: `c-${index}`, response: { status_code: 200, request_id: '', body }, error: null })}\n`
}
