import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { generateCandidates } from '../../scripts/generate-candidates.ts'

export const benchModel = 'smollm2-135m'

const example = fileURLToPath(new URL('../../examples/ledger', import.meta.url))
const seed = 20241028
const namesAtHand = 340

/** A ledger with the example's models and rubrics, and one dataset `rows_<n>` of invented candidates for each count. */
export async function writeBenchLedger(folder: string, counts: readonly number[]): Promise<void> {
  for (const part of ['models', 'rubrics', 'policy.yaml'])
    await cp(join(example, 'registry', part), join(folder, 'registry', part), { recursive: true })
  for (const count of counts) await writeDataset(folder, `rows_${count}`, count)
}

async function writeDataset(ledger: string, id: string, count: number): Promise<void> {
  const file = `registry/datasets/${id}.jsonl`
  await mkdir(dirname(join(ledger, file)), { recursive: true })
  const hash = createHash('sha256')
  const lines = function* () {
    for (const line of candidateLines(count)) {
      hash.update(line)
      yield line
    }
  }
  await pipeline(lines, createWriteStream(join(ledger, file)))
  const entry = [
    `title: ${count} invented candidates`,
    'format: records',
    'location: ledger',
    `file: ${file}`,
    `sha256: ${hash.digest('hex')}`,
    `count: ${count}`,
    'privacy: synthetic',
    'created: 2026-11-24',
    'rubric: candidate_evaluation_v1',
    'custom_id: /custom_id',
  ]
  await writeFile(join(ledger, `registry/datasets/${id}.yaml`), `${entry.join('\n')}\n`)
}

function* candidateLines(count: number): Generator<string> {
  const candidates = generateCandidates(namesAtHand, seed)
  for (let index = 0; index < count; index++) {
    const candidate = candidates[index % candidates.length]
    // no two prompts are the same
    const title = `${candidate?.title ?? ''} (${index})`
    yield `${JSON.stringify({ ...candidate, custom_id: `candidate-${String(index + 1).padStart(6, '0')}`, title })}\n`
  }
}
