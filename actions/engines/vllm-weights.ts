import { access, readFile, readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { Model } from 'registry'
import { digestFile, sha256 } from 'registry/node'

export interface WeightsFolder {
  folder: string
  /** of a folder that no hub has: over its files */
  sha256?: string
  /** what the weights' own config says, else their data type */
  quantization: string
  /** tokens the model was made for, where its config says so */
  context?: number
  /** of the template that lies beside the weights */
  chatTemplateSha256?: string
}

/** Where the hub's own programs keep what they downloaded: huggingface_hub's HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME. */
export function hubCache(env: NodeJS.ProcessEnv): string {
  if (env['HF_HUB_CACHE']) return env['HF_HUB_CACHE']
  const xdg = env['XDG_CACHE_HOME'] ?? ''
  const cache = isAbsolute(xdg) ? xdg : join(homedir(), '.cache')
  return join(env['HF_HOME'] || join(cache, 'huggingface'), 'hub')
}

/** Where a repository's files of one commit lie, whether they are there or not. */
export function snapshotFolder(cache: string, hubId: string, revision: string): string {
  return join(cache, `models--${hubId.replaceAll('/', '--')}`, 'snapshots', revision)
}

/**
 * Finds what vLLM is to load and looks whether it is whole: a folder one names, or the hub's snapshot of the entry's
 * revision. Every fault is told. Reads a named folder once to digest it; a snapshot is pinned by its name.
 */
export async function findWeights(
  slug: string,
  model: Model,
  named: string | undefined,
  cache: string,
): Promise<{ problems: string[]; weights?: WeightsFolder }> {
  const entry = `registry/models/${slug}.yaml`
  if (named === undefined && model.revision === undefined)
    return {
      problems: [
        `${entry}: names no revision, and vLLM loads only pinned weights: add revision: <40-hex commit of ${model.hub_id}>, or give --weights-folder`,
      ],
    }
  const folder = named ?? snapshotFolder(cache, model.hub_id, model.revision ?? '')
  const mend =
    named === undefined
      ? `get it with: hf download ${model.hub_id} --revision ${model.revision}`
      : 'name a folder with config.json and *.safetensors'
  const config = await readJson(join(folder, 'config.json'))
  if (!config) return { problems: [`${folder}: holds no readable config.json; ${mend}`] }
  const missing = await missingWeights(folder)
  if (missing.length > 0) return { problems: missing.map((what) => `${folder}: ${what}; ${mend}`) }
  const problems: string[] = []
  const digest = named === undefined ? undefined : await digestFolder(folder)
  if (digest !== undefined && model.folder_sha256 !== undefined && digest !== model.folder_sha256)
    problems.push(
      `${folder}: its digest is ${digest}, ${entry} says ${model.folder_sha256}: name the folder that was pinned`,
    )
  const template = await readTemplate(folder)
  if (template === undefined && model.chat_template === undefined)
    problems.push(
      `${entry}: the weights carry no chat template and the entry names none, so every chat request would be refused; ` +
        'name one with chat_template: registry/chat-templates/<file>.jinja',
    )
  if (problems.length > 0) return { problems }
  const context = contextOf(config)
  return {
    problems,
    weights: {
      folder,
      ...(digest === undefined ? {} : { sha256: digest }),
      quantization: quantizationOf(config),
      ...(context === undefined ? {} : { context }),
      ...(template === undefined ? {} : { chatTemplateSha256: sha256(template) }),
    },
  }
}

async function missingWeights(folder: string): Promise<string[]> {
  const index = await readJson(join(folder, 'model.safetensors.index.json'))
  const map = index?.['weight_map']
  if (typeof map === 'object' && map !== null) {
    const files = [...new Set(Object.values(map).map(String))].sort()
    const there = await Promise.all(files.map((file) => isThere(join(folder, file))))
    return files.filter((_, place) => !there[place]).map((file) => `${file} is missing`)
  }
  const names = await readdir(folder)
  for (const name of names) if (name.endsWith('.safetensors') && (await isThere(join(folder, name)))) return []
  return ['holds no *.safetensors']
}

const digests = new Map<string, string>()

/**
 * Digest over a folder's own files: of the lines `<sha256>  <name>`, sorted by name; the same as
 * `LC_ALL=C; sha256sum -- * | sha256sum` in it. Known again within a process as long as sizes and times stay.
 */
export async function digestFolder(folder: string): Promise<string> {
  const files: { name: string; path: string; mark: string }[] = []
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name)
    const found = await stat(path)
    if (found.isFile() && !name.startsWith('.'))
      files.push({ name, path, mark: `${path} ${found.size} ${found.mtimeMs}` })
  }
  const key = files.map(({ mark }) => mark).join('\n')
  const known = digests.get(key)
  if (known !== undefined) return known
  const lines: string[] = []
  for (const { name, path } of files) lines.push(`${(await digestFile(path)).sha256}  ${name}\n`)
  const digest = sha256(lines.join(''))
  digests.set(key, digest)
  return digest
}

/** Where transformers looks for it: a file of its own, else the tokenizer's config. */
async function readTemplate(folder: string): Promise<string | undefined> {
  const own = await readFile(join(folder, 'chat_template.jinja'), 'utf8').catch(() => undefined)
  if (own !== undefined) return own
  for (const name of ['chat_template.json', 'tokenizer_config.json']) {
    const template = (await readJson(join(folder, name)))?.['chat_template']
    // several under names, of which the default is taken
    if (template !== undefined && template !== null)
      return typeof template === 'string' ? template : JSON.stringify(template)
  }
  return undefined
}

function quantizationOf(config: Record<string, unknown>): string {
  const { quant_method: method } = (config['quantization_config'] ?? {}) as { quant_method?: unknown }
  const type = config['dtype'] ?? config['torch_dtype']
  if (typeof method === 'string') return method
  return typeof type === 'string' ? type : 'none'
}

function contextOf(config: Record<string, unknown>): number | undefined {
  const text = config['text_config'] as Record<string, unknown> | undefined
  const tokens = config['max_position_embeddings'] ?? text?.['max_position_embeddings']
  return typeof tokens === 'number' && tokens > 0 ? tokens : undefined
}

async function readJson(path: string): Promise<Record<string, unknown> | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
