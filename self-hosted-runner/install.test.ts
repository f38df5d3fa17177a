import { spawnSync } from 'node:child_process'
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeFolder } from '../test/support/make-ledger.ts'

const script = fileURLToPath(new URL('install.sh', import.meta.url))
const asked = ['--forge', 'github', '--repository', 'acme/ledger', '--name', 'box1']
const isRoot = process.getuid?.() === 0

function install(...args: string[]) {
  const { status, stdout, stderr } = spawnSync('sh', [script, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** A root folder with nothing but empty lists of users and groups. */
async function makeRoot(): Promise<string> {
  const root = await makeFolder()
  await mkdir(join(root, 'etc/systemd/system'), { recursive: true })
  await mkdir(join(root, 'etc/tmpfiles.d'))
  for (const name of ['passwd', 'group', 'shadow', 'gshadow']) await writeFile(join(root, 'etc', name), '')
  return root
}

const filesBelow = async (root: string) => (await readdir(root, { recursive: true })).sort()

test('a dry run says all that would be done and changes nothing', async () => {
  const root = await makeRoot()
  const before = await filesBelow(root)
  const { status, stdout, stderr } = install(...asked, '--root', root, '--dry-run')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^would {4}user batchledger-gpu$/m)
  expect(stdout).toMatch(/^would {4}\/var\/lib\/batchledger\/spool\/ \(2770, root:batchledger\)$/m)
  expect(stdout).toMatch(/^\d+ changes would be made$/m)
  expect(await filesBelow(root)).toEqual(before)
})

test.each([
  [['--forge', 'gitlab'], /--forge: is 'gitlab', expected github or gitea/],
  [['--forge', 'github'], /--repository: is '', expected OWNER\/NAME/],
  [[...asked, '--repository', 'a/b/c'], /--repository: is 'a\/b\/c'/],
  [[...asked, '--repository', 'a/b|x'], /--repository: is 'a\/b\|x'/],
  [[...asked, '--repository', '/b'], /--repository: is '\/b'/],
  [[...asked, '--name', 'a b'], /--name: is 'a b'/],
  [[...asked, '--name', '-x'], /--name: needs a value/],
  [[...asked, '--root', 'relative'], /--root: is 'relative', expected an absolute path/],
  [[...asked, '--root'], /--root: needs a value/],
  [[...asked, '--force'], /--force: is no option/],
])('a mistake is exit code 2 and says what was expected: %j', (args, finding) => {
  const { status, stderr } = install(...args, '--dry-run')
  expect(status).toBe(2)
  expect(stderr).toMatch(finding)
})

test.skipIf(!isRoot)('users, folders, hooks and services are made; a second time there is nothing to do', async () => {
  const root = await makeRoot()
  const first = install(...asked, '--root', root)
  expect(first).toMatchObject({ status: 0 })
  expect(await readFile(join(root, 'etc/passwd'), 'utf8')).toMatch(
    /^batchledger-gpu:x:\d+:\d+::\/var\/lib\/batchledger\/gpu:\/usr\/sbin\/nologin\nbatchledger-publish:/,
  )
  const group = Number(/^batchledger:x:(\d+):/m.exec(await readFile(join(root, 'etc/group'), 'utf8'))?.[1])
  const spool = await stat(join(root, 'var/lib/batchledger/spool'))
  expect({ mode: (spool.mode & 0o7777).toString(8), gid: spool.gid }).toEqual({ mode: '2770', gid: group })
  expect(await readFile(join(root, 'etc/batchledger/allowed-workflows'), 'utf8')).toContain(
    '\nacme/ledger .github/workflows/run-batch.yml workflow_dispatch\n',
  )
  expect((await stat(join(root, 'etc/batchledger/hooks/job-started.sh'))).mode & 0o777).toBe(0o755)
  // what is installed has no placeholder left
  for (const name of await filesBelow(join(root, 'etc')))
    if ((await stat(join(root, 'etc', name))).isFile())
      expect(await readFile(join(root, 'etc', name), 'utf8')).not.toMatch(/@[A-Z]+@/)
  expect(install(...asked, '--root', root).stdout).toMatch(/nothing to do\n$/)
})

test.skipIf(!isRoot)('what an operator changed is kept, what is ours is brought up to date', async () => {
  const root = await makeRoot()
  install(...asked, '--root', root)
  const list = join(root, 'etc/batchledger/allowed-workflows')
  const unit = join(root, 'etc/systemd/system/batchledger-runner@.service')
  await writeFile(list, '# mine\n')
  await writeFile(unit, '# old\n')
  expect(install(...asked, '--root', root).stdout).toMatch(/^1 changes made$/m)
  expect(await readFile(list, 'utf8')).toBe('# mine\n')
  expect(await readFile(unit, 'utf8')).toContain('ExecStart=/opt/batchledger/runner-%i/bin/runsvc.sh')
})

test.skipIf(!isRoot)('Gitea’s runner gets its configuration, a job at a time', async () => {
  const root = await makeRoot()
  install('--forge', 'gitea', '--repository', 'acme/ledger', '--name', 'box1', '--root', root)
  const config = await readFile(join(root, 'etc/batchledger/gitea-gpu.yaml'), 'utf8')
  expect(config).toContain('    - gpu:host\n    - host-box1:host\n')
  expect(await readFile(join(root, 'etc/systemd/system/batchledger-runner@.service'), 'utf8')).toContain(
    'daemon --once',
  )
  expect(await filesBelow(join(root, 'opt/batchledger'))).toEqual([])
})

test.skipIf(!isRoot || spawnSync('systemd-analyze', ['--version']).status !== 0)(
  'systemd finds no fault in the services',
  async () => {
    for (const forge of ['github', 'gitea']) {
      const root = await makeRoot()
      install('--forge', forge, '--repository', 'acme/ledger', '--root', root)
      for (const role of ['gpu', 'publish']) {
        const args = ['security', `--root=${root}`, '--offline=yes', '--threshold=40', '--no-pager']
        const { status, stderr } = spawnSync('systemd-analyze', [...args, `batchledger-runner@${role}.service`], {
          encoding: 'utf8',
        })
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      }
    }
  },
)

test.skipIf(spawnSync('shellcheck', ['--version']).status !== 0)('shellcheck finds no fault in the scripts', () => {
  const hooks = ['hooks/job-started.sh', 'hooks/job-completed.sh'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  )
  expect(spawnSync('shellcheck', [script, ...hooks], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' })
})
