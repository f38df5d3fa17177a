import { UserError } from 'registry'
import { afterEach, expect, test, vi } from 'vitest'
import { runStep, type Step, type StepIo } from './run-step.ts'

interface Seen {
  outputs: Record<string, string>
  errors: [string, object | undefined][]
  warnings: string[]
  summary: string
  log: string
  exitCode: number
}

afterEach(() => {
  process.exitCode = 0
  vi.restoreAllMocks()
})

/** Runs a step against a recorder that has @actions/core's shape. */
async function see(step: Step, inputs: Record<string, string> = {}): Promise<Seen> {
  const seen: Seen = { outputs: {}, errors: [], warnings: [], summary: '', log: '', exitCode: 0 }
  const io: StepIo = {
    getInput: (name) => inputs[name] ?? '',
    setOutput: (name, value) => void (seen.outputs[name] = value),
    // as @actions/core does it
    setSecret: (secret) => void process.stdout.write(`::add-mask::${secret}\n`),
    error: (text, at) => void seen.errors.push([text, at]),
    warning: (text) => void seen.warnings.push(text),
    notice: () => undefined,
    summary: {
      addRaw(text) {
        seen.summary += text
        return { write: () => Promise.resolve() }
      },
    },
  }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    seen.log += String(text)
    return true
  })
  await runStep(io, step, { GITHUB_STEP_SUMMARY: '/tmp/summary' })
  seen.exitCode = Number(process.exitCode ?? 0)
  return seen
}

test('faults become annotations at their file and line, ten at most, all of them in the summary, and exit code 1', async () => {
  const faults = Array.from({ length: 14 }, (_, place) => `registry/models/tiny.yaml:${place + 1}: is wrong`)
  const seen = await see(() => Promise.reject(new UserError('bad', faults)))
  expect(seen.errors).toHaveLength(10)
  expect(seen.errors[0]).toEqual([faults[0], { file: 'registry/models/tiny.yaml', startLine: 1 }])
  expect(seen.errors[9]).toEqual(['and 5 more: see the summary', {}])
  for (const fault of faults) expect(seen.summary).toContain(fault)
  expect(seen.exitCode).toBe(1)
})

test('outputs of a run that failed are set all the same', async () => {
  const seen = await see(() => Promise.resolve({ outputs: { 'run-id': 'r' }, faults: ['r: failed'] }))
  expect(seen).toMatchObject({ outputs: { 'run-id': 'r' }, exitCode: 1 })
})

test('a summary stays under one MiB, whatever its letters', async () => {
  const seen = await see(() => Promise.resolve({ summary: 'ä€😀\n'.repeat(300_000) }))
  expect(Buffer.byteLength(seen.summary)).toBeLessThan(1024 * 1024)
  expect(seen.summary).toMatch(/\(cut: it was \d+ bytes\)/)
})

test('what a step says can’t command the runner', async () => {
  const seen = await see(({ say }) => {
    say('::set-env name=PATH::/tmp\n##[add-path]/tmp')
    return Promise.reject(new UserError('bad', ['registry/../x.yaml: ::error::']))
  })
  const [open = '', ...rest] = seen.log.split('\n')
  const token = /^::stop-commands::([0-9a-f-]{36})$/.exec(open)?.[1] ?? ''
  expect(rest.at(-2)).toBe(`::${token}::`)
  expect(rest.slice(0, -2).join('\n')).not.toMatch(/::|##\[/)
  expect(seen.errors).toEqual([['registry/../x.yaml: : :error: :', {}]])
})

test('the token is masked before commands are stopped, and printed nowhere else', async () => {
  const seen = await see(({ token }) => Promise.resolve({ outputs: { length: String(token().length) } }), {
    token: 'ghs_secret',
  })
  expect(seen.outputs).toEqual({ length: '10' })
  expect(seen.log.split('\n')[0]).toBe('::add-mask::ghs_secret')
  expect(seen.log.split('ghs_secret')).toHaveLength(2)
})

test('a mistake of ours keeps its stack in the log; an empty input is the caller’s', async () => {
  const bug = await see(() => Promise.reject(new TypeError('x is not a function')))
  expect(bug.log).toContain('run-step.test.ts')
  expect(bug.exitCode).toBe(1)
  const empty = await see(({ required }) => Promise.resolve({ outputs: { model: required('model') } }), { model: '  ' })
  expect(empty.errors[0]?.[0]).toBe('with: model is empty: give it')
})
