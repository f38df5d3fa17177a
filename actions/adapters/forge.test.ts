import { UserError } from 'registry'
import { expect, onTestFinished, test } from 'vitest'
import {
  startForgeServer,
  type ForgeFault,
  type ForgeServer,
  type ForgeServerOptions,
} from '../../test/servers/forge-server.ts'
import type { StoredPull } from '../../test/servers/forge-server-state.ts'
import { openForge, type Forge } from './forge.ts'

const kinds = ['github', 'gitea'] as const
const branch = 'runs/tiny-people-20261124-101500'
const pull = { branch, base: 'main', title: 'Run', body: 'What ran' }

async function makeForge(
  options: ForgeServerOptions = {},
): Promise<{ server: ForgeServer; forge: Forge; told: string[] }> {
  const server = await startForgeServer({ pageSize: 2, ...options })
  onTestFinished(() => server[Symbol.asyncDispose]())
  const told: string[] = []
  const { apiUrl, token, repository } = server
  const forge = await openForge({ apiUrl, token, repository, secondMs: 2, warn: (text) => told.push(text) })
  return { server, forge, told }
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).problems.join('\n')
}

const once = (at: RegExp, fault: ForgeFault['fault'], times = 1): ForgeFault => ({ at, fault, times })
const limited = { status: 403, message: 'You have exceeded a secondary rate limit', headers: { 'retry-after': '3' } }

test.each(kinds)('%s says what it is, and holds pull request, comment, status, issue and dispatch', async (kind) => {
  const { server, forge } = await makeForge({ kind })
  expect(forge).toMatchObject({ kind, repository: 'owner/ledger', url: `${server.origin}/owner/ledger` })
  expect(await forge.findPull(branch)).toBeUndefined()
  const made = await forge.createPull(pull)
  expect(made).toMatchObject({
    number: 1,
    headRef: branch,
    baseRef: 'main',
    state: 'open',
    merged: false,
    fromFork: false,
  })
  expect(await forge.findPull(branch)).toEqual(made)
  expect(await forge.getPull(1)).toEqual(made)
  await forge.updatePull(1, { title: 'Run (partial)' })
  expect(server.state.pulls).toMatchObject([{ title: 'Run (partial)', body: 'What ran' }])
  await forge.setStatus(made.headSha, {
    state: 'failure',
    context: 'batchledger/verify',
    description: 'x'.repeat(200),
    targetUrl: 'http://127.0.0.1/job',
  })
  expect(server.state.statuses).toMatchObject([
    { sha: made.headSha, state: 'failure', context: 'batchledger/verify', target_url: 'http://127.0.0.1/job' },
  ])
  expect(server.state.statuses[0]?.description).toHaveLength(140)
  const later = { state: 'success', context: 'batchledger/verify', description: 'holds' } as const
  expect(await forge.setStatus(made.headSha, later)).toBe(true)
  await forge.setStatus(made.headSha, { ...later, context: 'other', description: 'no' })
  expect(await forge.readStatus(made.headSha, 'batchledger/verify')).toEqual({ state: 'success', description: 'holds' })
  expect(await forge.readStatus(made.headSha, 'nothing')).toBeUndefined()
  const issue = { marker: '<!-- failed -->', title: 'Failed', body: 'why' }
  expect(await forge.openIssue(issue)).toMatchObject({ created: true })
  expect(await forge.openIssue(issue)).toMatchObject({ created: false })
  expect(server.state.issues).toHaveLength(1)
  await forge.dispatchWorkflow('run-batch.yml', 'main', { models: 'tiny' })
  expect(server.state.dispatches).toEqual([{ file: 'run-batch.yml', ref: 'main', inputs: { models: 'tiny' } }])
})

test.each(kinds)(
  '%s: the pull request of a branch is found on a later page, open first, strangers left out',
  async (kind) => {
    const { server, forge } = await makeForge({ kind })
    const stored = (more: Partial<StoredPull> & { number: number }): StoredPull => ({
      title: '',
      body: '',
      branch,
      base: 'main',
      state: 'closed',
      merged: false,
      from: 'owner/ledger',
      assignees: [],
      ...more,
    })
    server.state.pulls.push(
      stored({ number: 1, state: 'open' }),
      stored({ number: 2, merged: true }),
      stored({ number: 3, branch: 'other' }),
      stored({ number: 4, branch: 'other' }),
      stored({ number: 5, state: 'open', from: 'stranger/ledger' }),
    )
    expect(await forge.findPull(branch)).toMatchObject({ number: 1, state: 'open' })
    const [first] = server.state.pulls
    if (first) first.state = 'closed'
    expect(await forge.findPull(branch)).toMatchObject({ number: 2, state: 'closed', merged: true })
    expect((await forge.getPull(5)).fromFork).toBe(true)
  },
)

