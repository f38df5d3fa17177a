import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sha256 } from 'registry/node'

const scale = ['Strong No', 'No', 'Maybe', 'Yes', 'Strong Yes']

export interface TestLedger {
  /** the ledger's folder */
  folder: string
  /** a spool beside it */
  spool: string
  write(path: string, text: string): Promise<void>
}

/**
 * A small real ledger in a folder of its own: model `tiny`, rubric `verdict_v1`, dataset `people` with records
 * `person-1` … `person-<count>`.
 */
export async function writeLedger(root: string, count: number): Promise<TestLedger> {
  const folder = join(root, 'ledger')
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await write('registry/models/tiny.yaml', 'name: Tiny\nhub_id: test/tiny\nsize: 1M\n')
  await write('registry/rubrics/verdict_v1.yaml', rubricText)
  await writeDataset({ write }, 'people', peopleText(count))
  return { folder, spool: join(root, 'spool'), write }
}

export function peopleText(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `${JSON.stringify({ custom_id: `person-${index + 1}`, years: index })}\n`,
  ).join('')
}

/** Writes a records dataset and its entry, with the digest and count it really has. */
export async function writeDataset(
  { write }: Pick<TestLedger, 'write'>,
  id: string,
  text: string,
  more = '',
): Promise<void> {
  await write(`registry/datasets/${id}.jsonl`, text)
  await write(
    `registry/datasets/${id}.yaml`,
    `title: ${id}\nformat: records\nfile: registry/datasets/${id}.jsonl\nlocation: ledger\nsha256: ${sha256(text)}\ncount: ${text.trimEnd().split('\n').length}\nprivacy: synthetic\ncreated: 2026-11-24\nrubric: verdict_v1\n${more}`,
  )
}

const rubricText = `title: Verdict
prompt:
  system: "Judge by:\\n{{criteria}}"
  user: "{{record}}"
criteria:
  recommendation: "- more years are better"
response_schema:
  type: object
  properties:
    recommendation: { type: object }
max_tokens: 64
fields:
  recommendation:
    type: ordinal
    path: /recommendation/value
    reasoning: /recommendation/reasoning
    scale: [${scale.join(', ')}]
    primary: true
`
