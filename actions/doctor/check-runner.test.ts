import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, readFile, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { expectGolden } from '../../test/support/expect-golden.ts'
import { makeFolder } from '../../test/support/make-ledger.ts'
import { runCli } from '../../test/support/run-cli.ts'
import { noteEngine } from '../run-batch/reap-engine.ts'
import { checkRunner } from './check-runner.ts'
import { readRunnerHost } from './runner-host.ts'

const source = fileURLToPath(new URL('../../self-hosted-runner', import.meta.url))

interface TestHost {
  root: string
  /** the spool, below the root */
  spool: string
  write(path: string, text: string): Promise<void>
  /** puts another text in the place of one that must be there */
  replace(path: string, from: string, to: string): Promise<void>
  /** each finding as `name: found: mend` */
  findings(now?: Date): Promise<string[]>
}

/** A host below a temporary folder, laid out as install.sh does it and as the README goes on; owned by who runs the test. */
async function makeHost(forge: 'github' | 'gitea' = 'github'): Promise<TestHost> {
  const root = await makeFolder()
  const below = (path: string) => join(root, path)
  const write = async (path: string, text: string) => {
    await mkdir(dirname(below(path)), { recursive: true })
    await writeFile(below(path), text)
  }
  const gid = process.getgid?.() ?? 0
  // who runs the test owns the files, and is none of the two
  const uid = process.getuid?.() ?? 0
  await write(
    'etc/passwd',
    `batchledger-gpu:x:${uid + 1}:${gid}::/var/lib/batchledger/gpu:/usr/sbin/nologin\n` +
      `batchledger-publish:x:${uid + 2}:${gid}::/var/lib/batchledger/publish:/usr/sbin/nologin\n`,
  )
  await write('etc/group', `batchledger:x:${gid}:\nsudo:x:60027:\ndocker:x:60028:\n`)
  const spool = below('var/lib/batchledger/spool')
  await mkdir(spool, { recursive: true })
  await chmod(spool, 0o2770)
  await mkdir(below('var/lib/batchledger/gpu'))

  const units = below('etc/systemd/system')
  await mkdir(join(units, 'multi-user.target.wants'), { recursive: true })
  await cp(join(source, `units/${forge}/batchledger-runner@.service`), join(units, 'batchledger-runner@.service'))
  await cp(join(source, 'units/hardening.conf'), join(units, 'batchledger-runner@.service.d/hardening.conf'))
  await cp(join(source, 'hooks'), below('etc/batchledger/hooks'), { recursive: true })
  await write('etc/batchledger/allowed-workflows', 'acme/ledger .github/workflows/run-batch.yml workflow_dispatch\n')
  const bin = 'opt/batchledger/node/bin'
  await mkdir(below(bin), { recursive: true })
  await symlink(process.execPath, below(`${bin}/node`))
  for (const name of ['git', 'git-lfs']) await makeProgram(write, below, `${bin}/${name}`)
  for (const role of ['gpu', 'publish']) {
    await cp(join(source, `units/${role}.conf`), join(units, `batchledger-runner@${role}.service.d/${role}.conf`))
    await symlink(
      '/etc/systemd/system/batchledger-runner@.service',
      join(units, `multi-user.target.wants/batchledger-runner@${role}.service`),
    )
    await cp(join(source, `etc/runner-${role}.env`), below(`etc/batchledger/runner-${role}.env`))
    await makeProgram(write, below, `opt/batchledger/runner-${role}/bin/runsvc.sh`)
  }
  await makeProgram(write, below, 'opt/batchledger/gitea-runner/gitea-runner')
  return {
    root,
    spool,
    write,
    async replace(path, from, to) {
      const text = await readFile(below(path), 'utf8')
      if (!text.includes(from)) throw new Error(`${path} has no ${from}`)
      await writeFile(below(path), text.replace(from, to))
    },
    async findings(now = new Date()) {
      const checks = checkRunner(await readRunnerHost(root, now), { minFreeBytes: 0 })
      return checks.filter(({ ok }) => !ok).map(({ name, found, mend }) => `${name}: ${found}: ${mend}`)
    },
  }
}

