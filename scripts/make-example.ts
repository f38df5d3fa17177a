import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRunDeps } from '../actions/cli/create-run-deps.ts'
import { registerRuns } from '../actions/register-runs/register-runs.ts'
import { runBatch } from '../actions/run-batch/run-batch.ts'
import { engineArgs, vllmEnvironment } from '../test/vllm/scene.ts'
import { setUpVllm } from '../test/vllm/set-up-vllm.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const ledger = join(root, 'examples', 'ledger')
const models = ['smollm2-135m', 'gemma-3-270m']
const datasets = ['synthetic_candidates_50', 'synthetic_tickets_30']

/** What the example's catalog holds: copies of the root's files, so that the folder is a ledger on its own. */
export const exampleCatalog = [
  ...models.map((slug) => `registry/models/${slug}.yaml`),
  ...datasets.flatMap((id) => [`registry/datasets/${id}.yaml`, `registry/datasets/${id}.jsonl`]),
  'registry/rubrics/candidate_evaluation_v1.yaml',
  'registry/rubrics/ticket_routing_v1.yaml',
  'registry/labels/synthetic_tickets_30.jsonl',
  'registry/chat-templates/gemma-turns.jinja',
  'registry/policy.yaml',
]

/**
 * `node scripts/make-example.ts` makes examples/ledger anew by really running each model over each dataset on this
 * machine's CPU (some minutes), then SmolLM2 once more by vLLM; with the word `vllm` only that last run is added.
 */
async function main(): Promise<void> {
  const spool = await mkdtemp(join(tmpdir(), 'batchledger-example-'))
  if (process.argv[2] !== 'vllm') {
    await rm(ledger, { recursive: true, force: true })
    for (const path of exampleCatalog) await cp(join(root, path), join(ledger, path), { recursive: true })
    const deps = await createRunDeps({ ledger, spool, concurrency: 4 })
    for (const dataset of datasets)
      for (const model of models) await addRun(await runBatch({ ledger, model, dataset, concurrency: 4 }, deps))
  }
  await addRun(await runByVllm(spool))
  await registerRuns({ ledger })
  await rm(spool, { recursive: true })
}

async function addRun({ folder, runId }: { folder: string; runId: string }): Promise<void> {
  await cp(folder, ledger, { recursive: true })
  console.log(runId)
}

/** The weights of the first model, written as float32 for vLLM: engine against engine on the same numbers. */
async function runByVllm(spool: string) {
  const vllm = await setUpVllm((line) => console.error(line))
  Object.assign(process.env, vllmEnvironment(vllm))
  const concurrency = 4
  const deps = await createRunDeps({
    ledger,
    spool,
    concurrency,
    engine: 'vllm',
    weightsFolder: vllm.weights,
    engineArgs,
  })
  return runBatch({ ledger, model: 'smollm2-135m', dataset: 'synthetic_candidates_50', concurrency }, deps)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
