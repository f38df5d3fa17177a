import { Option, type Command } from 'commander'
import { defaultSpool } from '../adapters/spool.ts'
import { runBatch } from '../run-batch/run-batch.ts'
import { createRunDeps, engineNames, type EngineName } from './create-run-deps.ts'
import { findLedger, parseCount, withLedger, type LedgerOptions } from './options.ts'
import { runVerb } from './verb.ts'

interface RunOptions extends LedgerOptions {
  model: string
  dataset: string
  rubric?: string
  engine?: EngineName
  baseUrl?: string
  spool: string
  limit?: number
  concurrency: number
}

export function addRun(program: Command): void {
  withLedger(program.command('run'))
    .description('judge a dataset with one model; the bundle waits in the spool until it is published')
    .requiredOption('--model <slug>', 'a model of registry/models')
    .requiredOption('--dataset <name>', 'a dataset of registry/datasets')
    .option('--rubric <id>', "a rubric of registry/rubrics (default: the dataset's own)")
    .addOption(
      new Option('--engine <name>', 'what answers (default: llama-cpp, or openai with --base-url)').choices(
        engineNames,
      ),
    )
    .option('--base-url <url>', 'an endpoint that speaks the OpenAI protocol, e.g. http://127.0.0.1:8000/v1')
    .option('--spool <dir>', 'where journal and bundle go', defaultSpool(process.env))
    .option('--limit <n>', 'only the first rows; the others count as missing', parseCount)
    .option('--concurrency <n>', 'requests in flight', parseCount, 4)
    .addHelpText(
      'after',
      `
The bearer token for --base-url is read from OPENAI_API_KEY.
Exit code 1 when the run failed; its bundle is there all the same.

Examples:
  $ batchledger run --model smollm2-135m --dataset synthetic_candidates_12
  $ batchledger run --model qwen-3-4b --dataset batch_5k --base-url http://127.0.0.1:8000/v1 --concurrency 64`,
    )
    .action((options: RunOptions) =>
      runVerb(options, async () => {
        const ledger = await findLedger(options)
        const { model, dataset, rubric, limit, concurrency, baseUrl, engine, spool } = options
        const given = { ...(rubric === undefined ? {} : { rubric }), ...(limit === undefined ? {} : { limit }) }
        const remote = baseUrl === undefined ? {} : { baseUrl }
        const deps = await createRunDeps({
          ledger,
          spool,
          concurrency,
          ...remote,
          ...(engine === undefined ? {} : { engine }),
        })
        const { runId, folder, meta } = await runBatch(
          { ledger, model, dataset, concurrency, ...given, ...remote },
          deps,
        )
        const { results, execution } = meta
        const reason = meta.failure ? `: ${meta.failure.message}` : ''
        return {
          json: {
            run_id: runId,
            status: meta.status,
            ...(meta.failure ? { failure: meta.failure } : {}),
            results,
            duration_seconds: execution.duration_seconds,
            ...(execution.req_per_sec === undefined ? {} : { req_per_sec: execution.req_per_sec }),
            bundle: folder,
          },
          text: [
            `${runId}: ${meta.status}${reason}`,
            `${results.success} ok + ${results.errors} errors + ${results.missing} missing = ${results.total} rows in ${execution.duration_seconds} s`,
            ...results.error_causes.map(
              (cause) => `  ${cause.count} × ${cause.status ?? 'no answer'}: ${cause.message}`,
            ),
            `next: batchledger publish ${runId}`,
          ].join('\n'),
          exitCode: meta.status === 'failed' ? 1 : 0,
        }
      }),
    )
}
