import { readFile, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { dirname, join } from 'node:path'
import { parseEngineArgs } from '../../actions/engines/engine-args.ts'
import { planVllm, vllmEnv } from '../../actions/engines/vllm-plan.ts'
import { startGuarded } from '../../actions/engines/vllm-process.ts'
import { readAnswer } from '../../actions/engines/vllm-run-batch.ts'
import { vllmEngine } from '../../actions/engines/vllm.ts'
import { verdictText } from '../servers/vllm-answers.ts'
import { startVllmProtocolServer } from '../servers/vllm-protocol-server.ts'
import { check, engineArgs, expectGone, notePs, vllmEnvironment, type Scene, type Step } from './scene.ts'
import { shapeOf } from './steps-run.ts'

const messages = [{ role: 'user', content: 'Name three rivers.' }]
const long = [{ role: 'user', content: 'word '.repeat(3000) }]
const schema = (inner: unknown) => ({ type: 'json_schema', json_schema: { name: 'x', schema: inner } })

/** The same requests for the real server and for ours: [what, method, path, body]. */
const requests: [what: string, method: string, path: string, body?: unknown][] = [
  ['health', 'GET', '/health'],
  ['version', 'GET', '/version'],
  ['models', 'GET', '/v1/models'],
  ['an unknown URL', 'POST', '/v1/nothing', {}],
  ['an unknown page', 'GET', '/nothing'],
  ['a good request', 'POST', '/v1/chat/completions', { model: 'tiny', messages, max_tokens: 5, temperature: 0 }],
  ['a wrong model', 'POST', '/v1/chat/completions', { model: 'other', messages }],
  ['an over-long prompt', 'POST', '/v1/chat/completions', { model: 'tiny', messages: long, max_tokens: 5 }],
  ['max_tokens too big', 'POST', '/v1/chat/completions', { model: 'tiny', messages, max_tokens: 5000 }],
  ['max_tokens of 0', 'POST', '/v1/chat/completions', { model: 'tiny', messages, max_tokens: 0 }],
  ['no messages', 'POST', '/v1/chat/completions', { model: 'tiny' }],
  ['no JSON', 'POST', '/v1/chat/completions', '{"model":'],
  [
    'a schema it can’t use',
    'POST',
    '/v1/chat/completions',
    { model: 'tiny', messages, max_tokens: 5, response_format: schema({ type: 'nonsense' }) },
  ],
  ['tokens', 'POST', '/tokenize', { model: 'tiny', messages }],
  ['tokens of a wrong model', 'POST', '/tokenize', { model: 'other', messages }],
]

interface Told {
  status: number
  type: string
  text: string
}

async function askAll(baseUrl: string): Promise<Map<string, Told>> {
  const told = new Map<string, Told>()
  for (const [what, method, path, body] of requests) {
    const response = await fetch(baseUrl.replace(/\/v1$/, path), {
      method,
      ...(body === undefined
        ? {}
        : {
            headers: { 'content-type': 'application/json' },
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }),
    })
    const type = response.headers.get('content-type') ?? ''
    told.set(what, { status: response.status, type, text: await response.text() })
  }
  return told
}

/** An error's bytes with its numbers masked: tokens are words in our server. Anything else by members and types. */
function comparable({ status, type, text }: Told): string {
  const isError = status >= 400
  const body = text === '' ? '' : isError ? text.replaceAll(/\d+/g, '#') : JSON.stringify(shapeOf(JSON.parse(text)))
  return `${status} ${type} ${body}`
}

const series = (text: string) =>
  new Set([...text.matchAll(/^(vllm:\w+)(?:\{([^}]*)\})? /gm)].map(([, name = '']) => name))

/** Over a connection of its own: one that was kept may be closed by the server in the moment it is taken again. */
function postAlone(url: string, body: object): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json' }
    const sent = request(url, { method: 'POST', agent: false, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0))
    })
    sent.once('error', (error) => resolve(error.message))
    sent.end(JSON.stringify(body))
  })
}

async function engineOptions(scene: Scene, log: string) {
  const { args } = parseEngineArgs(engineArgs)
  return {
    slug: 'tiny',
    model: { name: 'Tiny', hub_id: 'test/tiny' },
    engineArgs: args,
    weightsFolder: scene.vllm.weights,
    logPath: join(dirname(scene.ledger.folder), log),
    env: vllmEnvironment(scene.vllm),
  }
}

