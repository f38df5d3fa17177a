import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { UserError } from 'registry'
import { buildForge } from './build-forge.ts'
import { startScene } from './scene.ts'
import { chain } from './steps/chain.ts'
import { concurrency } from './steps/concurrency.ts'
import { interruptions } from './steps/interruptions.ts'
import { privateLfs } from './steps/private-lfs.ts'
import { safety } from './steps/safety.ts'
import { tamper } from './steps/tamper.ts'
import type { StepState, Theme } from './steps/step.ts'

const themes: readonly Theme[] = [chain, tamper, interruptions, concurrency, safety, privateLfs]
const root = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    keep: { type: 'boolean', default: false },
    json: { type: 'string', default: join(root, 'build', 'test-forge.json') },
  },
})

interface StepResult {
  theme: string
  name: string
  seconds: number
  outcome: 'ok' | 'FAILED' | 'not run'
  notes: string[]
  error?: string
}

const began = Date.now()
const secondsSince = (time: number): number => Math.round((Date.now() - time) / 100) / 10
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const results: StepResult[] = []

async function runTheme(theme: Theme, state: StepState, number: { next: number }): Promise<void> {
  let broken = false
  for (const step of theme.steps) {
    const place = number.next++
    const result: StepResult = { theme: theme.name, name: step.name, seconds: 0, outcome: 'not run', notes: [] }
    results.push(result)
    if (broken) {
      say(`${String(place).padStart(3)}  not run  ${step.name}`)
      continue
    }
    const start = Date.now()
    try {
      await step.run({ ...state, note: (line) => void result.notes.push(line) })
      result.outcome = 'ok'
    } catch (error) {
      result.outcome = 'FAILED'
      result.error = error instanceof Error ? (error.stack ?? error.message) : String(error)
      broken = true
    }
    result.seconds = secondsSince(start)
    say(`${String(place).padStart(3)}  ${result.outcome.padEnd(7)}  ${step.name} (${result.seconds.toFixed(1)} s)`)
    for (const note of result.notes) say(`              ${note}`)
    if (result.error !== undefined) say(result.error.replaceAll(/^/gm, '              | '))
  }
}

async function main(): Promise<void> {
  const asked = values.only?.split(',')
  const unknown = asked?.filter((name) => themes.every((theme) => theme.name !== name)) ?? []
  if (unknown.length > 0)
    throw new UserError('no such theme', [
      `--only ${unknown.join(',')}: known are ${themes.map(({ name }) => name).join(', ')}`,
    ])
  const chosen = themes.filter((theme) => asked === undefined || asked.includes(theme.name))
  const programs = buildForge(say)
  const start = Date.now()
  await using scene = await startScene(programs, say, 3600, values.keep)
  say(
    `Gitea ${scene.forge.url} with two runners and four simulated engines, up in ${secondsSince(start).toFixed(1)} s; logs: ${scene.forge.logs}`,
  )
  // what the forge started ends by itself when we do; its folder does not
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void scene[Symbol.asyncDispose]().then(() => process.exit(130)))
  const number = { next: 1 }
  for (const theme of chosen) {
    say(`\n${theme.name}`)
    await runTheme(theme, { ...scene, note: say }, number)
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof UserError)) throw error
  for (const line of [error.message, ...error.problems]) process.stderr.write(`${line}\n`)
  process.exit(2)
}
const failed = results.filter(({ outcome }) => outcome !== 'ok')
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
mkdirSync(dirname(values.json), { recursive: true })
writeFileSync(
  values.json,
  `${JSON.stringify({ commit, seconds: secondsSince(began), steps: results }, undefined, 2)}\n`,
)
say(
  `\n${results.length - failed.length} of ${results.length} steps ok, ${secondsSince(began).toFixed(1)} s; transcript: ${values.json}`,
)
process.exit(failed.length > 0 ? 1 : 0)
