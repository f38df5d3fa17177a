#!/usr/bin/env node
// Entered by every root script, on whatever node there is: gets what the task needs, says what and why, then runs the
// task on the project's own node (node_modules/.bin/node). Plain JavaScript without dependencies for that reason.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = join(root, 'node_modules', '.bin')
// the young generation is kept small, as by the program's first line: resident memory depends on it, speed does not
const cli = ['node', '--max-semi-space-size=16', 'actions/cli/batchledger.ts']
const smallModels = ['smollm2-135m', 'gemma-3-270m']

/** needs: what must be there first; steps: commands that end at the first failure (parallel: all run, all are told). */
const tasks = {
  demo: { needs: ['git-lfs', 'weights'], steps: (args) => [[...cli, 'demo', ...args]] },
  test: { needs: ['git-lfs', 'chromium', 'weights', 'duckdb'], steps: (args) => [['vitest', 'run', ...args]] },
  'test:torture': { needs: [], steps: (args) => [['node', 'test/torture/torture.ts', ...args]] },
  check: {
    needs: [],
    steps: () => [
      ['oxfmt', '--check'],
      ['oxlint', '--deny-warnings'],
      ['node', 'scripts/generate.ts', '--check'],
      ['node', 'scripts/build-dist.ts', '--check'],
      ['node', 'scripts/lint-workflows.ts'],
      ['tsc', '-p', '.'],
      ['astro', 'check', '--root', 'site'],
      ['knip'],
    ],
    parallel: 2,
  },
  bench: { needs: [], steps: (args) => [['node', 'bench/bench.ts', ...args]] },
  build: {
    needs: [],
    steps: (args) => {
      const out = /--kind[ =]public/.test(args.join(' ')) ? 'build/public-site' : 'build/site'
      return [[...cli, 'site', 'build', '--ledger', 'examples/ledger', '--out', out, ...args]]
    },
  },
  generate: {
    needs: [],
    steps: () => [
      ['node', 'scripts/generate.ts'],
      ['node', 'scripts/build-dist.ts'],
    ],
  },
  'test:forge': { needs: ['git-lfs', 'weights'], steps: (args) => [['node', 'test/forge/test-forge.ts', ...args]] },
  'test:vllm': { needs: [], steps: (args) => [['node', 'test/vllm/test-vllm.ts', ...args]] },
  'test:act': { needs: ['git-lfs'], steps: (args) => [['node', 'test/forge/test-act.ts', ...args]] },
}

const [name = '', ...rest] = process.argv.slice(2)
const install = rest.includes('--install') || (typeof process.getuid === 'function' && process.getuid() === 0)
const args = rest.filter((arg) => arg !== '--install')
const task = tasks[name]
if (!task) {
  say(`unknown task ${JSON.stringify(name)}; known: ${Object.keys(tasks).join(', ')}`)
  process.exit(2)
}

ensureModules()
for (const need of task.needs) {
  if (need === 'weights') ensureWeights()
  else if (need === 'duckdb') ensureDuckdb()
  else ensureProgram(need)
}
process.exit(await runSteps(task))

function say(text) {
  process.stderr.write(`bootstrap: ${text}\n`)
}

function run(command, commandArgs, options) {
  const result = spawnSync(command, commandArgs, { cwd: root, stdio: ['ignore', 2, 2], ...options })
  if (result.error) say(`${command}: ${result.error.message}`)
  return result.status === 0
}

function ensureModules() {
  const installed = join(root, 'node_modules', '.package-lock.json')
  const lock = join(root, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  say(
    `node_modules is ${existsSync(installed) ? 'older than package-lock.json' : 'missing'}: npm ci (about 500 MB, Node 24 included)`,
  )
  if (!run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) {
    say('npm ci failed; its message stands above')
    process.exit(1)
  }
}

function ensureProgram(program) {
  const command = program === 'chromium' ? process.env.CHROMIUM || 'chromium' : program
  if (spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0) return
  const why = program === 'chromium' ? 'the tests look at the pages in it' : 'runs travel through Git LFS'
  const line = `apt-get update && apt-get install -y ${program}`
  if (!install) {
    say(`${program} is missing (${why}). Install it: ${line}   (or run again with --install)`)
    process.exit(2)
  }
  say(`${program} is missing (${why}): ${line}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  if (!run('sh', ['-c', `apt-get update -q >/dev/null && apt-get install -y -q ${program} >/dev/null`], { env })) {
    say(`${program} could not be installed; install it by hand and run again`)
    process.exit(1)
  }
}

function ensureWeights() {
  if (!runOwn([...cli, 'fetch', '--ledger', root, ...smallModels], { stdio: ['ignore', 'ignore', 2] })) {
    say('the engine or its weights could not be fetched; the message stands above')
    process.exit(1)
  }
}

function ensureDuckdb() {
  if (!runOwn([...cli, 'fetch', '--duckdb'], { stdio: ['ignore', 'ignore', 2] })) {
    say('DuckDB, which queries ask, could not be fetched; the message stands above')
    process.exit(1)
  }
}

function ownCommand([program, ...programArgs]) {
  return { program: join(bin, program), programArgs, env: { ...process.env, PATH: `${bin}:${process.env.PATH}` } }
}

function runOwn(command, options) {
  const { program, programArgs, env } = ownCommand(command)
  return run(program, programArgs, { env, ...options })
}

async function runSteps({ steps, parallel = 1 }) {
  const { spawn } = await import('node:child_process')
  const queue = steps(args)
  const children = new Set()
  // a terminal's Ctrl-C reaches the children by itself; what they end with is what we end with
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => children.forEach((child) => child.kill('SIGTERM')))
  let worst = 0
  const worker = async () => {
    for (let command = queue.shift(); command; command = queue.shift()) {
      const { program, programArgs, env } = ownCommand(command)
      const started = Date.now()
      const quiet = parallel > 1
      const child = spawn(program, programArgs, {
        cwd: root,
        env,
        stdio: ['inherit', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      })
      const chunks = []
      if (quiet) for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk))
      children.add(child)
      const code = await new Promise((resolve) => {
        child.once('error', (error) => {
          say(`${command.join(' ')}: ${error.message}`)
          resolve(1)
        })
        child.once('close', (exitCode) => resolve(exitCode ?? 1))
      })
      if (quiet) {
        const seconds = ((Date.now() - started) / 1000).toFixed(1)
        process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${command.join(' ')} (${seconds} s)\n`)
        if (code !== 0) process.stdout.write(Buffer.concat(chunks))
      }
      children.delete(child)
      worst = Math.max(worst, code)
      if (code !== 0 && parallel === 1) return
    }
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  return worst
}
