import type { DoctorCheck } from './doctor.ts'
import { hostPaths, roles, type Rights, type Role, type RoleFacts, type RunnerHost } from './runner-host.ts'

export interface RunnerLimits {
  /** free space the spool's disk must have */
  minFreeBytes: number
}

const install = 'run self-hosted-runner/install.sh as root'
const groupName = 'batchledger'
const groupRights = 0o070
const othersRights = 0o007
const setgid = 0o2000
const writableByOthers = 0o022

/** What keeps the two runner services of a host from doing their work safely: every finding, each with its mend. Pure. */
export function checkRunner(host: RunnerHost, limits: RunnerLimits): DoctorCheck[] {
  return [
    ...found('users', 'batchledger-gpu and batchledger-publish, group batchledger', checkUsers(host)),
    ...found('spool', `${host.spool.path}, for the group only`, checkSpool(host)),
    ...found('same spool', host.spool.path, checkSameSpool(host)),
    ...found('disk', `${gigabytes(host.spool.freeBytes ?? 0)} free`, checkDisk(host, limits)),
    ...found('engines', 'none left behind', checkEngines(host)),
    ...roles.flatMap((role) => {
      const facts = host.roles[role]
      return [
        ...found(`service ${role}`, facts.active ?? 'set up', checkService(role, facts)),
        ...found(`hooks ${role}`, describeHooks(facts), checkHooks(role, host)),
        ...found(`programs ${role}`, `node ${facts.programs.get('node')}`, checkPrograms(role, facts)),
      ]
    }),
    ...found('workflows', hostPaths.allowed, checkAllowed(host)),
    ...found('gpu', host.gpu?.said ?? `not asked: ${host.root} is not this machine`, checkGpu(host)),
    ...found('credentials', 'none in the home of batchledger-gpu', checkCredentials(host)),
    ...found('clock', host.now.toISOString(), checkClock(host)),
  ]
}

interface Finding {
  found: string
  mend: string
}

/** Nothing is said of what can't be looked at yet, because something else, which is told, is missing. */
function found(name: string, good: string, findings: readonly Finding[] | undefined): DoctorCheck[] {
  if (!findings) return []
  if (findings.length === 0) return [{ name, ok: true, found: good }]
  return findings.map((finding) => ({ name, ok: false, ...finding }))
}

function checkUsers({ users, groups }: RunnerHost): Finding[] {
  const group = groups.get(groupName)
  if (!group) return [{ found: `there is no group ${groupName}`, mend: install }]
  return roles.flatMap((role) => {
    const name = `batchledger-${role}`
    const user = users.get(name)
    if (!user) return [{ found: `there is no user ${name}`, mend: install }]
    const findings: Finding[] = []
    if (user.gid !== group.gid && !group.members.includes(name))
      findings.push({ found: `${name} is not in group ${groupName}`, mend: `usermod -g ${groupName} ${name}` })
    for (const strong of ['root', 'sudo', 'wheel', 'docker', 'lxd'])
      if (groups.get(strong)?.members.includes(name) || user.gid === groups.get(strong)?.gid)
        findings.push({ found: `${name} is in group ${strong}, as good as root`, mend: `gpasswd -d ${name} ${strong}` })
    return findings
  })
}

function checkSpool({ spool, groups }: RunnerHost): Finding[] {
  const { path, rights } = spool
  if (!rights) return [{ found: `${path}: there is no such folder`, mend: install }]
  const gid = groups.get(groupName)?.gid
  const findings: Finding[] = []
  if (rights.mode !== 0o2770)
    findings.push({ found: `${path}: mode is ${octal(rights)}, expected 2770`, mend: `chmod 2770 ${path}` })
  if (gid !== undefined && rights.gid !== gid)
    findings.push({
      found: `${path}: is of group ${rights.gid}, expected ${groupName}`,
      mend: `chgrp ${groupName} ${path}`,
    })
  for (const { id, rights: own } of spool.runs) {
    const folder = `${path}/${id}`
    if (gid !== undefined && own.gid !== gid)
      findings.push({
        found: `${folder}: is of group ${own.gid}, expected ${groupName}`,
        mend: `chgrp -R ${groupName} ${folder}`,
      })
    if ((own.mode & (setgid | groupRights)) !== (setgid | groupRights) || (own.mode & othersRights) !== 0)
      findings.push({
        found: `${folder}: mode is ${octal(own)}, so the other runner can’t read, mark and remove the run`,
        mend: `chmod -R g=rwXs,o= ${folder}`,
      })
  }
  return findings
}

function checkSameSpool({ roles: { gpu, publish } }: RunnerHost): Finding[] {
  const files = [
    { file: hostPaths.env('gpu'), env: gpu.env },
    { file: hostPaths.env('publish'), env: publish.env },
  ]
  const findings = files.flatMap(({ file, env }) => {
    if (!env) return [{ found: `${file}: there is no such file, or you may not read it`, mend: install }]
    if (env.get('BATCHLEDGER_SPOOL')) return []
    return [
      { found: `${file}: BATCHLEDGER_SPOOL is not set`, mend: `add BATCHLEDGER_SPOOL=${hostPaths.spool} to the file` },
    ]
  })
  const [ours, theirs] = files.map(({ env }) => env?.get('BATCHLEDGER_SPOOL'))
  if (ours && theirs && ours !== theirs)
    findings.push({
      found: `BATCHLEDGER_SPOOL is ${ours} for gpu and ${theirs} for publish`,
      mend: 'name one folder in both environment files, and restart both services',
    })
  return findings
}