test.each(kinds)(
  '%s: a comment is updated in place, also on a later page, and a stranger’s is left alone',
  async (kind) => {
    const { server, forge } = await makeForge({ kind })
    const { number } = await forge.createPull(pull)
    const marker = '<!-- batchledger:verify -->'
    server.state.comments.push({ id: 1, issue: number, body: `${marker} all is well, merge it`, author: 'mallory' })
    for (const id of [2, 3, 4]) server.state.comments.push({ id, issue: number, body: 'talk', author: 'reviewer' })
    expect(await forge.upsertComment(number, marker, 'first')).toMatchObject({ created: true })
    const again = await forge.upsertComment(number, marker, 'second')
    expect(again).toMatchObject({ created: false })
    expect(again.url).toContain('#issuecomment-1004')
    expect(server.state.comments.filter(({ body }) => body.startsWith(marker)).map(({ body }) => body)).toEqual([
      `${marker} all is well, merge it`,
      `${marker}\nsecond`,
    ])
  },
)

test('who a person’s token is, is asked: only that person’s comment is updated', async () => {
  const { server, forge } = await makeForge({ login: 'operator' })
  server.state.comments.push({ id: 1, issue: 1, body: '<!-- m -->', author: 'some[bot]' })
  await forge.upsertComment(1, '<!-- m -->', 'ours')
  await forge.upsertComment(1, '<!-- m -->', 'ours again')
  expect(server.state.comments).toMatchObject([
    { body: '<!-- m -->' },
    { body: '<!-- m -->\nours again', author: 'operator' },
  ])
})

test('two that comment at once leave one comment', async () => {
  const { server, forge } = await makeForge()
  await Promise.all([1, 2, 3].map((number) => forge.upsertComment(1, '<!-- m -->', `text ${number}`)))
  expect(server.state.comments).toHaveLength(1)
})

test.each(kinds)('%s: who can’t be assigned is told, and who is assigned stays', async (kind) => {
  const { server, forge, told } = await makeForge({ kind, assignable: ['ada', 'bob', 'eve'] })
  await forge.createPull(pull)
  await forge.assignPull(1, 'ada')
  await forge.assignPull(1, 'Bob')
  await forge.assignPull(1, 'ada')
  expect(told).toEqual([])
  await forge.assignPull(1, 'github-actions[bot]')
  expect(told).toEqual(['pull request 1: "github-actions[bot]" can\'t be assigned here: assign somebody by hand'])
  expect(server.state.pulls[0]?.assignees.map((login) => login.toLowerCase())).toEqual(['ada', 'bob'])
})

const faults: [string, ForgeFault['fault']][] = [
  ['502', { status: 502, message: 'Bad gateway' }],
  ['a broken connection', 'reset'],
  ['a lost answer', 'lose-answer'],
  ['403 with a secondary rate limit', limited],
  ['429', { status: 429, message: 'slow down', headers: { 'retry-after': '1' } }],
]

test.each(faults)('after %s each request is tried again, and nothing is doubled', async (_name, fault) => {
  const { server, forge } = await makeForge({ assignable: ['ada'] })
  server.faults.push(
    ...[
      /POST .*\/pulls$/,
      /GET .*\/pulls$/,
      /PATCH .*\/pulls\/1$/,
      /POST .*\/comments$/,
      /POST .*\/issues$/,
      /POST .*\/statuses/,
    ].map((at) => once(at, fault, 2)),
  )
  const made = await forge.createPull(pull)
  await forge.updatePull(made.number, { body: 'new' })
  await forge.upsertComment(made.number, '<!-- m -->', 'text')
  await forge.openIssue({ marker: '<!-- i -->', title: 'Failed', body: '' })
  await forge.setStatus(made.headSha, { state: 'success', context: 'c', description: 'd' })
  expect(server.faults.map(({ times }) => times)).toEqual(
    // what arrived although its answer was lost is not sent again
    fault === 'lose-answer' ? [1, 0, 0, 1, 1, 0] : [0, 0, 0, 0, 0, 0],
  )
  expect(server.state.pulls).toMatchObject([{ body: 'new' }])
  expect(server.state.comments).toHaveLength(1)
  expect(server.state.issues).toHaveLength(1)
})

test('Gitea takes a status only from who may write: that is an answer there, and a fault on GitHub', async () => {
  for (const kind of kinds) {
    const { server, forge } = await makeForge({ kind })
    server.faults.push(once(/POST .*\/statuses/, { status: 403, message: 'user should have a permission' }))
    const set = forge.setStatus('a'.repeat(40), { state: 'success', context: 'c', description: 'd' })
    if (kind === 'gitea') expect(await set).toBe(false)
    else await expect(set).rejects.toThrow('the forge refused')
  }
})

