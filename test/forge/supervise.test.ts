import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { endMarked, listMarked } from './end-marked.ts'
import { until } from './forge-client.ts'
import type { Supervised } from './supervise.ts'

const folder = mkdtempSync(join(tmpdir(), 'batchledger-supervise-'))
const mark = randomBytes(8).toString('hex')
afterAll(() => {
  endMarked(mark)
  rmSync(folder, { recursive: true, force: true })
})

test('what a supervised program started ends with the parent, in whatever session it runs', async () => {
  const config: Supervised = {
    mark,
    program: 'sh',
    args: ['-c', 'setsid sleep 300 & sleep 300'],
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '' },
    log: join(folder, 'log'),
    capSeconds: 60,
  }
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('supervise.ts', import.meta.url)), JSON.stringify(config)],
    { stdio: ['pipe', 'ignore', 'ignore'] },
  )
  await until('shell and both sleeps run', 20, async () => listMarked(mark).length >= 3)
  child.stdin.end()
  await until('all are gone', 20, async () => listMarked(mark).length === 0)
  expect(listMarked(mark)).toEqual([])
})
