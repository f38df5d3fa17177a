import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, cp, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../test/support/make-ledger.ts'
import { noteEngine } from '../actions/run-batch/reap-engine.ts'
import { takeLock, ticksOf } from '../actions/run-batch/job-lock.ts'

const hooks = fileURLToPath(new URL('hooks', import.meta.url))
const shells = [
  ['bash', '-e'],
  ['dash', '-e'],
] as const

const list = `# repository  workflow file  events
acme/ledger .github/workflows/run-batch.yml workflow_dispatch
acme/ledger .github/workflows/publish-site.yml push,workflow_dispatch`

const admitted = {
  GITHUB_REPOSITORY: 'acme/ledger',
  GITHUB_WORKFLOW_REF: 'acme/ledger/.github/workflows/run-batch.yml@refs/heads/main',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_EVENT_NAME: 'workflow_dispatch',
}

/** A folder laid out as /etc/batchledger: hooks/ and the list beside it. */
async function installHooks(allowed: string | null = list): Promise<string> {
  const folder = await makeFolder()
  await cp(hooks, join(folder, 'hooks'), { recursive: true })
  if (allowed !== null) await writeFile(join(folder, 'allowed-workflows'), allowed)
  return folder
}

function jobStarted(folder: string, env: Record<string, string>, [shell, ...args]: readonly string[] = shells[0]) {
  const { status, stdout, stderr } = spawnSync(shell ?? '', [...args, join(folder, 'hooks/job-started.sh')], {
    env,
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stderr, lines: stdout.trimEnd().split('\n') }
}

test.each(shells)('%s: a named workflow on main is admitted, for each event it is named with', async (...shell) => {
  const folder = await installHooks()
  expect(jobStarted(folder, admitted, shell)).toEqual({
    status: 0,
    stderr: '',
    lines: ['admitted: acme/ledger/.github/workflows/run-batch.yml@refs/heads/main'],
  })
  const site = { ...admitted, GITHUB_WORKFLOW_REF: 'acme/ledger/.github/workflows/publish-site.yml@refs/heads/main' }
  for (const event of ['push', 'workflow_dispatch'])
    expect(jobStarted(folder, { ...site, GITHUB_EVENT_NAME: event }, shell).status).toBe(0)
})

const hostile: [string, Record<string, string>, RegExp][] = [
  [
    'another branch',
    {
      GITHUB_REF: 'refs/heads/evil',
      GITHUB_WORKFLOW_REF: 'acme/ledger/.github/workflows/run-batch.yml@refs/heads/evil',
    },
    /GITHUB_REF: is refs\/heads\/evil, expected refs\/heads\/main/,
  ],
  [
    'a branch that climbs',
    {
      GITHUB_REF: 'refs/heads/main/../x',
      GITHUB_WORKFLOW_REF: 'acme/ledger/.github/workflows/run-batch.yml@refs/heads/main/../x',
    },
    /GITHUB_REF: is refs\/heads\/main\/\.\.\/x/,
  ],
  ['a tag called main', { GITHUB_REF: 'refs/tags/main' }, /GITHUB_REF: is refs\/tags\/main/],
  [
    'a pull request',
    {
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_WORKFLOW_REF: 'acme/ledger/.github/workflows/run-batch.yml@refs/pull/7/merge',
    },
    /a pull request never runs here/,
  ],
  [
    'a pull request with main’s own workflow',
    { GITHUB_EVENT_NAME: 'pull_request_target' },
    /a pull request never runs/,
  ],
  ['a pull request under another name', { GITHUB_HEAD_REF: 'feature' }, /GITHUB_HEAD_REF: is feature: a pull request/],
  [
    'the same workflow of another repository',
    {
      GITHUB_REPOSITORY: 'mallory/ledger',
      GITHUB_WORKFLOW_REF: 'mallory/ledger/.github/workflows/run-batch.yml@refs/heads/main',
    },
    /of mallory\/ledger, which allowed-workflows does not name/,
  ],
  [
    'another repository that claims the named one',
    { GITHUB_REPOSITORY: 'mallory/ledger' },
    /which allowed-workflows does not name/,
  ],
  [
    'a workflow that is not named',
    { GITHUB_WORKFLOW_REF: 'acme/ledger/.github/workflows/mine.yml@refs/heads/main' },
    /mine\.yml@refs\/heads\/main of acme\/ledger, which allowed-workflows does not name/,
  ],
  ['an event that is not named', { GITHUB_EVENT_NAME: 'push' }, /GITHUB_EVENT_NAME: is push, which/],
  [
    'two events in one',
    { GITHUB_EVENT_NAME: 'push,workflow_dispatch' },
    /GITHUB_EVENT_NAME: is push\?workflow_dispatch/,
  ],
  ['a pattern as event', { GITHUB_EVENT_NAME: '*' }, /GITHUB_EVENT_NAME: is \?, which/],
  ['a pattern as branch', { GITHUB_REF: 'refs/heads/*' }, /GITHUB_REF: is refs\/heads\/\?/],
  [
    'a newline after the branch',
    { GITHUB_REF: 'refs/heads/main\nrefs/heads/x' },
    /GITHUB_REF: is refs\/heads\/main\?refs/,
  ],
  [
    'a newline after the workflow',
    { GITHUB_WORKFLOW_REF: `${admitted.GITHUB_WORKFLOW_REF}\n` },
    /run-batch\.yml@refs\/heads\/main\? of/,
  ],
  [
    'a substitution',
    { GITHUB_REF: '$(touch pwned)`touch pwned`' },
    /GITHUB_REF: is \?\?touch\?pwned\?\?touch\?pwned\?,/,
  ],
]

test.each(hostile)('refused: %s', async (_, env, finding) => {
  const folder = await installHooks()
  for (const shell of shells) {
    const { status, lines, stderr } = jobStarted(folder, { ...admitted, ...env }, shell)
    expect({ status, stderr, first: lines[0] }).toEqual({
      status: 1,
      stderr: '',
      first: 'refused: this runner does not run this job',
    })
    expect(lines.join('\n')).toMatch(finding)
    expect(lines.slice(1).every((line) => line.startsWith('  '))).toBe(true)
  }
  await expect(access(join(folder, 'pwned'))).rejects.toThrow('ENOENT')
})

test('workflow commands and escape sequences in a branch name are dead text', async () => {
  const folder = await installHooks()
  const { lines } = jobStarted(folder, {
    ...admitted,
    GITHUB_REF: 'refs/heads/x\n::set-env name=PATH::/tmp\n##[add-path]/tmp\u001b[2J',
    GITHUB_WORKFLOW_REF: 'x'.repeat(100_000),
  })
  expect(lines.join('\n')).not.toMatch(/::|##\[|\u001b/)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(500)
})

test('every fault is told at once, and what is missing is a fault', async () => {
  const folder = await installHooks()
  const { status, lines } = jobStarted(folder, {})
  expect(status).toBe(1)
  for (const name of Object.keys(admitted)) expect(lines.join('\n')).toContain(`${name}: is not set`)
})

test.each([
  ['no list', null, /allowed-workflows: can't be read/],
  ['an empty list', '', /which allowed-workflows does not name/],
  ['a line without events', 'acme/ledger .github/workflows/run-batch.yml', /allowed-workflows:1: expected OWNER\/NAME/],
  ['a line with too much', `${list.split('\n')[1]} pull_request`, /allowed-workflows:1: expected OWNER\/NAME/],
])('%s admits nothing', async (_, allowed, finding) => {
  const folder = await installHooks(allowed)
  const { status, lines } = jobStarted(folder, admitted)
  expect(status).toBe(1)
  expect(lines.join('\n')).toMatch(finding)
})

test('a pull request is refused even where the list names its event', async () => {
  const folder = await installHooks(`${list.split('\n')[1]},pull_request_target`)
  expect(jobStarted(folder, { ...admitted, GITHUB_EVENT_NAME: 'pull_request_target' }).status).toBe(1)
})

test('PATH and functions of the environment change nothing', async () => {
  const folder = await installHooks()
  const fake = join(folder, 'fake')
  await mkdir(fake)
  for (const name of ['tr', 'cut', 'cat']) {
    await writeFile(join(fake, name), '#!/bin/sh\ntouch "$0.ran"\n')
    await chmod(join(fake, name), 0o755)
  }
  const result = jobStarted(folder, { ...admitted, PATH: `${fake}:/usr/bin:/bin`, GITHUB_REF: 'refs/heads/x' })
  expect(result.status).toBe(1)
  await expect(access(join(fake, 'tr.ran'))).rejects.toThrow('ENOENT')
})

test('a refusal ends the worker, so that no step with if: always() runs; an admission does not', async () => {
  const folder = await installHooks()
  // what GitHub's runner does: the hook, and then the steps whose condition holds all the same
  await writeFile(
    join(folder, 'Runner.Worker'),
    `#!/bin/sh\nbash -e ${join(folder, 'hooks/job-started.sh')}\ntouch ${join(folder, 'always-step-ran')}\n`,
  )
  await chmod(join(folder, 'Runner.Worker'), 0o755)
  const run = async (env: Record<string, string>) => {
    const worker = spawn(join(folder, 'Runner.Worker'), { env, stdio: 'ignore' })
    return (await once(worker, 'exit')) as [number | null, string | null]
  }
  expect(await run({ ...admitted, GITHUB_REF: 'refs/heads/evil' })).toEqual([null, 'SIGKILL'])
  await expect(access(join(folder, 'always-step-ran'))).rejects.toThrow('ENOENT')
  expect(await run(admitted)).toEqual([0, null])
  await access(join(folder, 'always-step-ran'))
})

/** A process group of a leader and a child, that only signals end. `deaf` ignores SIGTERM. */
async function startEngine({ deaf = false, leader = true } = {}) {
  const script = `${deaf ? "trap '' TERM;" : ''} sleep 600 & echo ready; wait; sleep 600`
  const engine = spawn('sh', ['-c', script], { detached: leader, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => {
    try {
      process.kill(leader ? -(engine.pid ?? 0) : (engine.pid ?? 0), 'SIGKILL')
    } catch {
      // it has ended, as it should
    }
  })
  await once(engine.stdout, 'data')
  return { pid: engine.pid ?? 0, exited: once(engine, 'exit') }
}

async function makeRun(spool: string, name: string): Promise<string> {
  await mkdir(join(spool, name), { recursive: true })
  return join(spool, name)
}

function jobCompleted(spool: string, [shell, ...args]: readonly string[] = shells[0]) {
  const { status, stdout, stderr } = spawnSync(shell ?? '', [...args, join(hooks, 'job-completed.sh')], {
    env: { BATCHLEDGER_SPOOL: spool },
    encoding: 'utf8',
  })
  return { status, stderr, stdout }
}

/** Processes of the group that have not ended; one that nobody waits for counts as ended. */
async function livingOf(group: number): Promise<number> {
  let living = 0
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const [state, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(pgrp) === group && state !== 'Z') living++
  }
  return living
}

test.each(shells)(
  '%s: an engine that a job left behind is ended with its children, and its note removed',
  async (...shell) => {
    const spool = await makeFolder()
    const folder = await makeRun(spool, 'tiny-people-20261124-100000')
    for (const deaf of shell[0] === 'bash' ? [false, true] : [false]) {
      const engine = await startEngine({ deaf })
      await noteEngine(folder, engine.pid)
      const { status, stdout, stderr } = jobCompleted(spool, shell)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toBe(
        `engine ${engine.pid} of tiny-people-20261124-100000: left behind, ending its process group\n`,
      )
      await engine.exited
      await expect.poll(() => livingOf(engine.pid)).toBe(0)
      await expect(access(join(folder, 'engine.pid'))).rejects.toThrow('ENOENT')
    }
  },
)

test.each(shells)('%s: an engine whose run goes on is left alone, also one of another host', async (...shell) => {
  const spool = await makeFolder()
  const folder = await makeRun(spool, 'run-1')
  const engine = await startEngine()
  await noteEngine(folder, engine.pid)
  const lock = await takeLock(folder)
  if ('heldBy' in lock) throw new Error('the lock is free')
  expect(jobCompleted(spool, shell)).toEqual({
    status: 0,
    stderr: '',
    stdout: `engine ${engine.pid} of run-1: its run goes on, left alone\n`,
  })
  await lock.release()
  await writeFile(join(folder, 'lock'), '{"host":"elsewhere","pid":1,"ticks":"1","since":"2026-11-24T10:00:00.000Z"}\n')
  expect(jobCompleted(spool, shell).stdout).toContain('left alone')
  expect(await livingOf(engine.pid)).toBe(2)
})

test.each([
  ['now belongs to another process', () => JSON.stringify({ host: hostname(), pid: process.pid, ticks: '1' })],
  ['is gone', () => JSON.stringify({ host: hostname(), pid: 2_147_483_646, ticks: '1' })],
  ['died while it took the lock', () => '{"host":"'],
])('an engine is left behind when the holder’s pid %s', async (_, lock) => {
  const spool = await makeFolder()
  const folder = await makeRun(spool, 'run-1')
  const engine = await startEngine()
  await noteEngine(folder, engine.pid)
  await writeFile(join(folder, 'lock'), lock())
  expect(jobCompleted(spool).stdout).toContain('left behind')
  await expect.poll(() => livingOf(engine.pid)).toBe(0)
})

test('nothing but what is noted is touched: another process of that pid, no group leader, a link, a forged note', async () => {
  const spool = await makeFolder()
  const bystander = await startEngine()
  const { ticks } = await ticksOf(bystander.pid)
  const follower = await startEngine({ leader: false })
  const notes: Record<string, string> = {
    'other-ticks': JSON.stringify({ pid: bystander.pid, ticks: '1' }),
    'no-ticks': JSON.stringify({ pid: bystander.pid }),
    'no-leader': JSON.stringify({ pid: follower.pid, ticks: (await ticksOf(follower.pid)).ticks }),
    everybody: JSON.stringify({ pid: -1, ticks }),
    zero: JSON.stringify({ pid: 0, ticks }),
    shell: JSON.stringify({ pid: `${bystander.pid}; kill -9 -${bystander.pid}`, ticks }),
    torn: `{"pid":${bystander.pid},"ti`,
    empty: '',
    'new\nline': JSON.stringify({ pid: 1, ticks: '1' }),
  }
  for (const [name, text] of Object.entries(notes))
    await writeFile(join(await makeRun(spool, name), 'engine.pid'), text)
  await writeFile(join(spool, 'elsewhere'), JSON.stringify({ pid: bystander.pid, ticks }))
  await symlink(join(spool, 'elsewhere'), join(await makeRun(spool, 'link'), 'engine.pid'))
  expect(jobCompleted(spool)).toEqual({ status: 0, stderr: '', stdout: '' })
  expect(await livingOf(bystander.pid)).toBe(2)
  expect((await ticksOf(follower.pid)).ended).toBeUndefined()
  expect(await readFile(join(spool, 'other-ticks/engine.pid'), 'utf8')).toContain('"1"')
})

test('without a spool the hook fails and says why; an empty spool is fine', async () => {
  const { status, stdout } = jobCompleted('/nowhere')
  expect(status).toBe(1)
  expect(stdout).toContain('BATCHLEDGER_SPOOL: names no folder')
  expect(jobCompleted(await makeFolder())).toEqual({ status: 0, stderr: '', stdout: '' })
})
