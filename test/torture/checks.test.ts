import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rowLine } from '../../actions/run-batch/row-line.ts'
import { makeFolder } from '../support/make-ledger.ts'
import { compareResults } from './compare-results.ts'
import { EventLog } from './event-log.ts'
import { kinds, planDisturbances } from './plan-disturbances.ts'

const ids = ['a', 'b', 'c']

function line(runId: string, customId: string, content = 'yes'): string {
  const body = { id: 'x', choices: [{ message: { role: 'assistant', content } }] }
  return rowLine(runId, customId, { status: 200, requestId: 'x', text: JSON.stringify(body), json: body })
}

const file = (runId: string, lines: readonly string[]) => ({ runId, text: lines.map((each) => `${each}\n`).join('') })

const calm = file(
  'run-1',
  ids.map((id) => line('run-1', id)),
)

test('results are equal when only the run’s id, and so the row ids, differ', () => {
  const torn = file(
    'run-2',
    ids.map((id) => line('run-2', id)),
  )
  expect(compareResults(torn, calm, ids)).toEqual({ rowsOut: 3, lost: [], twice: [], errors: [], equal: true })
})

test.each([
  ['a row lost', [line('run-2', 'a'), line('run-2', 'c')], { lost: ['b'], rowsOut: 2 }],
  ['a row twice', [...ids, 'b'].map((id) => line('run-2', id)), { twice: ['b'], rowsOut: 4 }],
  ['another answer', [line('run-2', 'a'), line('run-2', 'b', 'no'), line('run-2', 'c')], { rowsOut: 3 }],
  ['another order', ['b', 'a', 'c'].map((id) => line('run-2', id)), { rowsOut: 3 }],
  ['another run’s row', ['a', 'b'].map((id) => line('run-2', id)).concat(line('run-3', 'c')), { rowsOut: 3 }],
  ['an error', [rowLine('run-2', 'a', { failure: 'lost' }), line('run-2', 'b'), line('run-2', 'c')], { errors: ['a'] }],
])('%s is found', (_, lines, finding) => {
  expect(compareResults(file('run-2', lines), calm, ids)).toMatchObject({ ...finding, equal: false })
})

test('a request behind its row’s acknowledgement was sent again; one before it was not', async () => {
  const path = join(await makeFolder(), 'events')
  await writeFile(path, 'E 12\nR a\nR b\nR b\nA b\nA a\nR')
  const events = new EventLog(path).look()
  expect(events).toMatchObject({ requests: 3, sentAgain: [], acknowledgedTwice: [], enginePids: [12] })
  await appendFile(path, ' a\nA b\nD\n')
  expect(events.look()).toMatchObject({ requests: 4, sentAgain: ['a'], acknowledgedTwice: ['b'], askedAll: 1 })
})

test('a plan is that of its seed and holds every kind', () => {
  const plan = planDisturbances({ seed: 5, count: 200, kinds, gapMs: 500 })
  expect(plan).toHaveLength(200)
  expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(kinds))
  expect(planDisturbances({ seed: 5, count: 200, kinds, gapMs: 500 })).toEqual(plan)
  expect(planDisturbances({ seed: 6, count: 200, kinds, gapMs: 500 })).not.toEqual(plan)
})
