import { UserError } from 'registry'
import { request } from 'undici'
import type { Engine } from './engine.ts'

export interface OpenaiOptions {
  /** with or without /v1 at the end */
  baseUrl: string
  slug: string
  hubId: string
  apiKey?: string
}

interface ServedModel {
  id: string
  owned_by?: string
}

const timeoutMs = 10_000

/** An endpoint somebody else runs. Starting it is finding out what it serves; it is never stopped by us. */
export function openaiEngine(options: OpenaiOptions): Engine {
  return {
    async start() {
      const baseUrl = normaliseBaseUrl(options.baseUrl)
      const models = await listModels(baseUrl, options.apiKey)
      const served = chooseModel(models, options, baseUrl)
      const version = await readVersion(baseUrl)
      return {
        baseUrl,
        info: {
          name: served.owned_by === 'vllm' ? 'vllm' : 'openai',
          ...(version === undefined ? {} : { version }),
          args: {},
          servedModel: served.id,
        },
        died: new Promise<string>(() => undefined),
      }
    },
    stop: () => Promise.resolve(),
  }
}

/** `http://host:8000` and `http://host:8000/v1/` → `http://host:8000/v1`. @throws UserError for what is no such URL */
export function normaliseBaseUrl(text: string): string {
  const refuse = (finding: string) =>
    new UserError('the endpoint can’t be used', [`--base-url: ${finding}, expected e.g. http://127.0.0.1:8000/v1`])
  if (!URL.canParse(text)) throw refuse(`${JSON.stringify(text)} is not a URL`)
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse(`the scheme is ${url.protocol.slice(0, -1)}`)
  if (url.username !== '' || url.password !== '')
    throw refuse('it carries credentials, which would be recorded: give a key through OPENAI_API_KEY')
  if (url.search !== '' || url.hash !== '') throw refuse('it carries a query or a fragment')
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.origin}${path.endsWith('/v1') ? path : `${path}/v1`}`
}

async function listModels(baseUrl: string, apiKey: string | undefined): Promise<ServedModel[]> {
  const url = `${baseUrl}/models`
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
  let finding: string
  try {
    const response = await request(url, { headers, signal: AbortSignal.timeout(timeoutMs) })
    const text = await response.body.text()
    const models = response.statusCode === 200 ? readModels(text) : undefined
    if (models) return models
    if (response.statusCode === 401 || response.statusCode === 403)
      throw new UserError('the endpoint refuses the key', [
        `--base-url: ${url}: HTTP ${response.statusCode}: set OPENAI_API_KEY to a key it takes`,
      ])
    finding = response.statusCode === 200 ? 'the answer is no list of models' : `HTTP ${response.statusCode}`
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code } = error as NodeJS.ErrnoException
    finding = typeof code === 'string' ? code : (error as Error).message
  }
  throw new UserError('the endpoint does not answer', [
    `--base-url: ${url}: ${finding}: start the server or mend the URL`,
  ])
}

function readModels(text: string): ServedModel[] | undefined {
  try {
    const { data } = JSON.parse(text) as { data?: unknown }
    if (!Array.isArray(data)) return undefined
    return data.filter((entry: unknown): entry is ServedModel => typeof (entry as ServedModel | null)?.id === 'string')
  } catch {
    return undefined
  }
}

/** The one named like our model, else the only one there. */
function chooseModel(models: readonly ServedModel[], options: OpenaiOptions, baseUrl: string): ServedModel {
  const wanted = [options.hubId, options.slug]
  const named = models.find(({ id }) => wanted.includes(id))
  const [only] = models
  const chosen = named ?? (models.length === 1 ? only : undefined)
  if (chosen) return chosen
  const served = models.length === 0 ? 'no model' : models.map(({ id }) => id).join(', ')
  throw new UserError('the endpoint does not serve this model', [
    `--base-url: ${baseUrl} serves ${served}, expected ${wanted.join(' or ')}: start the server with that model or name`,
  ])
}

/** vLLM tells its version beside /v1; others mostly don't. */
async function readVersion(baseUrl: string): Promise<string | undefined> {
  try {
    const response = await request(`${baseUrl.replace(/\/v1$/, '')}/version`, {
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.body.text()
    const { version } = response.statusCode === 200 ? (JSON.parse(text) as { version?: unknown }) : {}
    return typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}
