import { spawn } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readLedger, sha256 } from 'registry/node'
import { expect, test, vi } from 'vitest'
import { makeImportScene, type ImportScene } from '../../test/support/import-old.ts'
import { oldRows } from '../../test/support/write-old-folder.ts'
import { verifyResults } from '../verify-results/verify-results.ts'

vi.setConfig({ testTimeout: 120_000 })

const cli = fileURLToPath(new URL('../cli/batchledger.ts', import.meta.url))

async function makeOld(): Promise<ImportScene> {
  const scene = await makeImportScene()
  for (const size of ['1b', '2b', '3b'])
    await scene.put(`made-up-${size}_batch.jsonl`, oldRows(`made/up-${size}`, 2000))
  return scene
}

async function contents({ ledger }: ImportScene): Promise<Record<string, string>> {
  const entries = await readdir(join(ledger.folder, 'results'), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const read = files.map(async (path) => [path.slice(ledger.folder.length), sha256(await readFile(path))] as const)
  return Object.fromEntries((await Promise.all(read)).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Kills the import, and nothing of it may say goodbye, when its standard error has said `words`. */
async function killAt(scene: ImportScene, words: RegExp): Promise<void> {
  const args = ['import', scene.old, '--ledger', scene.ledger.folder, '--privacy', 'synthetic', '--apply']
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve())
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (words.test(said)) child.kill('SIGKILL')
    })
  })
  expect(child.signalCode).toBe('SIGKILL')
}

test.each([
  ['while it reads', /reading .*3b/],
  ['between two runs', /imported /],
])(
  'kill -9 %s: each run is there whole or not at all, and the next call ends what the first one began',
  async (_name, words) => {
    const [killed, undisturbed] = [await makeOld(), await makeOld()]
    await undisturbed.import()
    await killAt(killed, words)
    const half = await readLedger(killed.ledger.folder)
    expect(half.problems).toEqual([])
    expect(half.runs.length).toBeLessThan(3)
    const ids = half.runs.map(({ meta }) => meta.run_id)
    if (ids.length > 0)
      expect(
        (await verifyResults({ ledger: killed.ledger.folder, runIds: ids })).runs.flatMap(({ problems }) => problems),
      ).toEqual([])
    await killed.import()
    expect(await contents(killed)).toEqual(await contents(undisturbed))
  },
)