async function makeProgram(write: TestHost['write'], below: (path: string) => string, path: string): Promise<void> {
  await write(path, '#!/bin/sh\n')
  await chmod(below(path), 0o755)
}

async function makeRun({ spool }: TestHost, id: string, mode = 0o2770): Promise<string> {
  const folder = join(spool, id)
  await mkdir(folder)
  await chmod(folder, mode)
  return folder
}

test.each(['github', 'gitea'] as const)(
  'a host of %s that was set up as described has nothing to mend',
  async (forge) => {
    const host = await makeHost(forge)
    await makeRun(host, 'run-1')
    expect(await host.findings()).toEqual([])
  },
)

test('--json, its shape, and exit code 1 where something must be mended', async () => {
  const host = await makeHost()
  const doctor = (...more: string[]) =>
    runCli(['doctor', '--runner', '--root', host.root, '--min-free', '0', ...more], { cwd: host.root })
  const good = await doctor('--json')
  expect(good).toMatchObject({ code: 0, stderr: '' })
  expect((JSON.parse(good.stdout) as { ok: boolean }).ok).toBe(true)
  await rm(join(host.root, 'etc/batchledger/hooks/job-started.sh'))
  await host.write('var/lib/batchledger/gpu/.netrc', 'machine example')
  const bad = await doctor('--json')
  expect(bad).toMatchObject({ code: 1, stderr: '' })
  await expectGolden('doctor-runner', bad.stdout, host.root)
  const text = await doctor()
  expect(text.code).toBe(1)
  expect(text.stdout).toMatch(
    /^lacks {2}credentials +\/var\/lib\/batchledger\/gpu\/\.netrc: the GPU runner could write/m,
  )
})

test('on a bare host all that is missing is told at once, and what can’t be looked at is not called good', async () => {
  const root = await makeFolder()
  const checks = checkRunner(await readRunnerHost(root, new Date()), { minFreeBytes: 0 })
  expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
    'users',
    'spool',
    'same spool',
    'same spool',
    'service gpu',
    'service publish',
    'workflows',
  ])
  expect(checks.filter(({ ok }) => ok).map(({ name }) => name)).toEqual(['gpu', 'credentials', 'clock'])
})

test('the repository’s own spool rights are those the doctor asks for', async () => {
  const host = await makeHost()
  await makeRun(host, 'run-1', 0o700)
  await chmod(host.spool, 0o755)
  expect(await host.findings()).toEqual([
    'spool: /var/lib/batchledger/spool: mode is 755, expected 2770: chmod 2770 /var/lib/batchledger/spool',
    'spool: /var/lib/batchledger/spool/run-1: mode is 700, so the other runner can’t read, mark and remove the run: chmod -R g=rwXs,o= /var/lib/batchledger/spool/run-1',
  ])
})

test('users: missing, outside the group, or as good as root', async () => {
  const host = await makeHost()
  await host.write(
    'etc/passwd',
    `batchledger-gpu:x:${(process.getuid?.() ?? 0) + 1}:60999::/var/lib/batchledger/gpu:/usr/sbin/nologin\n# comment\nbroken\n`,
  )
  await host.replace('etc/group', 'docker:x:60028:', 'docker:x:60028:someone,batchledger-gpu')
  expect(await host.findings()).toEqual([
    'users: batchledger-gpu is not in group batchledger: usermod -g batchledger batchledger-gpu',
    'users: batchledger-gpu is in group docker, as good as root: gpasswd -d batchledger-gpu docker',
    'users: there is no user batchledger-publish: run self-hosted-runner/install.sh as root',
  ])
  await host.replace('etc/group', ':\nsudo', ':batchledger-gpu\nsudo')
  expect((await host.findings())[0]).not.toContain('not in group batchledger')
})

