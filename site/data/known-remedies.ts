import type { RunMeta } from 'registry'

/** By what an engine or the network says; the first that fits counts. */
const bySaying: [RegExp, string][] = [
  [
    /chat[ _-]?template/i,
    'The weights carry no chat template, as base models do: take the instruction-tuned model, or name a template with chat_template in the model’s entry.',
  ],
  [
    /context length|max_model_len|maximum model length|prompt is too long|too many tokens|longer than the (?:model|context)/i,
    'Prompt and answer don’t fit the context: raise max_model_len in the model’s engine_args, or lower max_tokens or the prompt’s length in a new rubric.',
  ],
  [
    /out of memory|no available memory|KV cache/i,
    'The GPU’s memory was too small: lower max_model_len or max_num_seqs in the model’s engine_args, or take smaller or quantized weights.',
  ],
  [
    /unauthori[sz]ed|api key|forbidden/i,
    'The endpoint wants a key: set it in the runner’s environment and start again.',
  ],
  [
    /model .*(?:not found|does not exist)/i,
    'The endpoint serves another model: serve this one under the model’s slug.',
  ],
  [
    /failed twice on this row/i,
    'This row alone brings the engine down: the log’s last lines before each restart say how; it stays an error row.',
  ],
  [
    /no answer within|connection|socket|ECONN|stopped answering|timed? ?out/i,
    'The engine broke off: see the log’s last lines. The same run command asks these rows again.',
  ],
]

/** By what ended a run, `failure.code` of a meta. */
const byCode: Record<string, string> = {
  canary: 'Every sample row was refused alike: mend that cause, then give the same run command again.',
  error_rate: 'Mend the commonest cause below; the same run command goes on, --max-error-rate allows more.',
  parse_rate:
    'The answers aren’t in the rubric’s form: give the rubric a response_schema, or let the run go on with a lower --min-parse-rate.',
  engine_changed: 'The endpoint changed its model in mid-run: let it serve one, and start anew with --again.',
  engine_start_failed:
    'The engine didn’t come up: its own words are in the log. Mend that, then give the same run command.',
  engine_lost: 'The engine died and didn’t come up again: see the log’s last lines. The same run command goes on.',
  engine_died: 'The engine died more often than --max-restarts allows: see the log. The same run command goes on.',
  engine_hung:
    'The engine stopped answering more often than --max-restarts allows: see the log. The same run command goes on.',
  interrupted: 'Somebody or something stopped it: the same run command goes on where it stopped.',
  missing_rows: 'The same run command asks the missing rows; once this is published, --continues RUN does.',
  limit: 'Asked for with --limit: run it without, or with --continues RUN, for the rest.',
  shard: 'One part of a run: batchledger merge joins the parts.',
}

const byHttp: [(status: number) => boolean, string][] = [
  [
    (status) => status === 401 || status === 403,
    'The endpoint wants a key: set it in the runner’s environment and start again.',
  ],
  [
    (status) => status === 404,
    'The endpoint doesn’t know the address or the model: check --base-url, and that it serves the model’s slug.',
  ],
  [
    (status) => status === 429,
    'The endpoint was asked too fast: lower --concurrency. The same run command asks these rows again.',
  ],
  [(status) => status >= 500, 'The engine failed on these rows: see the log. The same run command asks them again.'],
]

/** How a cause of errors is mended, where it is a known one. */
export function remedyOf({ status, message }: { status?: number | undefined; message: string }): string | undefined {
  return (
    bySaying.find(([pattern]) => pattern.test(message))?.[1] ??
    (status === undefined ? undefined : byHttp.find(([fits]) => fits(status))?.[1])
  )
}

/** How a failed or partial run is mended: by its cause where that is known, else by what ended it. */
export function remedyOfRun({ failure, results }: Pick<RunMeta, 'failure' | 'results'>): string | undefined {
  if (failure) {
    const own = Object.hasOwn(byCode, failure.code) ? byCode[failure.code] : undefined
    return bySaying.find(([pattern]) => pattern.test(failure.message))?.[1] ?? own
  }
  const [cause] = results.error_causes
  return cause ? remedyOf(cause) : results.missing > 0 ? byCode['missing_rows'] : undefined
}
