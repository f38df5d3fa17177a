import { Option, type Command } from 'commander'
import { UserError } from 'registry'
import { readCatalog } from 'registry/node'
import { defaultSpool } from '../adapters/spool.ts'
import { planOneRun, type PlannedRun } from '../plan-runs/plan-runs.ts'
import type { Shard } from '../run-batch/plan-run.ts'
import { defaultLimits, runBatch, type RunLimits } from '../run-batch/run-batch.ts'
import { createRunDeps, defaultEngine, engineNames, isVllm, type EngineName } from './create-run-deps.ts'
import {
  findLedger,
  parseCount,
  parseNatural,
  parseSeconds,
  parseShard,
  parseShare,
  withLedger,
  type LedgerOptions,
} from './options.ts'
import { runVerb, type VerbResult } from './verb.ts'
import { vllmConcurrency } from './vllm-run-deps.ts'

interface RunOptions extends LedgerOptions {
  model: string
  dataset: string
  rubric?: string
  engine?: EngineName
  baseUrl?: string
  spool: string
  limit?: number
  concurrency?: number
  engineArg: string[]
  weightsFolder?: string
  order: 'input' | 'prefix'
  shard?: Shard
  again?: boolean
  dryRun?: boolean
  continues?: string
  allowPartial?: boolean
  requestTimeout: number
  maxTries: number
  hangTimeout: number
  maxRestarts: number
  maxErrorRate: number
  minParseRate: number
  grace?: number
}