test('both services must see one spool', async () => {
  const host = await makeHost()
  const publish = 'etc/batchledger/runner-publish.env'
  await host.replace(publish, 'BATCHLEDGER_SPOOL=/var/lib/batchledger/spool', 'BATCHLEDGER_SPOOL="/srv/spool"')
  expect(await host.findings()).toEqual([
    'same spool: BATCHLEDGER_SPOOL is /var/lib/batchledger/spool for gpu and /srv/spool for publish: name one folder in both environment files, and restart both services',
  ])
  await host.replace(publish, 'BATCHLEDGER_SPOOL=', '#BATCHLEDGER_SPOOL=')
  expect(await host.findings()).toEqual([
    'same spool: /etc/batchledger/runner-publish.env: BATCHLEDGER_SPOOL is not set: add BATCHLEDGER_SPOOL=/var/lib/batchledger/spool to the file',
  ])
})

test('services: a drop-in that weakens them, a program that is not there, not started at boot', async () => {
  const host = await makeHost()
  const units = 'etc/systemd/system'
  await host.write(
    `${units}/batchledger-runner@gpu.service.d/zz-mine.conf`,
    '[Service]\nKillMode=process\nUMask=0022\nUser=root\nEnvironmentFile=\n',
  )
  await rm(join(host.root, 'opt/batchledger/runner-publish/bin/runsvc.sh'))
  await rm(join(host.root, units, 'multi-user.target.wants/batchledger-runner@publish.service'))
  await host.replace(`${units}/batchledger-runner@publish.service.d/publish.conf`, 'PrivateDevices=yes', '')
  expect((await host.findings()).map((line) => line.replace(/: [^:]*$/, ''))).toEqual([
    'service gpu: batchledger-runner@gpu.service: User is root, expected batchledger-gpu',
    'service gpu: batchledger-runner@gpu.service: UMask is 0022, expected 0007',
    expect.stringContaining('service gpu: batchledger-runner@gpu.service: KillMode is process'),
    'service gpu: batchledger-runner@gpu.service: does not read /etc/batchledger/runner-gpu.env',
    'service publish: batchledger-runner@publish.service: PrivateDevices is not set, expected yes',
    expect.stringContaining('starts /opt/batchledger/runner-publish/bin/runsvc.sh, and there is no such program'),
    'service publish: batchledger-runner@publish.service: is not started at boot',
  ])
})

test('hooks: not set, gone, changeable, or overruled by the runner’s own files', async () => {
  const host = await makeHost()
  await host.replace('etc/batchledger/runner-gpu.env', 'ACTIONS_RUNNER_HOOK_JOB_COMPLETED=', '#')
  await chmod(join(host.root, 'etc/batchledger/hooks/job-started.sh'), 0o775)
  await host.write('opt/batchledger/runner-gpu/.env', 'LANG=C.UTF-8\nACTIONS_RUNNER_HOOK_JOB_STARTED=/tmp/mine.sh\n')
  await host.write('opt/batchledger/runner-gpu/.path', '/usr/bin:/bin\n')
  const changeable =
    '/etc/batchledger/hooks/job-started.sh: a runner could change it: chown root:root /etc/batchledger/hooks/job-started.sh; chmod 755 /etc/batchledger/hooks/job-started.sh'
  expect(await host.findings()).toEqual([
    'hooks gpu: /opt/batchledger/runner-gpu/.env: sets ACTIONS_RUNNER_HOOK_JOB_STARTED, which wins over /etc/batchledger/runner-gpu.env: remove the line',
    `hooks gpu: ${changeable}`,
    'hooks gpu: /etc/batchledger/runner-gpu.env: ACTIONS_RUNNER_HOOK_JOB_COMPLETED is not set: add ACTIONS_RUNNER_HOOK_JOB_COMPLETED=/etc/batchledger/hooks/job-completed.sh',
    'programs gpu: /opt/batchledger/runner-gpu/.path: is /usr/bin:/bin, which wins over PATH in /etc/batchledger/runner-gpu.env: echo /opt/batchledger/node/bin:/usr/local/bin:/usr/bin:/bin > /opt/batchledger/runner-gpu/.path',
    `hooks publish: ${changeable}`,
  ])
})

test('Gitea: the service must start anew after each job', async () => {
  const host = await makeHost('gitea')
  await host.replace('etc/systemd/system/batchledger-runner@.service', ' --once', '')
  const findings = await host.findings()
  expect(findings).toHaveLength(2)
  expect(findings[0]).toMatch(/^hooks gpu: .*goes on after a job.*--once/)
})