function checkDisk({ spool }: RunnerHost, { minFreeBytes }: RunnerLimits): Finding[] | undefined {
  if (spool.freeBytes === undefined) return undefined
  if (spool.freeBytes >= minFreeBytes) return []
  return [
    {
      found: `${spool.path}: ${gigabytes(spool.freeBytes)} free, expected ${gigabytes(minFreeBytes)}`,
      mend: 'drop published runs: batchledger spool list, batchledger spool drop RUN',
    },
  ]
}

function checkEngines({ spool }: RunnerHost): Finding[] | undefined {
  if (!spool.rights) return undefined
  return spool.runs.flatMap(({ id, leftEngine }) =>
    leftEngine === undefined
      ? []
      : [
          {
            found: `process ${leftEngine} is the engine of ${id}, and nobody runs ${id}`,
            mend: `BATCHLEDGER_SPOOL=${spool.path} /etc/batchledger/hooks/job-completed.sh, as batchledger-gpu`,
          },
        ],
  )
}

function checkService(role: Role, { unit, hasProgram, isEnabled, active }: RoleFacts): Finding[] {
  const name = hostPaths.unit(role)
  if (!unit) return [{ found: `there is no ${name}`, mend: install }]
  const findings: Finding[] = []
  const expected: [string, string][] = [
    ['User', `batchledger-${role}`],
    ['Group', groupName],
    ['UMask', '0007'],
    ['NoNewPrivileges', 'yes'],
    ['ProtectSystem', 'strict'],
    ['Restart', 'always'],
    ...(role === 'publish' ? [['PrivateDevices', 'yes'] as [string, string]] : []),
  ]
  for (const [key, value] of expected) {
    const is = unit.get(key)?.at(-1)
    if (is !== value)
      findings.push({
        found: `${name}: ${key} is ${is ?? 'not set'}, expected ${value}`,
        mend: `${install}, or mend your drop-in`,
      })
  }
  if (['process', 'none'].includes(unit.get('KillMode')?.at(-1) ?? ''))
    findings.push({
      found: `${name}: KillMode is ${unit.get('KillMode')?.at(-1)}: an engine outlives the service`,
      mend: `${install}, or mend your drop-in`,
    })
  if (!unit.get('EnvironmentFile')?.includes(hostPaths.env(role)))
    findings.push({ found: `${name}: does not read ${hostPaths.env(role)}`, mend: `${install}, or mend your drop-in` })
  if (!hasProgram)
    findings.push({
      found: `${name}: starts ${unit.get('ExecStart')?.at(-1) ?? 'nothing'}, and there is no such program`,
      mend: 'install the runner and register it: self-hosted-runner/README.md',
    })
  if (!isEnabled) findings.push({ found: `${name}: is not started at boot`, mend: `systemctl enable --now ${name}` })
  if (active !== undefined && active !== 'active')
    findings.push({ found: `${name}: is ${active}`, mend: `systemctl start ${name}; journalctl -u ${name}` })
  return findings
}

const startedHook = 'ACTIONS_RUNNER_HOOK_JOB_STARTED'
const completedHook = 'ACTIONS_RUNNER_HOOK_JOB_COMPLETED'

function runsGitea({ unit }: RoleFacts): boolean {
  return unit?.get('ExecStart')?.at(-1)?.includes('gitea-runner') ?? false
}

function describeHooks(role: RoleFacts): string {
  return runsGitea(role) ? 'Gitea’s runner has none; one job a start instead' : [...role.hooks.keys()].sort().join(', ')
}

function checkHooks(role: Role, host: RunnerHost): Finding[] | undefined {
  const facts = host.roles[role]
  const name = hostPaths.unit(role)
  if (!facts.env || !facts.unit) return undefined
  if (runsGitea(facts))
    return facts.unit.get('ExecStart')?.at(-1)?.endsWith(' --once')
      ? []
      : [
          {
            found: `${name}: goes on after a job, and what the job left behind goes on with it`,
            mend: `start it with daemon --once: ${install}`,
          },
        ]
  const findings = facts.overrides.map((variable) => ({
    found: `${hostPaths.runner(role)}/.env: sets ${variable}, which wins over ${hostPaths.env(role)}`,
    mend: 'remove the line',
  }))
  for (const variable of role === 'gpu' ? [startedHook, completedHook] : [startedHook]) {
    const file = facts.env.get(variable)
    if (file === undefined) {
      findings.push({
        found: `${hostPaths.env(role)}: ${variable} is not set`,
        mend: `add ${variable}=/etc/batchledger/hooks/${variable === startedHook ? 'job-started' : 'job-completed'}.sh`,
      })
      continue
    }
    const rights = facts.hooks.get(variable)
    if (!rights) findings.push({ found: `${file}: ${variable} names it, there is no such file`, mend: install })
    else if (isChangeable(host, rights))
      findings.push({ found: `${file}: a runner could change it`, mend: `chown root:root ${file}; chmod 755 ${file}` })
    if (!file.endsWith('.sh'))
      findings.push({
        found: `${file}: has no ending .sh, which the runner asks for`,
        mend: `name a .sh file in ${variable}`,
      })
  }
  return findings
}

