import {
  check,
  expectGone,
  findIn,
  notePs,
  readEnded,
  startRun,
  waitForRows,
  type ReadRun,
  type Step,
} from './scene.ts'

const scale = new Set(['Strong No', 'No', 'Maybe', 'Yes', 'Strong Yes'])

/** Every answered row is a JSON object, as the rubric's schema asks; an answer may be cut by its length. */
function checkStructured({ rows }: ReadRun): void {
  for (const { custom_id, response, error } of rows) {
    if (error !== null) continue
    const body = response?.body as { choices: { message: { content: string }; finish_reason: string }[] }
    const [choice] = body.choices
    check(choice, `${custom_id}: no choice`)
    check(choice.message.content.trimStart().startsWith('{'), `${custom_id}: no object: ${choice.message.content}`)
    if (choice.finish_reason !== 'stop') continue
    const { recommendation } = JSON.parse(choice.message.content) as { recommendation: { value: string } }
    check(scale.has(recommendation.value), `${custom_id}: outside the scale: ${recommendation.value}`)
  }
}

function errorOf({ rows }: ReadRun, id: string): { message: string; param: string | null; code: number } {
  const row = rows.find(({ custom_id: customId }) => customId === id)
  check(row?.error, `${id}: no error`)
  return (row.error as { error: { message: string; param: string | null; code: number } }).error
}

let served: ReadRun | undefined

/** What a run is: good rows, one that can't fit, an engine that dies in every way, and nothing left of any. */
export const runSteps: Step[] = [
  {
    name: 'serve: ok rows, structured output, an over-long prompt',
    async run(scene) {
      const run = startRun(scene, 'vllm', 'mixed')
      const group = await waitForRows(scene, run, 'mixed', 1)
      await notePs(scene, 'while it runs', group)
      served = await readEnded(run)
      const { meta } = served
      const { success, errors, missing } = meta.results
      check(success === 8 && errors === 1 && missing === 0, JSON.stringify(meta.results))
      checkStructured(served)
      const { code, param } = errorOf(served, 'over-long')
      check(code === 400 && param === 'input_tokens', `over-long: ${code} ${param}`)
      check((await run.ended).stderr.includes('warning: the longest request has'), 'the length was not told beforehand')
      check(meta.execution.vllm_version === '0.32.0', `version ${meta.execution.vllm_version}`)
      const [segment] = meta.execution.segments
      scene.note(`loaded in ${segment?.load_seconds} s, ran ${meta.execution.duration_seconds} s`)
      scene.note(`engine_metrics ${JSON.stringify(segment?.engine_metrics)}`)
      check((segment?.engine_metrics?.['prompt_tokens'] ?? 0) > 0, 'no prompt tokens were measured')
      check(segment?.energy_joules === undefined, 'energy without a GPU')
      scene.note(meta.execution.engine.command?.join(' ') ?? '')
      await expectGone(scene, group)
    },
  },
  {
    name: 'serve: we are killed with -9 halfway; nothing is left',
    async run(scene) {
      const run = startRun(scene, 'vllm', 'many')
      const group = await waitForRows(scene, run, 'many', 8)
      await notePs(scene, 'before', group)
      run.child.kill('SIGKILL')
      await run.ended
      await expectGone(scene, group)
    },
  },
  {
    name: 'serve: the same command goes on; its engine hangs, is killed, and we get SIGTERM',
    async run(scene) {
      const run = startRun(scene, 'vllm', 'many', ['--hang-timeout', '15', '--grace', '20'])
      const first = await waitForRows(scene, run, 'many', 16)
      await notePs(scene, 'before SIGSTOP of the engine', first)
      process.kill(await findIn(first, /EngineCore/), 'SIGSTOP')
      const second = await nextGroup(scene, run, first, 30)
      await expectGone(scene, first)
      await notePs(scene, 'before kill -9 of the engine', second)
      process.kill(await findIn(second, /EngineCore/), 'SIGKILL')
      const third = await nextGroup(scene, run, second, 44)
      await expectGone(scene, second)
      await notePs(scene, 'before SIGTERM to us', third)
      run.child.kill('SIGTERM')
      const { code, stderr } = await run.ended
      check(code === 143, `exit code ${code}: ${stderr.slice(-1000)}`)
      await expectGone(scene, third)
    },
  },
  {
    name: 'serve: the same command ends it; every row once',
    async run(scene) {
      const run = startRun(scene, 'vllm', 'many')
      const { meta, rows } = await readEnded(run)
      check(meta.status === 'completed' && meta.results.success === 90, JSON.stringify(meta.results))
      check(new Set(rows.map(({ custom_id: id }) => id)).size === 90, 'a row is missing or doubled')
      const { restarts, resumes, segments } = meta.execution
      scene.note(`${segments.length} starts: ${resumes} resumes, ${restarts} restarts`)
      check(resumes === 2 && restarts === 2, `${resumes} resumes, ${restarts} restarts`)
    },
  },
  {
    name: 'run-batch: the same rows, the same bundle',
    async run(scene) {
      const batch = await readEnded(startRun(scene, 'vllm-run-batch', 'mixed', ['--again']))
      const { success, errors } = batch.meta.results
      check(success === 8 && errors === 1, JSON.stringify(batch.meta.results))
      check(batch.meta.execution.engine.name === 'vllm-run-batch', 'another engine')
      check(batch.meta.execution.vllm_version === '0.32.0', `version ${batch.meta.execution.vllm_version}`)
      checkStructured(batch)
      const shape = (run: ReadRun) => run.rows.map((row) => JSON.stringify(shapeOf(row)))
      check(served, 'the serve step did not run')
      check(JSON.stringify(shape(batch)) === JSON.stringify(shape(served)), 'rows of another shape than serve’s')
      scene.note(`over-long by both: ${errorOf(batch, 'over-long').message}`)
      check(errorOf(batch, 'over-long').message === errorOf(served, 'over-long').message, 'other words')
    },
  },
  {
    name: 'run-batch: SIGTERM on the way leaves no process, and no row',
    async run(scene) {
      const run = startRun(scene, 'vllm-run-batch', 'more')
      const group = await waitForRows(scene, run, 'more', 0)
      // its engine is up and works
      await waitForProcess(group, /EngineCore/)
      await notePs(scene, 'before', group)
      run.child.kill('SIGTERM')
      const { code } = await run.ended
      check(code === 143, `exit code ${code}`)
      await expectGone(scene, group)
    },
  },
]

/** An engine that was started after another one, once it has answered up to so many rows. */
async function nextGroup(
  scene: Parameters<typeof waitForRows>[0],
  run: Parameters<typeof waitForRows>[1],
  earlier: number,
  rows: number,
): Promise<number> {
  for (;;) {
    const group = await waitForRows(scene, run, 'many', rows)
    if (group !== earlier) return group
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function waitForProcess(group: number, pattern: RegExp): Promise<void> {
  for (let waited = 0; waited < 180_000; waited += 500) {
    const found = await findIn(group, pattern).catch(() => undefined)
    if (found !== undefined) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`no ${String(pattern)} within 3 minutes`)
}

/** A value's members and types, whatever the values are; of lists the first entry. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]))
}
