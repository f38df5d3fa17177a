import { sha256 } from 'registry/node'
import { seededRandom } from '../scripts/seeded-random.ts'
import { writeLedger, type TestLedger } from '../test/support/write-ledger.ts'

const words = 'river stone paper light engine winter garden letter market window signal bridge harbour copper'.split(
  ' ',
)
const seed = 777

const rubric = `title: A question about a text
prompt:
  user: |
    {{record/text}}

    {{record/question}}
criteria:
  answer: "- what the text says"
max_tokens: 32
fields:
  answer: { type: boolean, path: /answer, primary: true }
`

/**
 * A ledger with three datasets of invented rows. `uniform`: no two prompts share a beginning. `home`: all share one of about
 * 600 tokens. `shared`: `prefixes` beginnings of about 600 tokens, which come in turn.
 */
export async function writeVllmLedger(
  root: string,
  { rows, prefixes }: { rows: number; prefixes: number },
): Promise<TestLedger> {
  const ledger = await writeLedger(root, 1)
  await ledger.write('registry/rubrics/question_v1.yaml', rubric)
  const random = seededRandom(seed)
  const text = (count: number) => Array.from({ length: count }, () => random.pick(words)).join(' ')
  const beginnings = Array.from({ length: prefixes }, () => text(580))
  const datasets: Record<string, (row: number) => string> = {
    uniform: () => text(150),
    home: () => beginnings[0] ?? '',
    shared: (row) => beginnings[row % prefixes] ?? '',
  }
  for (const [id, textOf] of Object.entries(datasets)) {
    const lines = Array.from({ length: rows }, (_, row) =>
      JSON.stringify({ custom_id: `row-${row + 1}`, text: textOf(row), question: `Question ${row + 1}: ${text(12)}?` }),
    )
    await writeDataset(ledger, id, `${lines.join('\n')}\n`, rows)
  }
  return ledger
}

async function writeDataset(ledger: TestLedger, id: string, text: string, count: number): Promise<void> {
  const file = `registry/datasets/${id}.jsonl`
  await ledger.write(file, text)
  const entry = [
    `title: ${id}`,
    'format: records',
    'location: ledger',
    `file: ${file}`,
    `sha256: ${sha256(text)}`,
    `count: ${count}`,
    'privacy: synthetic',
    'created: 2026-11-24',
    'rubric: question_v1',
    'custom_id: /custom_id',
  ]
  await ledger.write(`registry/datasets/${id}.yaml`, `${entry.join('\n')}\n`)
}
