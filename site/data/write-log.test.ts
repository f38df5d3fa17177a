import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunMeta } from 'registry'
import { afterAll, expect, test } from 'vitest'
import { readLogLine } from './log-line.ts'
import { writeLog } from './write-log.ts'

const ledger = await mkdtemp(join(tmpdir(), 'write-log-test-'))
afterAll(() => rm(ledger, { recursive: true, force: true }))
await mkdir(join(ledger, 'results/m'), { recursive: true })

function metaOf(name: string): RunMeta {
  return { run_id: `run-${name}`, files: { log: `results/m/${name}.log` } } as RunMeta
}

const written = new Map<string, string>()
const put = async (path: string, content: string | Uint8Array) => {
  written.set(path, String(content))
}

test('lines come back as they were, chunk by chunk, with the last ones at hand', async () => {
  const lines = Array.from({ length: 5000 }, (_, line) => `2026-11-24T09:12:13.346Z line ${line} "ü" \u001B[31mred`)
  await writeFile(join(ledger, 'results/m/long.log'), `${lines.join('\n')}\n`)
  const log = await writeLog(ledger, metaOf('long'), put)
  if ('problem' in log) throw new Error(log.problem)
  expect(log.lines).toBe(5000)
  expect(log.tail).toEqual(lines.slice(-24))
  expect(log.chunks.starts.length).toBeGreaterThan(1)
  const read: string[] = []
  for (const [part, start] of log.chunks.starts.entries()) {
    const text = written.get(`data/logs/run-long/${part}.json`) ?? ''
    expect(text.length).toBeLessThan(70_000)
    expect(read).toHaveLength(start)
    read.push(...(JSON.parse(text) as string[]))
  }
  expect(read).toEqual(lines)
})

test('an empty log has no lines; a pointer and a missing file are told with the mend', async () => {
  await writeFile(join(ledger, 'results/m/empty.log'), '')
  expect(await writeLog(ledger, metaOf('empty'), put)).toEqual({
    bytes: 0,
    lines: 0,
    chunks: { folder: 'data/logs/run-empty/', starts: [] },
    tail: [],
  })
  await writeFile(
    join(ledger, 'results/m/far.log'),
    'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
  )
  expect(await writeLog(ledger, metaOf('far'), put)).toEqual({
    problem: 'results/m/far.log is a Git LFS pointer here: git lfs pull --include "results/m/far.log" fetches it',
  })
  expect(await writeLog(ledger, metaOf('gone'), put)).toEqual({
    problem: 'results/m/gone.log is not here: restore it with git checkout -- results/m/gone.log',
  })
})

test('a line is its time and its words; what steers a terminal is dropped or named', () => {
  expect(readLogLine('2026-11-24T09:12:13.346Z engine ready')).toEqual({
    at: '2026-11-24T09:12:13.346Z',
    text: 'engine ready',
    kind: 'plain',
  })
  expect(readLogLine('\u001B[1;31mERROR\u001B[0m 11-24 no memory')).toEqual({
    text: 'ERROR 11-24 no memory',
    kind: 'error',
  })
  expect(readLogLine('loading 1 %\rloading 100 %\r')).toEqual({ text: 'loading 1 %\nloading 100 %', kind: 'plain' })
  expect(readLogLine('\u001B]0;title\u0007 \u202Egnorw WARN')).toEqual({
    text: '⟨U+001B⟩]0;title⟨U+0007⟩ ⟨U+202E⟩gnorw WARN',
    kind: 'warning',
  })
  expect(readLogLine('2026-99-99T99:99:99Z x')).not.toHaveProperty('at')
})