test('workflows: no line, a broken line, a pull request', async () => {
  const host = await makeHost()
  const path = 'etc/batchledger/allowed-workflows'
  await host.write(path, '# nothing\n\n')
  expect(await host.findings()).toEqual([expect.stringContaining('names no workflow, so nothing runs')])
  await host.write(path, 'acme/ledger run.yml\nacme/ledger run.yml push,pull_request_target\n')
  expect(await host.findings()).toEqual([
    expect.stringContaining(`${path}:1: has 2 words`),
    expect.stringContaining(`${path}:2: names push,pull_request_target`),
  ])
})

test('node: missing, old, or a file that others can write, which is not started', async () => {
  const host = await makeHost()
  const node = join(host.root, 'opt/batchledger/node/bin/node')
  await rm(node)
  expect((await host.findings())[0]).toMatch(/^programs gpu: .*node on PATH is missing/)
  await writeFile(node, `#!/bin/sh\ntouch ${host.root}/started\necho v20.1.0\n`)
  await chmod(node, 0o775)
  expect((await host.findings())[0]).toMatch(/unknown: others can write the file, expected 24/)
  await expect(stat(join(host.root, 'started'))).rejects.toThrow('ENOENT')
  await chmod(node, 0o755)
  expect((await host.findings())[0]).toMatch(/node on PATH is v20\.1\.0, expected 24/)
})

test('credentials of a repository in the GPU user’s home are named, each', async () => {
  const host = await makeHost()
  const home = 'var/lib/batchledger/gpu'
  for (const file of ['.git-credentials', '.config/gh/hosts.yml', '.netrc', '.ssh/id_ed25519', '.ssh/id_ed25519.pub'])
    await host.write(join(home, file), '')
  expect((await host.findings()).map((line) => line.split(': ')[1])).toEqual([
    '/var/lib/batchledger/gpu/.git-credentials',
    '/var/lib/batchledger/gpu/.config/gh/hosts.yml',
    '/var/lib/batchledger/gpu/.netrc',
    '/var/lib/batchledger/gpu/.ssh/id_ed25519',
  ])
})

test('a clock that stands before the spool’s runs, or in the past, is wrong', async () => {
  const host = await makeHost()
  const folder = await makeRun(host, 'run-1')
  const now = new Date('2026-12-01T00:00:00Z')
  await utimes(folder, now, new Date('2026-12-01T00:04:00Z'))
  expect(await host.findings(now)).toEqual([])
  await utimes(folder, now, new Date('2026-12-01T00:06:00Z'))
  expect(await host.findings(now)).toEqual([
    'clock: says 2026-12-01T00:00:00.000Z, and run-1 was changed at 2026-12-01T00:06:00.000Z: timedatectl set-ntp true',
  ])
  await rm(folder, { recursive: true })
  expect(await host.findings(new Date(0))).toEqual([expect.stringContaining('which is past')])
})

test('an engine that nobody holds is named, and left as it is', async () => {
  const host = await makeHost()
  const folder = await makeRun(host, 'run-1')
  const engine = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
  await once(engine, 'spawn')
  const exited = once(engine, 'exit')
  onTestFinished(async () => {
    engine.kill('SIGKILL')
    await exited
  })
  await noteEngine(folder, engine.pid ?? 0)
  expect(await host.findings()).toEqual([
    `engines: process ${engine.pid} is the engine of run-1, and nobody runs run-1: BATCHLEDGER_SPOOL=/var/lib/batchledger/spool /etc/batchledger/hooks/job-completed.sh, as batchledger-gpu`,
  ])
  expect(await readdir(folder)).toEqual(['engine.pid'])
  engine.kill('SIGKILL')
  await exited
  expect(await host.findings()).toEqual([])
})

test('too little free space is a finding with both figures', async () => {
  const host = await makeHost()
  const checks = checkRunner(await readRunnerHost(host.root, new Date()), { minFreeBytes: 1e18 })
  expect(checks.find(({ name }) => name === 'disk')).toMatchObject({
    ok: false,
    found: expect.stringMatching(/ GB free, expected 1000000000\.0 GB/) as string,
  })
})
