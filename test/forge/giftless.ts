import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonTool } from '../../scripts/tools/cached-tool.ts'
import { until } from './forge-client.ts'
import { freePort } from './free-port.ts'
import type { Supervised } from './supervise.ts'

export interface LfsServer extends AsyncDisposable {
  /** for lfs.url, of this repository */
  urlFor(repository: string): string
  /** where an object of that repository lies, whether it is there or not */
  objectPath(repository: string, oid: string): string
  stop(): Promise<void>
}

/** As its requirements.txt pins them, without the clouds' storage and with a server that keeps no development mode. */
const packages = [
  'giftless==0.6.2',
  'cachetools==5.3.3',
  'cryptography==42.0.5',
  'figcan==0.0.4',
  'flask==2.3.3',
  'flask-classful==0.16.0',
  'flask-marshmallow==0.15.0',
  'gunicorn==23.0.0',
  'importlib-metadata==7.0.2',
  'marshmallow==3.21.1',
  'pyjwt==2.8.0',
  'python-dateutil==2.9.0.post0',
  'python-dotenv==1.0.1',
  'pyyaml==6.0.1',
  'typing-extensions==4.10.0',
  'webargs==8.4.0',
  'werkzeug==3.0.3',
]

/** A private LFS server on a free port of 127.0.0.1 that keeps its objects in a folder; anybody there may read and write. */
export async function startGiftless(options: { capSeconds: number }): Promise<LfsServer> {
  const { env } = pythonTool({
    name: 'giftless',
    version: '0.6.2',
    packages,
    why: 'the forge test runs a private LFS server',
  })
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-giftless-'))
  const store = join(folder, 'objects')
  await mkdir(store)
  const port = await freePort()
  const config = join(folder, 'giftless.yaml')
  await writeFile(
    config,
    `AUTH_PROVIDERS:
  - giftless.auth.allow_anon:read_write
LEGACY_ENDPOINTS: false
PRE_AUTHORIZED_ACTION_PROVIDER:
  options:
    private_key: ${randomBytes(24).toString('hex')}
TRANSFER_ADAPTERS:
  basic:
    factory: giftless.transfer.basic_streaming:factory
    options:
      storage_class: giftless.storage.local_storage:LocalStorage
      storage_options:
        path: ${store}
`,
  )
  const log = join(folder, 'giftless.log')
  const supervised: Supervised = {
    mark: randomBytes(8).toString('hex'),
    program: 'python3',
    args: ['-m', 'gunicorn', '--bind', `127.0.0.1:${port}`, '--threads', '4', 'giftless.wsgi_entrypoint:app'],
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, GIFTLESS_CONFIG_FILE: config, ...env },
    log,
    capSeconds: options.capSeconds,
  }
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('supervise.ts', import.meta.url)), JSON.stringify(supervised)],
    { stdio: ['pipe', 'inherit', 'inherit'], detached: true },
  )
  async function stop(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.stdin.end()
      await gone
    }
    await rm(folder, { recursive: true, force: true })
  }
  await until(`giftless answers (log: ${log})`, 30, async () => {
    if (child.exitCode !== null) throw new Error(`giftless ended with ${child.exitCode}; log: ${log}`)
    return fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
  })
  return {
    urlFor: (repository) => `http://127.0.0.1:${port}/${repository}.git/info/lfs`,
    objectPath: (repository, oid) => join(store, repository, oid),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
