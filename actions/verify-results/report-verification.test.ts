import { expect, test } from 'vitest'
import { reportVerification, type ReportForge } from './report-verification.ts'

const outcome = {
  ok: false,
  kind: 'run' as const,
  mode: 'row-free' as const,
  head: 'a'.repeat(40),
  comment: '<!-- batchledger:verify -->\nbad',
  description: 'row-free check: does not hold',
}

/** A forge that keeps what it is told, in order. */
function recordingForge(
  headSha: string,
  { fails, before }: { fails?: Error; before?: { state: string; description: string } } = {},
): ReportForge & { told: unknown[] } {
  const told: unknown[] = []
  return {
    told,
    readStatus: () => Promise.resolve(before),
    getPull: () => Promise.resolve({ headSha, state: 'open' }),
    upsertComment: (number, marker, body) => {
      if (fails) return Promise.reject(fails)
      told.push(['comment', number, marker, body])
      return Promise.resolve({ url: 'https://forge.test/1', created: true })
    },
    setStatus: (sha, status) => {
      told.push(['status', sha, status])
      return Promise.resolve(true)
    },
  }
}

const status = (state: string, targetUrl?: string) => [
  'status',
  outcome.head,
  {
    state,
    context: 'batchledger/verify',
    description: outcome.description,
    ...(targetUrl === undefined ? {} : { targetUrl }),
  },
]

test('one comment and one status on the commit that was checked', async () => {
  const forge = recordingForge(outcome.head)
  expect(await reportVerification(outcome, 7, forge)).toEqual({ state: 'failure', commentUrl: 'https://forge.test/1' })
  expect(forge.told).toEqual([
    ['comment', 7, '<!-- batchledger:verify -->', outcome.comment],
    status('failure', 'https://forge.test/1'),
  ])
})

test('a head that moved gets the status on the checked commit, and no comment', async () => {
  const forge = recordingForge('b'.repeat(40))
  const report = await reportVerification({ ...outcome, ok: true, mode: 'full' }, 7, forge)
  expect(report).toEqual({ state: 'success', uncommented: 'the head moved to bbbbbbbbbbbb, aaaaaaaaaaaa was checked' })
  expect(forge.told).toEqual([status('success')])
})

test('a change without a run, and a commit without a pull request, get the status alone', async () => {
  for (const [change, number] of [
    [{ ...outcome, ok: true, kind: 'none' as const }, 7],
    [{ ...outcome, ok: true }, undefined],
  ] as const) {
    const forge = recordingForge(outcome.head)
    await reportVerification(change, number, forge)
    expect(forge.told).toEqual([status('success')])
  }
})

test('a run’s status waits for its rows: one more commit on a branch does not turn a gate green', async () => {
  // a new commit has no full check to keep
  const forge = recordingForge(outcome.head)
  expect(await reportVerification({ ...outcome, ok: true }, 7, forge)).toMatchObject({ state: 'pending' })
  expect(forge.told[1]).toMatchObject(['status', outcome.head, { state: 'pending', context: 'batchledger/verify' }])
  for (const change of [
    { ...outcome, ok: true, mode: 'full' as const },
    { ...outcome, ok: true, kind: 'index' as const },
  ])
    expect(await reportVerification(change, 7, recordingForge(outcome.head))).toMatchObject({ state: 'success' })
})

test('a comment that can’t be written does not keep the status back', async () => {
  const forge = recordingForge(outcome.head, { fails: new Error('403') })
  await expect(reportVerification(outcome, 7, forge)).rejects.toThrow('403')
  expect(forge.told).toEqual([status('failure')])
})

test('a row-free check that holds leaves the full check of the same commit as it is; one that does not hold speaks', async () => {
  const before = { state: 'failure', description: 'full check: does not hold, 1 reason: raw agreement' }
  const kept = recordingForge(outcome.head, { before })
  expect(await reportVerification({ ...outcome, ok: true }, 7, kept)).toEqual({
    state: 'failure',
    kept: before.description,
  })
  expect(kept.told).toEqual([])
  for (const change of [outcome, { ...outcome, ok: true, mode: 'full' as const }]) {
    const forge = recordingForge(outcome.head, { before })
    expect((await reportVerification(change, 7, forge)).kept).toBeUndefined()
    expect(forge.told).toHaveLength(2)
  }
  const rowFree = recordingForge(outcome.head, {
    before: { state: 'failure', description: 'row-free check: does not hold' },
  })
  expect((await reportVerification({ ...outcome, ok: true }, 7, rowFree)).state).toBe('pending')
  expect(rowFree.told).toHaveLength(2)
})
