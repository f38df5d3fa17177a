import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startForgeServer } from '../../test/servers/forge-server.ts'
import { addForge } from '../../test/support/add-forge.ts'
import { addRemote, makeLedger } from '../../test/support/make-ledger.ts'
import { git } from '../adapters/git.ts'
import { probeRights } from './probe-rights.ts'

test('a job that may do everything is told so, and nothing is changed by asking', async () => {
  const ledger = await makeLedger(1)
  const { server, forge, remote } = await addForge(ledger)
  const inputs = { ledger: ledger.folder, remote: 'origin', auth: { token: server.token }, forge }
  const outcome = await probeRights({ ...inputs, privacy: 'personal' })
  expect(outcome).toMatchObject({ ok: true, problems: [] })
  expect(outcome.checked).toHaveLength(4)
  expect(await git(remote, ['for-each-ref', '--format=%(refname)'])).toBe('refs/heads/main\n')
  expect(server.lfs.asked).toEqual(['batch upload 1'])
  expect([server.lfs.objects.size, server.state.pulls.length]).toEqual([0, 0])
})

test('all that is missing is told at once', async () => {
  const ledger = await makeLedger(1)
  await using elsewhere = await startForgeServer()
  await ledger.write('.lfsconfig', `[lfs]\n\turl = ${elsewhere.lfsUrl}\n`)
  const { server, forge } = await addForge(ledger)
  const message = 'Resource not accessible by integration'
  server.faults.push({ at: /POST .*\/pulls$/, fault: { status: 403, message } })
  elsewhere.faults.push({ at: /objects\/batch/, fault: { status: 403, message: 'no' } })
  // may be read and not written
  await git(ledger.folder, ['config', 'remote.origin.pushurl', server.gitUrl.replace('ledger.git', 'other.git')])
  const outcome = await probeRights({
    ledger: ledger.folder,
    remote: 'origin',
    auth: { token: server.token },
    forge,
    privacy: 'synthetic',
  })
  expect(outcome.ok).toBe(false)
  expect(outcome.problems).toEqual([
    expect.stringMatching(/^origin: a branch runs\/probe-[0-9a-f]+ can't be pushed/),
    expect.stringMatching(/info\/lfs: it refuses us \(403\)/),
    expect.stringMatching(/grant it "pull-requests: write"/),
  ])
})

test('an expired token is one finding of each part', async () => {
  const ledger = await makeLedger(1)
  const { server, forge } = await addForge(ledger)
  server.expired = true
  const auth = { token: server.token }
  const { problems } = await probeRights({ ledger: ledger.folder, remote: 'origin', auth, forge, privacy: 'public' })
  expect(problems).toEqual([
    expect.stringMatching(/or one that is no longer valid/),
    expect.stringMatching(/the token is not accepted, or no longer \(401\)/),
  ])
})

test('an LFS host that main’s policy does not name is refused for personal rows, before it is asked anything', async () => {
  const ledger = await makeLedger(1)
  await ledger.write('.lfsconfig', '[lfs]\n\turl = https://rows.example/store\n')
  await addRemote(ledger)
  const probe = (privacy: 'personal' | 'public') =>
    probeRights({ ledger: ledger.folder, remote: 'origin', privacy }).then(({ problems }) => problems)
  expect(await probe('personal')).toEqual([expect.stringMatching(/^rows\.example: may not be sent personal rows/)])
  await ledger.write('registry/policy.yaml', 'allow_hosts:\n  lfs: [rows.example]\n')
  expect(await readFile(join(ledger.folder, 'registry/policy.yaml'), 'utf8')).toContain('rows.example')
  // only main's policy counts
  expect(await probe('personal')).toHaveLength(1)
})