/** How the real one answers, and whether the servers of our tests answer alike. */
export const protocolSteps: Step[] = [
  {
    name: 'protocol: test/servers answers as the real one; what is in flight is answered before it is stopped',
    async run(scene) {
      const engine = vllmEngine(await engineOptions(scene, 'protocol.log'))
      try {
        const started = await engine.start()
        const { pid = 0, baseUrl } = started
        await using ours = await startVllmProtocolServer({
          answer: (body) => verdictText(body, { values: ['Yes'] }),
          models: ['tiny'],
          maxModelLen: 2048,
        })
        const [real, fake] = [await askAll(baseUrl), await askAll(ours.baseUrl)]
        const differing = [...real].filter(([what, told]) => comparable(told) !== comparable(fake.get(what) ?? told))
        for (const [what, told] of differing) {
          scene.note(`${what}: vLLM:  ${comparable(told).slice(0, 700)}`)
          scene.note(`${what}: ours:  ${comparable(fake.get(what) ?? told).slice(0, 700)}`)
        }
        const theirs = series(await (await fetch(baseUrl.replace('/v1', '/metrics'))).text())
        const lacking = [...series(await (await fetch(ours.baseUrl.replace('/v1', '/metrics'))).text())].filter(
          (name) => !theirs.has(name),
        )
        const counted = await started.countPrompt?.(JSON.stringify({ model: 'tiny', messages }))
        scene.note(`/tokenize counts ${counted?.tokens} tokens of ${counted?.fit}`)
        const slow = { model: 'tiny', messages, max_tokens: 200, ignore_eos: true, temperature: 0 }
        const inFlight = [1, 2, 3].map((seed) => postAlone(`${baseUrl}/chat/completions`, { ...slow, seed }))
        await new Promise((resolve) => setTimeout(resolve, 1000))
        await notePs(scene, 'before the stop', pid)
        await engine.stop()
        const statuses = await Promise.all(inFlight)
        scene.note(`in flight when it was stopped: HTTP ${statuses.join(', ')}`)
        await expectGone(scene, pid)
        check(
          statuses.every((status) => status === 200),
          'a request in flight was not answered',
        )
        check(lacking.length === 0, `/metrics of test/servers has what vLLM lacks: ${lacking.join(', ')}`)
        check(differing.length === 0, `${differing.length} of ${requests.length} answers differ`)
      } finally {
        await engine.stop()
      }
    },
  },
  {
    name: 'run-batch: what it writes for a good row, an over-long one, an unknown URL, a wrong model',
    async run(scene) {
      const options = await engineOptions(scene, 'raw-batch.log')
      const { plan, problems } = await planVllm(options)
      check(plan, problems.join('; '))
      const [input, output] = ['in', 'out'].map((name) => join(dirname(options.logPath), `raw.${name}.jsonl`))
      const row = (custom_id: string, body: object, url = '/v1/chat/completions') =>
        `${JSON.stringify({ custom_id, method: 'POST', url, body })}\n`
      const good = { model: 'tiny', messages, max_tokens: 5 }
      const rows = [
        row('good', good),
        row('over-long', { ...good, messages: long }),
        row('unknown-url', good, '/v1/nothing'),
        row('wrong-model', { ...good, model: 'other' }),
      ]
      await writeFile(input ?? '', rows.join(''))
      const command = [plan.program, 'run-batch', '-i', input ?? '', '-o', output ?? '', '--model', plan.weights.folder]
      const guarded = await startGuarded([...command, ...plan.flags], {
        env: vllmEnv(options.env),
        logPath: options.logPath,
      })
      const code = await guarded.code
      await guarded.end(0)
      await expectGone(scene, guarded.pid)
      scene.note(`exit code ${code} with failed rows`)
      const answers = (await readFile(output ?? '', 'utf8')).trimEnd().split('\n').map(readAnswer)
      for (const answer of answers) scene.note(JSON.stringify(answer).slice(0, 300))
      const byId = new Map(answers.map((answer) => [typeof answer === 'string' ? answer : answer.customId, answer]))
      const get = (id: string) => {
        const answer = byId.get(id)
        if (typeof answer === 'object') return answer
        throw new Error(`${id}: ${answer ?? 'no row'}`)
      }
      check(code === 0, `exit code ${code}`)
      check(get('good').status === 200 && get('good').json, 'the good row')
      check(get('over-long').status === 400 && get('over-long').text.startsWith('{'), 'the over-long row')
      check(get('unknown-url').status === 400 && get('unknown-url').json === undefined, 'the unknown URL')
      check(get('wrong-model').status === 404, 'the wrong model')
    },
  },
]
