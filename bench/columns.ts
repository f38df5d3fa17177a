import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rubricSchema } from 'registry'
import { readRunColumns } from 'registry/node'
import type { BenchResult } from './bench.ts'

const rows = 40_000
const pairs = 5

/** Rows → columns with verdicts, accounting and id check, beside sha256sum of the same file. */
export async function benchColumns(): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-bench-'))
  try {
    const path = 'rows.jsonl'
    await writeFile(join(folder, path), Array.from({ length: rows }, (_, index) => makeRow(index)).join(''))
    const meta = {
      files: { results: path, log: 'l', input: 'i', sha256: { results: '', log: '' }, bytes: { results: 0, log: 0 } },
      dataset: { name: 'd.jsonl', count: rows, sha256: '', privacy: 'synthetic' as const },
    }
    const ours = () => timed(() => readRunColumns(folder, meta, rubric))
    const sum = () => timed(async () => void execFileSync('sha256sum', [join(folder, path)]))
    const result: BenchResult = {
      work: `${rows} rows of about 2 KB: rows → columns`,
      ours: [],
      peers: { sha256sum: [] },
    }
    for (let pair = 0; pair < pairs; pair++) {
      // ABBA: whoever comes second in one pair comes first in the next
      const order = pair % 2 === 0 ? [ours, sum] : [sum, ours]
      for (const run of order) (run === ours ? result.ours : (result.peers['sha256sum'] ?? [])).push(await run())
    }
    return result
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
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