export function addRun(program: Command): void {
  withLedger(program.command('run'))
    .description('judge a dataset with one model; the bundle waits in the spool until it is published')
    .requiredOption('--model <slug>', 'a model of registry/models')
    .requiredOption('--dataset <name>', 'a dataset of registry/datasets')
    .option('--rubric <id>', "a rubric of registry/rubrics (default: the dataset's own)")
    .addOption(
      new Option(
        '--engine <name>',
        'what answers (default: vllm on a machine that has it and a GPU, else llama-cpp, or openai with --base-url)',
      ).choices(engineNames),
    )
    .option('--base-url <url>', 'an endpoint that speaks the OpenAI protocol, e.g. http://127.0.0.1:8000/v1')
    .option(
      '--engine-arg <name=value>',
      'an argument for vLLM, e.g. max_model_len=8192; may be given several times',
      (text: string, earlier: string[]) => [...earlier, text],
      [],
    )
    .option('--weights-folder <dir>', 'weights for vLLM that no hub has, instead of the entry’s revision')
    .option('--spool <dir>', 'where journal and bundle go', defaultSpool(process.env))
    .option('--limit <n>', 'only the first rows; the others count as missing', parseCount)
    .option('--concurrency <n>', 'requests in flight, at most (default: 4; with vLLM what keeps it busy)', parseCount)
    .addOption(
      new Option('--order <order>', 'send shared prefixes together, or as the dataset has them')
        .choices(['prefix', 'input'])
        .default('prefix'),
    )
    .option('--shard <i/n>', 'only part i of n of the order, for several machines', parseShard)
    .option('--dry-run', 'start nothing: say every fault, and what the run would take')
    .option('--again', 'start anew a job that is completed or can’t go on')
    .option('--continues <run>', 'start a new run with the answers of this one, e.g. after it was published as partial')
    .option('--allow-partial', 'a run that can’t be whole, or is interrupted, gives a partial bundle of what is there')
    .option(
      '--request-timeout <seconds>',
      'no whole answer within this time is a failed try',
      parseSeconds,
      defaultLimits.requestTimeoutMs / 1000,
    )
    .option(
      '--max-tries <n>',
      'tries a row on 429, 5xx, timeouts and broken connections',
      parseCount,
      defaultLimits.maxTries,
    )
    .option(
      '--hang-timeout <seconds>',
      'no finished row and no new token for this long: the engine is started again',
      parseSeconds,
      defaultLimits.hangTimeoutMs / 1000,
    )
    .option('--max-restarts <n>', 'how often the engine is started again', parseNatural, defaultLimits.maxRestarts)
    .option(
      '--max-error-rate <share>',
      'stop when more than this share of rows fails',
      parseShare,
      defaultLimits.maxErrorRate,
    )
    .option(
      '--min-parse-rate <share>',
      'stop when fewer answers than this share give a usable verdict',
      parseShare,
      defaultLimits.minParseRate,
    )
    .option(
      '--grace <seconds>',
      'after SIGINT or SIGTERM, how long rows in flight may still be answered (default: 30, under a job runner 5)',
      parseSeconds,
    )
    .addHelpText(
      'after',
      `
The same command goes on where an earlier one stopped, whatever stopped it: no answer that was
acknowledged is asked again. vLLM's program is BATCHLEDGER_VLLM, else vllm on PATH.
--engine vllm-run-batch is for comparison with vllm run-batch: it writes once, at its end, so an
interruption or a crash loses all its rows; it holds all rows in memory, watches no hang, and can't
tell loading from running. The bearer token for --base-url is read from OPENAI_API_KEY.
Exit code 1 when the run failed (its bundle is there all the same), 130 or 143 when it was interrupted.

Examples:
  $ batchledger run --model smollm2-135m --dataset synthetic_candidates_12
  $ batchledger run --model qwen-3-4b --dataset batch_5k --base-url http://127.0.0.1:8000/v1 --concurrency 64`,
    )
    .action((options: RunOptions) =>
      runVerb(options, async () => {
        const ledger = await findLedger(options)
        const { model, dataset, rubric, limit, baseUrl, spool } = options
        const engine = options.engine ?? (await defaultEngine(baseUrl))
        const vllm = {
          engineArgs: options.engineArg,
          ...(options.weightsFolder === undefined ? {} : { weightsFolder: options.weightsFolder }),
        }
        const concurrency =
          options.concurrency ??
          (isVllm(engine)
            ? await vllmConcurrency(model, (await readCatalog(ledger)).models.get(model), { ledger, ...vllm })
            : 4)
        const given = {
          ...(rubric === undefined ? {} : { rubric }),
          ...(limit === undefined ? {} : { limit }),
          ...(options.shard ? { shard: options.shard } : {}),
          order: options.order,
        }
        const remote = baseUrl === undefined ? {} : { baseUrl }
        const deps = await createRunDeps({
          ledger,
          spool,
          concurrency,
          ...remote,
          engine,
          ...vllm,
          limits: limitsOf(options),
          again: options.again === true,
          allowPartial: options.allowPartial === true,
          ...(options.continues === undefined ? {} : { continues: options.continues }),
        })
        const inputs = { ledger, model, dataset, concurrency, ...given, ...remote }
        if (options.dryRun === true) return describePlan(await planOneRun(inputs, deps))
        const outcome = await runBatch(inputs, deps)
        const { runId, folder, meta, already } = outcome
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
            already,
            bundle: folder,
          },
          text: [
            ...(already ? ['nothing was asked: this job is completed; --again runs it once more'] : []),
            `${runId}: ${meta.status}${reason}`,
            `${results.success} ok + ${results.errors} errors + ${results.missing} missing = ${results.total} rows in ${execution.duration_seconds} s`,
            ...outcome.causes.map(({ cause, firstCustomId }) => {
              const first = meta.dataset.privacy === 'personal' ? '' : ` (first: ${firstCustomId})`
              return `  ${cause.count} × ${cause.status ?? 'no answer'}: ${cause.message}${first}`
            }),
            `next: batchledger publish ${runId}`,
          ].join('\n'),
          exitCode: meta.status === 'failed' ? 1 : 0,
        }
      }),
    )
}

function limitsOf(options: RunOptions): Partial<RunLimits> {
  return {
    requestTimeoutMs: options.requestTimeout * 1000,
    maxTries: options.maxTries,
    hangTimeoutMs: options.hangTimeout * 1000,
    maxRestarts: options.maxRestarts,
    maxErrorRate: options.maxErrorRate,
    minParseRate: options.minParseRate,
    ...(options.grace === undefined ? {} : { graceMs: options.grace * 1000 }),
  }
}

function describePlan({ problems, ...planned }: PlannedRun): VerbResult {
  for (const warning of planned.warnings) process.stderr.write(`warning: ${warning}\n`)
  if (problems.length > 0 || !planned.forecast) throw new UserError('the run can’t start', problems)
  const { rows, prompt_tokens: tokens, hours, lfs_bytes: bytes, from } = planned.forecast
  const basis = from === undefined ? 'estimated from the requests’ lengths' : `as ${from} went`
  return {
    json: planned,
    text: [
      `${planned.model} over ${planned.dataset}: nothing keeps it from starting`,
      `${rows} rows, about ${tokens} prompt tokens, ${hours === undefined ? 'no earlier run tells how long' : `about ${hours} h`}, ${bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.ceil(bytes / 1e6)} MB`} for LFS (${basis})`,
    ].join('\n'),
  }
}
