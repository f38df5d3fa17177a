import { execFileSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Model } from 'registry'
import { expect, test } from 'vitest'
import { installFakeVllm, installProgram } from '../../test/support/fake-vllm.ts'
import { makeFolder } from '../../test/support/make-ledger.ts'
import { findVllm, planVllm, vllmEnv, type VllmOptions } from './vllm-plan.ts'
import { digestFolder, findWeights, hubCache, snapshotFolder } from './vllm-weights.ts'

const revision = 'a'.repeat(40)
const pinned: Model = { name: 'Tiny', hub_id: 'test/tiny', revision }

async function layOut(model: Model, more: Partial<VllmOptions> = {}) {
  const folder = await makeFolder()
  const { env, weights } = await installFakeVllm(folder)
  const cache = join(folder, 'hub')
  const options: VllmOptions = {
    slug: 'tiny',
    model,
    engineArgs: {},
    logPath: join(folder, 'engine.log'),
    env: { PATH: folder, HF_HUB_CACHE: cache, ...env },
    ...more,
  }
  return { folder, weights, cache, options }
}

/** A snapshot as the hub's programs lay it out. */
async function addSnapshot(cache: string, hubId: string, files: Record<string, string>): Promise<string> {
  const snapshot = snapshotFolder(cache, hubId, revision)
  await mkdir(snapshot, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(snapshot, name), text)
  return snapshot
}

const whole = { 'config.json': '{"max_position_embeddings":1024}', 'model.safetensors': 'x' }
const template = { 'tokenizer_config.json': '{"chat_template":"{{ messages }}"}' }

test('the program is BATCHLEDGER_VLLM or stands on PATH', async () => {
  const folder = await makeFolder()
  expect(await findVllm({ PATH: folder })).toBeUndefined()
  const program = await installProgram(folder, 'vllm', 'exit 0')
  expect(await findVllm({ PATH: `/nowhere:${folder}` })).toBe(program)
  // one that is named and isn't there is no other
  expect(await findVllm({ PATH: folder, BATCHLEDGER_VLLM: '/nowhere/vllm' })).toBeUndefined()
})

test('a pinned snapshot of the hub is what is loaded', async () => {
  const { cache, options } = await layOut(pinned)
  const snapshot = await addSnapshot(cache, 'test/tiny', { ...whole, ...template })
  const { plan, problems } = await planVllm(options)
  expect(problems).toEqual([])
  expect(plan?.weights.folder).toBe(snapshot)
  // the model's own context is shorter than the profile's
  expect(plan?.info.args).toMatchObject({ revision, max_model_len: 1024 })
})

test('without a revision, without the snapshot, without a template: each is told with its mend', async () => {
  const { revision: _, ...unpinned } = pinned
  const { cache, options } = await layOut(pinned)
  expect((await planVllm({ ...options, model: unpinned })).problems).toEqual([
    'registry/models/tiny.yaml: names no revision, and vLLM loads only pinned weights: add revision: <40-hex commit of test/tiny>, or give --weights-folder',
  ])
  const snapshot = snapshotFolder(cache, 'test/tiny', revision)
  const mend = `get it with: hf download test/tiny --revision ${revision}`
  expect((await planVllm({ ...options, env: { ...options.env, BATCHLEDGER_VLLM: '/no/vllm' } })).problems).toEqual([
    'BATCHLEDGER_VLLM: /no/vllm is no program one may run: name vLLM’s, e.g. /opt/vllm/bin/vllm',
    `${snapshot}: holds no readable config.json; ${mend}`,
  ])
  await addSnapshot(cache, 'test/tiny', whole)
  expect((await planVllm(options)).problems).toEqual([
    expect.stringMatching(/^registry\/models\/tiny\.yaml: the weights carry no chat template and the entry names none/),
  ])
  const chatTemplate = { path: '/x.jinja', text: 'x' }
  const named = { ...pinned, chat_template: 'registry/chat-templates/x.jinja' }
  expect((await planVllm({ ...options, model: named, chatTemplate })).plan?.flags.join(' ')).toContain(
    '--chat-template /x.jinja',
  )
})

test('a download that was broken off is told by the parts it lacks', async () => {
  const cache = join(await makeFolder(), 'hub')
  const index = '{"weight_map":{"a":"model-1.safetensors","b":"model-2.safetensors"}}'
  const snapshot = await addSnapshot(cache, 'test/tiny', {
    ...template,
    'config.json': '{}',
    'model.safetensors.index.json': index,
    'model-1.safetensors': 'x',
  })
  expect((await findWeights('tiny', pinned, undefined, cache)).problems).toEqual([
    expect.stringContaining(`${snapshot}: model-2.safetensors is missing; get it with: hf download`),
  ])
  await rm(join(snapshot, 'model.safetensors.index.json'))
  await rm(join(snapshot, 'model-1.safetensors'))
  expect((await findWeights('tiny', pinned, undefined, cache)).problems).toEqual([
    expect.stringContaining('holds no *.safetensors; get it with'),
  ])
})

test('a folder of one’s own is digested as sha256sum does, and held against the entry', async () => {
  const { weights, options } = await layOut({ name: 'Tiny', hub_id: 'test/tiny' })
  const digest = await digestFolder(weights)
  const shell = execFileSync('sh', ['-c', 'LC_ALL=C; sha256sum -- * | sha256sum'], { cwd: weights, encoding: 'utf8' })
  expect(digest).toBe(shell.slice(0, 64))
  const { plan } = await planVllm({ ...options, weightsFolder: weights })
  expect(plan?.info.weights?.sha256).toBe(digest)
  await writeFile(join(weights, 'model.safetensors'), 'other weights')
  const model = { ...options.model, folder_sha256: digest }
  expect((await planVllm({ ...options, model, weightsFolder: weights })).problems).toEqual([
    expect.stringMatching(/weights: its digest is [0-9a-f]{64}, registry\/models\/tiny\.yaml says [0-9a-f]{64}: name/),
  ])
})

test('an adapter is what requests are sent to', async () => {
  const model = { ...pinned, lora: { hub_id: 'test/adapter', revision } }
  const { cache, options } = await layOut(model)
  await addSnapshot(cache, 'test/tiny', { ...whole, ...template })
  expect((await planVllm(options)).problems).toEqual([
    expect.stringContaining(`holds no adapter; get it with: hf download test/adapter --revision ${revision}`),
  ])
  const adapter = await addSnapshot(cache, 'test/adapter', { 'adapter_config.json': '{}' })
  const { plan } = await planVllm(options)
  expect(plan?.flags.join(' ')).toContain(`--served-model-name tiny-base --enable-lora --lora-modules tiny=${adapter}`)
  expect(plan?.info).toMatchObject({ servedModel: 'tiny', args: { lora: `test/adapter@${revision}` } })
})

test('where the hub’s programs keep things, and what vLLM is told of the world', () => {
  expect(hubCache({ HF_HUB_CACHE: '/a', HF_HOME: '/b' })).toBe('/a')
  expect(hubCache({ HF_HOME: '/b' })).toBe('/b/hub')
  expect(hubCache({ XDG_CACHE_HOME: '/c' })).toBe('/c/huggingface/hub')
  expect(vllmEnv({ HF_HUB_OFFLINE: '0', VLLM_API_KEY: 'x', HOME: '/h' })).toEqual({
    HOME: '/h',
    HF_HUB_OFFLINE: '1',
    TRANSFORMERS_OFFLINE: '1',
    VLLM_NO_USAGE_STATS: '1',
    DO_NOT_TRACK: '1',
  })
})
