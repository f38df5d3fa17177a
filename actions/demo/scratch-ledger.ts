import { cp, mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lfsAttributes } from 'registry/node'
import { committerEnv, git } from '../adapters/git.ts'
import { registerRuns } from '../register-runs/register-runs.ts'

const authored = ['models', 'datasets', 'rubrics', 'labels', 'chat-templates', 'policy.yaml']

export interface ScratchLedger {
  ledger: string
  remote: string
}

/**
 * A ledger of its own with a bare remote beside it: `<folder>/ledger` and `<folder>/remote.git`, made when missing and
 * otherwise kept with all its runs; the catalog is brought up to date either way.
 * @param catalog the folder that holds registry/
 */
export async function prepareScratchLedger(folder: string, catalog: string): Promise<ScratchLedger> {
  const ledger = join(folder, 'ledger')
  const remote = join(folder, 'remote.git')
  await mkdir(ledger, { recursive: true })
  if (!(await exists(join(ledger, '.git')))) await git(ledger, ['init', '--quiet', '-b', 'main'])
  if (!(await exists(remote))) {
    await git(folder, ['init', '--quiet', '--bare', '-b', 'main', remote])
    await git(ledger, ['remote', 'remove', 'origin']).catch(() => undefined)
    await git(ledger, ['remote', 'add', 'origin', pathToFileURL(remote).href])
  }
  await git(ledger, ['lfs', 'install', '--local'])
  for (const name of authored)
    await cp(join(catalog, 'registry', name), join(ledger, 'registry', name), { recursive: true })
  await writeFile(join(ledger, '.gitattributes'), `${lfsAttributes.join('\n')}\n`)
  await registerRuns({ ledger })
  await commitAndPush(ledger, 'Bring the catalog up to date')
  return { ledger, remote }
}

/** Merges a published run into main, as a person would in a pull request, and writes the index. */
export async function mergeRun({ ledger }: ScratchLedger, runId: string): Promise<void> {
  await git(ledger, ['fetch', '--quiet', 'origin', `refs/heads/runs/${runId}`])
  await git(ledger, ['merge', '--quiet', '--no-ff', '-m', `Merge run ${runId}`, 'FETCH_HEAD'], {
    env: await committerEnv(ledger),
  })
  await registerRuns({ ledger })
  await commitAndPush(ledger, `Register ${runId}`)
}

async function commitAndPush(ledger: string, subject: string): Promise<void> {
  await git(ledger, ['add', '--all'])
  const changed = (await git(ledger, ['status', '--porcelain'])).trim() !== ''
  if (changed) await git(ledger, ['commit', '--quiet', '-m', subject], { env: await committerEnv(ledger) })
  await git(ledger, ['push', '--quiet', 'origin', 'main'])
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
