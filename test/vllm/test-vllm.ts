// npm run test:vllm: a real vLLM on this machine's processors, started, measured, disturbed and stopped by us.
// `--only <text>,<text>` runs the steps whose name contains one of the texts. The transcript is also build/vllm-conformance.json.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from 'registry'
import { peopleText, writeDataset, writeLedger } from '../support/write-ledger.ts'
import type { Scene } from './scene.ts'
import { setUpVllm, vllmVersion } from './set-up-vllm.ts'
import { protocolSteps } from './steps-protocol.ts'
import { runSteps } from './steps-run.ts'

interface Told {
  name: string
  ok: boolean
  seconds: number
  notes: string[]
  fault?: string
}

/** A schema that leaves nothing open, so that what comes must keep to it. */
const strictRubric = `title: Verdict
prompt:
  system: "Judge by:\\n{{criteria}}\\nAnswer with JSON."
  user: "{{record}}"
criteria:
  recommendation: "- more years are better"
response_schema:
  type: object
  additionalProperties: false
  required: [recommendation]
  properties:
    recommendation:
      type: object
      additionalProperties: false
      required: [value, reasoning]
      properties:
        value: { type: string, enum: [Strong No, No, Maybe, Yes, Strong Yes] }
        reasoning: { type: string, maxLength: 60 }
max_tokens: 64
fields:
  recommendation:
    type: ordinal
    path: /recommendation/value
    reasoning: /recommendation/reasoning
    scale: [Strong No, No, Maybe, Yes, Strong Yes]
    primary: true
`

const say = (line: string) => process.stdout.write(`${line}\n`)
const at = process.argv.indexOf('--only')
const only = (at === -1 ? '' : (process.argv[at + 1] ?? '')).split(',')
const root = mkdtempSync(join(tmpdir(), 'batchledger-vllm-'))
const told: Told[] = []

try {
  const vllm = await setUpVllm((line) => process.stderr.write(`test:vllm: ${line}\n`))
  const ledger = await writeLedger(root, 8)
  await writeDataset(ledger, 'many', peopleText(90))
  await writeDataset(ledger, 'more', peopleText(40))
  await ledger.write('registry/rubrics/verdict_v1.yaml', strictRubric)
  const tooLong = `{"custom_id":"over-long","text":"${'word '.repeat(3000)}"}\n`
  await writeDataset(ledger, 'mixed', `${peopleText(8)}${tooLong}`)
  for (const step of [...runSteps, ...protocolSteps].filter(({ name }) => only.some((text) => name.includes(text)))) {
    const started = performance.now()
    const notes: string[] = []
    const scene: Scene = {
      vllm,
      ledger,
      note: (line) => {
        notes.push(line)
        say(`        ${line}`)
      },
    }
    let fault: string | undefined
    try {
      await step.run(scene)
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error)
    }
    const seconds = Math.round((performance.now() - started) / 100) / 10
    told.push({ name: step.name, ok: fault === undefined, seconds, notes, ...(fault === undefined ? {} : { fault }) })
    say(`${fault === undefined ? 'ok    ' : 'FAILED'}  ${step.name} (${seconds} s)`)
    if (fault !== undefined) say(fault.replaceAll(/^/gm, '        | '))
  }
} catch (error) {
  if (!(error instanceof UserError)) throw error
  say([error.message, ...error.problems].join('\n'))
  process.exitCode = 2
} finally {
  rmSync(root, { recursive: true, force: true })
}

const failed = told.filter(({ ok }) => !ok).length
const build = fileURLToPath(new URL('../../build', import.meta.url))
const machine = { cpu: cpus()[0]?.model.trim(), cpus: availableParallelism(), memory_gb: Math.round(totalmem() / 1e9) }
mkdirSync(build, { recursive: true })
writeFileSync(
  join(build, 'vllm-conformance.json'),
  `${JSON.stringify({ vllm: vllmVersion, machine, at: new Date().toISOString(), steps: told }, null, 2)}\n`,
)
say(`${told.length - failed} ok, ${failed} failed`)
if (failed > 0 || told.length === 0) process.exitCode ||= 1
