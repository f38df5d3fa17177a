import { execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import type { BenchReport, Figure } from '../figure.ts'
import { inPairs } from '../in-pairs.ts'
import { importProgram, type ImportUsage } from './import-process.ts'
import { importWithPromptfoo, writeExport, writeWithPython } from './peers.ts'

const files = 5
const rows = 5000
const ourTries = 3
const largeRows = 400_000

const scale = ['No', 'Maybe', 'Yes']

/** Old files → bundles, metas, catalog and columns, beside what peers need to store the same answers; memory over 1 GB. */
export async function benchImport(): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-bench-import-'))
  try {
    const { report, versions } = await compare(folder)
    return { parts: [report, await measureLarge(folder)], versions }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function compare(folder: string) {
  const old = join(folder, 'old')
  await mkdir(old)
  const names = Array.from({ length: files }, (_, number) => `model-${number}-1b_bench.jsonl`)
  for (const [number, name] of names.entries()) await writeRows(join(old, name), rows, `bench/model-${number}-1b`)
  const exports = names.map((name) => join(folder, name.replace('.jsonl', '.json')))
  for (const [number, name] of names.entries()) await writeExport(join(old, name), exports[number] ?? '', number)
  let store = 0
  const fresh = async () => {
    const path = join(folder, `store-${store++}`)
    await mkdir(path)
    return path
  }
  const ours: ImportUsage[] = []
  for (let time = 0; time < ourTries; time++) ours.push(runOurs(await makeLedger(await fresh()), old, true))
  const wrong = ours.find((usage) => usage.rows !== files * rows || usage.runs !== files)
  if (wrong)
    throw new Error(`${wrong.rows} rows of ${wrong.runs} runs were imported, expected ${files * rows} of ${files}`)
  const peers = await inPairs(1, {
    mlflow: async () => writeWithPython('mlflow', old, await fresh()),
    inspect: async () => writeWithPython('inspect', old, await fresh()),
    promptfoo: async () => importWithPromptfoo(exports, await fresh()),
  })
  const whole = ours.map(({ importSeconds, columnSeconds }) => importSeconds + columnSeconds)
  const seconds = (name: keyof typeof peers) => peers[name].map((sample) => sample.seconds)
  const best = Math.min(...seconds('mlflow'), ...seconds('inspect'), ...seconds('promptfoo'))
  const figures: Figure[] = [
    { name: 'ours: import with verification, and columns', unit: 's', values: whole },
    { name: 'of that, import', unit: 's', values: ours.map(({ importSeconds }) => importSeconds) },
    { name: 'MLflow log_table', unit: 's', values: seconds('mlflow') },
    { name: 'Inspect write_eval_log', unit: 's', values: seconds('inspect') },
    { name: 'promptfoo import', unit: 's', values: seconds('promptfoo') },
    { name: 'ours / best of them', unit: '', values: whole.map((value) => value / best), wanted: { atMost: 0.1 } },
  ]
  const work = `${files} files of ${rows} rows of 2.6 KB`
  const versions = Object.fromEntries(Object.entries(peers).map(([name, [sample]]) => [name, sample?.version ?? '']))
  return { report: { name: 'import', work, figures }, versions }
}

async function measureLarge(folder: string) {
  const old = join(folder, 'large')
  await mkdir(old)
  const bytes = await writeRows(join(old, 'model-9-1b_large.jsonl'), largeRows, 'bench/model-9-1b')
  const usage = runOurs(await makeLedger(join(folder, 'large-ledger')), old, false)
  if (usage.rows !== largeRows) throw new Error(`${usage.rows} rows were imported, expected ${largeRows}`)
  const figures: Figure[] = [
    { name: 'peak RSS', unit: 'MB', values: [usage.peakBytes / 1e6], wanted: { atMost: 300 } },
    { name: 'import', unit: 's', values: [usage.importSeconds] },
  ]
  return { name: 'large', work: `one file of ${largeRows} rows, ${(bytes / 1e9).toFixed(2)} GB`, figures }
}

function runOurs(ledger: string, old: string, columns: boolean): ImportUsage {
  const out = execFileSync(
    process.execPath,
    ['--max-semi-space-size=16', importProgram, JSON.stringify({ ledger, old, columns })],
    { encoding: 'utf8' },
  )
  return JSON.parse(out) as ImportUsage
}

async function makeLedger(folder: string): Promise<string> {
  await mkdir(join(folder, 'registry/rubrics'), { recursive: true })
  await writeFile(
    join(folder, 'registry/rubrics/bench.yaml'),
    `title: Bench\nprompt: { user: '{{record}}' }\ncriteria: { verdict: a verdict }\nfields:\n  verdict: { type: ordinal, path: /verdict/value, scale: [${scale.join(', ')}], primary: true }\n`,
  )
  return folder
}

async function writeRows(path: string, count: number, model: string): Promise<number> {
  const out = createWriteStream(path)
  for (let index = 0; index < count; index++) if (!out.write(makeRow(model, index))) await once(out, 'drain')
  out.end()
  await once(out, 'finish')
  return out.bytesWritten
}

function makeRow(model: string, index: number): string {
  const reasoning = Array.from({ length: 440 }, (_, word) => `w${(index * 31 + word * 7) % 997}`).join(' ')
  const content = JSON.stringify({ verdict: { value: scale[index % scale.length], reasoning } })
  const body = {
    id: `chatcmpl-${index}`,
    object: 'chat.completion',
    created: 1_741_942_800 + (index >> 2),
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, logprobs: null, finish_reason: 'stop' }],
    usage: { prompt_tokens: 400, completion_tokens: 300, total_tokens: 700 },
  }
  const response = { status_code: 200, request_id: `vllm-batch-${index}`, body }
  return `${JSON.stringify({ id: `vllm-${index}`, custom_id: `candidate-${index}`, response, error: null })}\n`
}