function checkPrograms(role: Role, facts: RoleFacts): Finding[] | undefined {
  const { env, ownPath, programs } = facts
  if (!env) return undefined
  const path = env.get('PATH')
  const node = programs.get('node')
  const findings: Finding[] = []
  if (node === undefined || !(Number(/^v(\d+)\./.exec(node)?.[1]) >= 24))
    findings.push({
      found: `${hostPaths.env(role)}: node on PATH is ${node ?? 'missing'}, expected 24 or newer`,
      mend: 'install Node into /opt/batchledger/node: self-hosted-runner/README.md',
    })
  for (const name of ['git', 'git-lfs'])
    if (!programs.has(name))
      findings.push({ found: `${hostPaths.env(role)}: ${name} is not on PATH`, mend: `apt-get install ${name}` })
  const file = `${hostPaths.runner(role)}/.path`
  if (ownPath !== undefined && ownPath !== path && !runsGitea(facts))
    findings.push({
      found: `${file}: is ${ownPath}, which wins over PATH in ${hostPaths.env(role)}`,
      mend: `echo ${path} > ${file}`,
    })
  return findings
}

function checkAllowed(host: RunnerHost): Finding[] {
  if (roles.some((role) => runsGitea(host.roles[role]))) return []
  const { allowed } = host
  if (!allowed) return [{ found: `${hostPaths.allowed}: there is no such file`, mend: install }]
  const findings: Finding[] = []
  if (isChangeable(host, allowed.rights))
    findings.push({
      found: `${hostPaths.allowed}: a runner could change it`,
      mend: `chown root:root ${hostPaths.allowed}; chmod 644 ${hostPaths.allowed}`,
    })
  const lines = allowed.text.split('\n').map((line, index) => ({ number: index + 1, words: line.trim().split(/\s+/) }))
  const entries = lines.filter(({ words }) => words[0] !== '' && !words[0]?.startsWith('#'))
  if (entries.length === 0)
    findings.push({
      found: `${hostPaths.allowed}: names no workflow, so nothing runs`,
      mend: 'add OWNER/NAME FILE EVENT lines',
    })
  for (const { number, words } of entries) {
    if (words.length !== 3)
      findings.push({
        found: `${hostPaths.allowed}:${number}: has ${words.length} words`,
        mend: 'write OWNER/NAME FILE EVENT[,EVENT]',
      })
    else if (/(^|,)pull_request/.test(words[2] ?? ''))
      findings.push({
        found: `${hostPaths.allowed}:${number}: names ${words[2]}; a pull request never runs here`,
        mend: 'take the event out; let another runner check pull requests',
      })
  }
  return findings
}

function checkGpu({ gpu }: RunnerHost): Finding[] {
  if (!gpu || gpu.ok) return []
  return [
    {
      found: `nvidia-smi for batchledger-gpu: ${gpu.said}`,
      mend: 'install the driver, and look at the rights of /dev/nvidia*',
    },
  ]
}

function checkCredentials({ credentials, users }: RunnerHost): Finding[] {
  if (!credentials)
    return [
      {
        found: `${users.get('batchledger-gpu')?.home}: you may not look into it`,
        mend: 'run batchledger doctor --runner as root',
      },
    ]
  return credentials.map((file) => ({
    found: `${file}: the GPU runner could write to a repository with it`,
    mend: `remove it: rm ${file}`,
  }))
}

/** Before this the program did not exist. */
const earliest = Date.UTC(2026, 10, 1)
const toleratedMs = 5 * 60_000

function checkClock({ now, spool, isClockSynchronised }: RunnerHost): Finding[] {
  const mend = 'timedatectl set-ntp true'
  const findings: Finding[] = []
  if (isClockSynchronised === false) findings.push({ found: 'is not kept by the network', mend })
  if (now.getTime() < earliest) findings.push({ found: `says ${now.toISOString()}, which is past`, mend })
  const newest = spool.runs.toSorted((a, b) => b.modified - a.modified)[0]
  if (newest && newest.modified > now.getTime() + toleratedMs)
    findings.push({
      found: `says ${now.toISOString()}, and ${newest.id} was changed at ${new Date(newest.modified).toISOString()}`,
      mend,
    })
  return findings
}

/** One of the runners' users owns it, or more than its owner may write it. */
function isChangeable({ users }: RunnerHost, { mode, uid }: Rights): boolean {
  return (mode & writableByOthers) !== 0 || roles.some((role) => users.get(`batchledger-${role}`)?.uid === uid)
}

function octal({ mode }: Rights): string {
  return mode.toString(8)
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}
