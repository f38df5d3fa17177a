import { expect, test } from 'vitest'
import { modelSchema, parseYaml } from 'registry'
import { engineFlags, mergeEngineArgs, parseEngineArgs, profileFor } from './engine-args.ts'

test('a command line’s arguments are read by type, under vLLM’s own spelling too', () => {
  expect(
    parseEngineArgs(['max-model-len=8192', 'gpu_memory_utilization=0.85', '--enforce-eager=true', 'dtype=float32']),
  ).toEqual({
    args: { max_model_len: 8192, gpu_memory_utilization: 0.85, enforce_eager: true, dtype: 'float32' },
    problems: [],
  })
})

test.each([
  ['trust_remote_code=true', /^--engine-arg: trust_remote_code is refused, always: it runs code/],
  ['--trust-remote-code', /^--engine-arg: --trust-remote-code is refused, always/],
  ['reasoning_parser_plugin=/tmp/x.py', /refused, always/],
  ['worker_cls=os.system', /refused, always/],
  ['model=/etc', /can’t be set: the weights follow from hub_id and revision/],
  ['middleware=os.system', /is not an argument one may set, expected one of dtype, .*: leave it out$/],
  ['api_key=secret', /is not an argument one may set/],
  ['reasoning_parser=my.module', /reasoning_parser: is "my\.module": expected one of vLLM’s own names/],
  ['max_model_len=many', /max_model_len: is "many"/],
  ['max_num_seqs=0', /max_num_seqs: is 0/],
  ['gpu_memory_utilization=1.5', /gpu_memory_utilization: is 1\.5/],
  ['distributed_executor_backend=my.Executor', /distributed_executor_backend: is "my\.Executor"/],
  ['load_format=pt', /load_format: is "pt"/],
  ['dtype', /dtype: has no value, expected dtype=<value>/],
])('%s is refused', (text, problem) => {
  expect(parseEngineArgs([text]).problems).toEqual([expect.stringMatching(problem)])
})

test('every fault is told at once', () => {
  expect(parseEngineArgs(['seed=1', 'seed=2', 'x=1', 'dtype=int']).problems).toEqual([
    '--engine-arg seed: is given twice: give it once',
    expect.stringMatching(/^--engine-arg: x is not/),
    expect.stringMatching(/^--engine-arg dtype: is "int"/),
  ])
})

test('a catalog entry holds to the same list, with file and line', () => {
  const read = (args: string) => parseYaml(`name: T\nhub_id: a/b\nengine_args:\n${args}`, 'm.yaml', modelSchema)
  expect(read('  max_model_len: 4096\n  reasoning_parser: qwen3\n').value?.engine_args).toEqual({
    max_model_len: 4096,
    reasoning_parser: 'qwen3',
  })
  expect(read('  trust_remote_code: true\n  hf_token: x\n').problems).toEqual([
    expect.stringMatching(/^m\.yaml:\d: engine_args: trust_remote_code is refused, always: .*; hf_token is not/),
  ])
  expect(read('  max_model_len: long\n').problems).toEqual([
    expect.stringMatching(/^m\.yaml:4: engine_args\.max_model_len: /),
  ])
})

test('the command line wins over the entry, and the entry over the profile', () => {
  const args = mergeEngineArgs(profileFor([{ memory_gb: 16 }], 40_960), { max_num_seqs: 32 }, { max_model_len: 2048 })
  expect(args).toMatchObject({ max_num_seqs: 32, max_model_len: 2048, max_num_batched_tokens: 8192, dtype: 'auto' })
  expect(engineFlags({ enforce_eager: false, max_model_len: 2048, enable_prefix_caching: true })).toEqual([
    '--max-model-len',
    '2048',
    '--enable-prefix-caching',
    '--no-enforce-eager',
  ])
})

test('more memory takes more and longer requests; a model’s own context is the most', () => {
  const lengths = [undefined, 8, 16, 40, 80].map((gb) => {
    const args = profileFor(gb === undefined ? [] : [{ memory_gb: gb }], undefined)
    return [args.max_model_len, args.max_num_seqs]
  })
  expect(lengths).toEqual([
    [4096, 64],
    [4096, 64],
    [8192, 256],
    [16_384, 256],
    [32_768, 512],
  ])
  expect(profileFor([{ memory_gb: 80 }, { memory_gb: 16 }], 2048).max_model_len).toBe(2048)
  // of a machine's own memory vLLM would take nearly all
  expect(profileFor([], 8192).kv_cache_memory_bytes).toBe(2 ** 31)
})
