import { execFile } from 'node:child_process'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeFolder } from './support/make-ledger.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const oxlint = join(root, 'node_modules', '.bin', 'oxlint')

const breaches: [path: string, source: string][] = [
  ['registry/src/ledger/a.ts', "import 'undici'"],
  ['registry/src/ledger/b.ts', "import 'node:child_process'"],
  ['registry/src/ledger/c.ts', "import '../../../actions/adapters/git.ts'"],
  ['registry/src/ledger/d.ts', "import '@actions/core'"],
  ['registry/src/rows/a.ts', "import 'node:fs'"],
  ['registry/src/rows/b.ts', "import '../ledger/digest.ts'"],
  ['registry/src/verdicts/c.ts', "import '../../../site/data/read-run.ts'"],
  ['actions/run-batch/a.ts', "import '@actions/core'"],
  ['actions/cli/b.ts', "import '../../site/data/read-run.ts'"],
  ['actions/cli/c.ts', "import '../../registry/src/rows/parse-row.ts'"],
  ['site/data/a.ts', "import '../../actions/adapters/git.ts'"],
  ['site/islands/b.tsx', "import 'batchledger'"],
]

const allowed: [path: string, source: string][] = [
  ['registry/src/ledger/ok.ts', "import 'node:fs'\nimport '../rows/parse-row.ts'"],
  ['registry/src/rows/ok.ts', "import 'zod'\nimport '../formats/row.ts'"],
  ['actions/run-batch/main.ts', "import '@actions/core'"],
  ['actions/run-batch/ok.ts', "import 'registry'\nimport 'registry/node'\nimport 'undici'"],
  ['site/data/ok.ts', "import 'registry/node'"],
]

test('the linter holds the arrows: each breach is an error, and nothing that is allowed is', async () => {
  const folder = await makeFolder()
  await copyFile(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [path, source] of [...breaches, ...allowed]) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), `${source}\n`)
  }
  const output = await new Promise<string>((resolve) => {
    execFile(oxlint, ['--format', 'unix', '--disable-nested-config'], { cwd: folder }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    )
  })
  const found = output.split('\n').filter((line) => line.includes('no-restricted-imports'))
  expect(found.map((line) => line.replace(/:\d+:\d+:.*/, '').replace(`${folder}/`, '')).sort()).toEqual(
    breaches.map(([path]) => path).sort(),
  )
})
