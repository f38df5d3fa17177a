import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunMeta } from 'registry'
import { bundlePaths } from 'registry/node'

const example = fileURLToPath(new URL('../../examples/ledger', import.meta.url))
const dataset = 'synthetic_tickets_30'

/** Ids of the runs that `writeRunLedger` adds to those of the example. */
export const added = {
  /** three starts, a night between them, on a GPU; its log is long and hostile */
  resumed: `gemma-3-270m-${dataset}-20261201-200000`,
  /** the same model again, hotter and with more in flight; its log is a pointer */
  hotter: `smollm2-135m-${dataset}-20261124-120000`,
  /** asked by an earlier prompt; its log is gone */
  earlier: `smollm2-135m-${dataset}-20261101-080000`,
}

export const longLine = `long ${'x'.repeat(1_000_000)} end`
const hostileLines = [
  '<script>window.pwned = 1</script> </ol><img src=x onerror=alert(1)>',
  '\u001B[31mERROR\u001B[0m engine \u202Egnorw\u202C gone',
  'loading 10 %\rloading 100 %',
  longLine,
]

/** The log of `added.resumed`, line by line. */
export const logLines = [
  ...Array.from({ length: 1500 }, (_, line) => {
    const at = new Date(Date.UTC(2026, 11, 1, 20) + line * 1000).toISOString()
    return `${at} step ${line} of the engine${line % 400 === 7 ? ': Needle found' : ''}`
  }),
  ...hostileLines,
  ...Array.from({ length: 40 }, (_, line) => `closing ${line}`),
]

/** A copy of the example ledger with runs beside its own that show what those don't. */
export async function writeRunLedger(folder: string): Promise<void> {
  await cp(example, folder, { recursive: true })
  await addRun(folder, `gemma-3-270m-${dataset}-20261124-091551`, added.resumed, logLines.join('\n'), (meta) => {
    Object.assign(meta, {
      status: 'partial',
      failure: { code: 'interrupted', message: 'interrupted with 1 rows to go' },
    })
    Object.assign(meta.results, { success: 29, missing: 1, success_rate: 96.67 })
    Object.assign(meta.execution, {
      host: {
        name: 'gpu-box',
        platform: 'linux-x64',
        gpus: [{ name: 'NVIDIA T4', uuid: 'GPU-1234', driver: '550.54.15', memory_gb: 16 }],
      },
      restarts: 1,
      resumes: 1,
      duration_seconds: 100,
      segments: [
        segment('2026-12-01T20:00:00Z', '2026-12-01T20:10:00Z', 120, 3000),
        segment('2026-12-01T20:11:00Z', '2026-12-01T20:20:00Z', 60, 2000),
        segment('2026-12-02T08:20:00Z', '2026-12-02T08:40:00Z', 60, 5000),
      ],
    })
    meta.execution.engine.command = ['vllm', 'serve', 'a model', '--max-model-len', '2048']
  })
  // one row fewer, as the meta says
  const { meta } = await readRun(folder, added.resumed)
  const rows = join(folder, meta.files.results)
  await writeFile(rows, (await readFile(rows, 'utf8')).split('\n').slice(1).join('\n'))

  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'
  await addRun(folder, `smollm2-135m-${dataset}-20261124-091516`, added.hotter, pointer, ({ execution }) => {
    execution.sampling = { ...execution.sampling, temperature: 0.7, max_tokens: 64 }
    execution.concurrency = 16
  })
  await addRun(folder, `smollm2-135m-${dataset}-20261124-091516`, added.earlier, '', (changed) => {
    changed.dataset.prompt_sha256 = 'e'.repeat(64)
    changed.dataset.prompt_template = changed.dataset.prompt_template?.replace(/^.*\n/, 'Which team, please?\n') ?? ''
  })
  await rm(join(folder, (await readRun(folder, added.earlier)).meta.files.log))
}

function segment(from: string, to: string, load: number, joules: number) {
  return {
    host: 'gpu-box',
    started_at: from,
    completed_at: to,
    load_seconds: load,
    usage: { prompt_tokens: 1000, completion_tokens: 100 },
    engine_metrics: { preemptions: 3 },
    energy_joules: joules,
  }
}

/** A run's meta and where it lies, for a test that reads it for itself. */
export async function readRun(folder: string, runId: string): Promise<{ meta: RunMeta; path: string }> {
  const slug = runId.slice(0, runId.indexOf(`-${dataset}`))
  const paths = bundlePaths({ runId, slug, datasetName: `${dataset}.jsonl` })
  if (!paths) throw new Error(`${runId} has no place`)
  return { meta: JSON.parse(await readFile(join(folder, paths.meta), 'utf8')) as RunMeta, path: paths.meta }
}

async function addRun(
  folder: string,
  from: string,
  runId: string,
  log: string,
  change: (meta: RunMeta) => void,
): Promise<void> {
  const { meta } = await readRun(folder, from)
  const rows = await readFile(join(folder, meta.files.results))
  const paths = bundlePaths({ runId, slug: meta.model.slug, datasetName: meta.dataset.name })
  if (!paths) throw new Error(`${runId} has no place`)
  const [, year, month, day, time = ''] = /(\d{4})(\d\d)(\d\d)-(\d{6})$/.exec(runId) ?? []
  meta.run_id = runId
  meta.execution.started_at = `${year}-${month}-${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:00Z`
  Object.assign(meta.files, { results: paths.results, log: paths.log })
  change(meta)
  await mkdir(join(folder, dirname(paths.meta)), { recursive: true })
  await writeFile(join(folder, paths.results), rows)
  await writeFile(join(folder, paths.log), log)
  await writeFile(join(folder, paths.meta), JSON.stringify(meta))
}