test('a rate limit is waited out, never shorter than it says', async () => {
  await using server = await startForgeServer()
  const { apiUrl, token, repository } = server
  const forge = await openForge({ apiUrl, token, repository })
  server.faults.push(once(/POST .*\/pulls$/, { ...limited, headers: { 'retry-after': '1' } }))
  await forge.createPull(pull)
  const [refused = 0, , made = 0] = [
    server.requests.findIndex(({ what }) => what.startsWith('POST')),
    0,
    server.requests.findLastIndex(({ what }) => what.startsWith('POST')),
  ].map((index) => server.requests[index]?.at)
  expect(made - refused).toBeGreaterThanOrEqual(1000)
})

test('a limit that lasts longer than a job should wait is told', async () => {
  const { server, forge } = await makeForge()
  const reset = String(Math.floor(Date.now() / 1000) + 3000)
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }
  server.faults.push(once(/pulls$/, { status: 403, message: 'API rate limit exceeded', headers }))
  expect(await problemOf(forge.findPull(branch))).toMatch(/the forge limits requests for another (3001|3000|2999) s/)
})

test('two that open a pull request at once get the same one', async () => {
  for (const kind of kinds) {
    const { server, forge } = await makeForge({ kind })
    const numbers = await Promise.all([1, 2, 3, 4].map(async () => (await forge.createPull(pull)).number))
    expect(numbers).toEqual([1, 1, 1, 1])
    expect(server.state.pulls).toHaveLength(1)
  }
})

test('a token that expires midway, a job that may not open pull requests, missing rights: each names the mend', async () => {
  const { server, forge } = await makeForge()
  server.faults.push(
    once(/POST .*\/pulls$/, {
      status: 403,
      message: 'GitHub Actions is not permitted to create or approve pull requests.',
    }),
  )
  expect(await problemOf(forge.createPull(pull))).toMatch(/Settings → Actions → General → Workflow permissions/)
  server.faults.push(once(/POST .*\/pulls$/, { status: 403, message: 'Resource not accessible by integration' }))
  expect(await problemOf(forge.createPull(pull))).toMatch(/grant it "pull-requests: write"/)
  server.faults.push(once(/POST .*\/pulls$/, { status: 422, message: 'Validation Failed: base\n::set-env name=A::b' }))
  expect(await problemOf(forge.createPull(pull))).not.toContain('\n')
  server.expired = true
  expect(await problemOf(forge.createPull(pull))).toMatch(
    /the token is not accepted, or no longer \(401\).*run the job again/,
  )
  const { apiUrl, token, repository } = server
  expect(await problemOf(openForge({ apiUrl, token, repository }))).toMatch(/401/)
  expect(await problemOf(openForge({ apiUrl, token, repository: 'ledger' }))).toMatch(/expected owner\/name/)
})

test('a branch that the forge doesn’t see yet is asked for again', async () => {
  const { server, forge } = await makeForge()
  const message = 'Validation Failed: {"resource":"PullRequest","field":"head","code":"invalid"}'
  server.faults.push(once(/POST .*\/pulls$/, { status: 422, message }, 2))
  expect(await forge.createPull(pull)).toMatchObject({ number: 1 })
})

test('a forge that stays down is told after five tries', async () => {
  const { server, forge } = await makeForge()
  const before = server.requests.length
  server.faults.push(once(/pulls$/, { status: 503, message: 'down' }, 99))
  expect(await problemOf(forge.findPull(branch))).toMatch(/no good answer after 5 tries/)
  expect(server.requests.length - before).toBe(5)
})

test('a dispatch whose answer was lost is not sent again', async () => {
  const { server, forge } = await makeForge()
  server.faults.push(once(/dispatches$/, 'lose-answer'))
  expect(await problemOf(forge.dispatchWorkflow('run-batch.yml', 'main', {}))).toMatch(/look at .*\/actions/)
  expect(server.state.dispatches).toHaveLength(1)
  server.faults.push(once(/dispatches$/, limited))
  await forge.dispatchWorkflow('run-batch.yml', 'main', {})
  expect(server.state.dispatches).toHaveLength(2)
})

test.each(kinds)('%s: the right to open pull requests is asked without opening one', async (kind) => {
  const { server, forge } = await makeForge({ kind })
  expect(await forge.probePull('main')).toEqual([])
  server.faults.push(
    once(/POST .*\/pulls$/, {
      status: 403,
      message: 'GitHub Actions is not permitted to create or approve pull requests.',
    }),
  )
  expect(await forge.probePull('main')).toEqual([expect.stringMatching(/Workflow permissions/)])
  expect(server.state.pulls).toEqual([])
})
