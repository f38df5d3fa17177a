import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { verbs } from './describe-actions.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'actions', 'dist')

/** Bundles the workflow steps, the engine's server and the scanning thread into a folder: an entry each, what they share in chunks beside them. */
async function build(folder: string): Promise<void> {
  const bundle = await rolldown({
    cwd: root,
    platform: 'node',
    input: {
      ...Object.fromEntries(verbs.map((verb) => [verb, `actions/${verb}/main.ts`])),
      'llama-cpp-server': 'actions/engines/llama-cpp-server.ts',
      'scan-worker': 'registry/src/ledger/scan-worker.ts',
    },
    // a bundle that lacks a part would only fail on the runner
    onLog(level, log) {
      if (level !== 'info' && level !== 'debug') throw new Error(log.message)
    },
  })
  try {
    await bundle.write({
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].js',
      // no hash in the name: a change of source is a change of the same files
      chunkFileNames: 'shared-[name].js',
      minify: false,
      comments: { legal: true, jsdoc: false, annotation: false },
    })
  } finally {
    await bundle.close()
  }
}

async function readAll(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => [])
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)
  return new Map(await Promise.all(texts))
}

/** Writes actions/dist; with --check only says what differs from what the source gives, exit code 1. */
async function main(check: boolean): Promise<void> {
  if (!check) {
    await rm(dist, { recursive: true, force: true })
    await build(dist)
    return
  }
  // beside the real one, so that paths in the output are the same
  const folder = await mkdtemp(join(root, 'actions', 'dist-check-'))
  try {
    await build(folder)
    const [wanted, there] = [await readAll(folder), await readAll(dist)]
    const stale = [...new Set([...wanted.keys(), ...there.keys()])].filter(
      (name) => wanted.get(name) !== there.get(name),
    )
    for (const name of stale) console.log(`actions/dist/${name}: not what the source gives: npm run generate`)
    if (stale.length > 0) process.exitCode = 1
  } finally {
    await rm(folder, { recursive: true })
  }
}

await main(process.argv.includes('--check'))
