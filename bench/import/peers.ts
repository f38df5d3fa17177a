import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../../actions/adapters/cache-folder.ts'
import { timed } from '../in-pairs.ts'
import { peerPython } from '../peers/peer-python.ts'

const script = fileURLToPath(new URL('../peers/write_rows.py', import.meta.url))
const promptfooVersion = '0.121.20'

export interface PeerSample {
  seconds: number
  version: string
}

/** MLflow's `log_table` or Inspect's `write_eval_log` over the rows of a folder; imports of Python are not counted. */
export function writeWithPython(peer: 'mlflow' | 'inspect', folder: string, store: string): PeerSample {
  const python = peerPython('logs')
  const out = execFileSync(python, [script, peer, folder, store], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 2],
    maxBuffer: 1 << 26,
  })
  return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as PeerSample
}

/** `promptfoo import` of the same answers in its own export's shape, one process a file; making the exports is not counted. */
export async function importWithPromptfoo(exports: readonly string[], store: string): Promise<PeerSample> {
  const program = await promptfoo()
  const env = {
    ...process.env,
    PROMPTFOO_CONFIG_DIR: store,
    PROMPTFOO_DISABLE_TELEMETRY: '1',
    PROMPTFOO_DISABLE_UPDATE: '1',
  }
  const seconds = await timed(async () => {
    for (const path of exports)
      execFileSync(program, ['import', '--new-id', path], { env, stdio: ['ignore', 'ignore', 2] })
  })
  return { seconds, version: promptfooVersion }
}

/** One run's rows as `promptfoo eval -o` would export them (results.version 3). */
export async function writeExport(rowsPath: string, path: string, number: number): Promise<void> {
  const rows = (await readFile(rowsPath, 'utf8')).trimEnd().split('\n')
  const created = '2025-03-14T09:00:00.000Z'
  const prompt = { raw: '{{x}}', label: '{{x}}', id: 'p', provider: 'm' }
  const results = rows.map((line, testIdx) => {
    const { response } = JSON.parse(line) as { response: { body: { choices: { message: { content: string } }[] } } }
    const vars = { x: String(testIdx) }
    return {
      id: `r-${number}-${testIdx}`,
      testIdx,
      promptIdx: 0,
      promptId: 'p',
      prompt: { raw: '', label: '{{x}}' },
      provider: { id: 'openai:chat:m' },
      vars,
      testCase: { vars },
      response: { output: response.body.choices[0]?.message.content, tokenUsage: {} },
      success: true,
      score: 1,
      latencyMs: 0,
      cost: 0,
      namedScores: {},
      failureReason: 0,
    }
  })
  const evaluation = {
    evalId: `eval-b${number}-2025-03-14T09:00:00`,
    results: {
      version: 3,
      timestamp: created,
      prompts: [prompt],
      results,
      stats: { successes: rows.length, failures: 0, errors: 0, tokenUsage: {} },
    },
    config: { description: 'bench' },
    shareableUrl: null,
    metadata: { promptfooVersion, exportedAt: created, evaluationCreatedAt: created },
  }
  await writeFile(path, JSON.stringify(evaluation))
}

/** In a tool folder of its own, installed on the first call (npm, several hundred MB). */
async function promptfoo(): Promise<string> {
  const folder = join(cacheFolder(process.env), 'tools', `promptfoo-${promptfooVersion}`)
  const program = join(folder, 'node_modules/.bin/promptfoo')
  if (existsSync(program)) return program
  await mkdir(folder, { recursive: true })
  console.error(`bench: npm install promptfoo@${promptfooVersion} into ${folder}`)
  await writeFile(join(folder, 'package.json'), '{"private":true}\n')
  const packages = [`promptfoo@${promptfooVersion}`, '@libsql/linux-x64-gnu']
  execFileSync('npm', ['install', '--omit=optional', '--no-audit', '--no-fund', ...packages], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  })
  return program
}
