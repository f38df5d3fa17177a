import { spawnSync } from 'node:child_process'
import { chmod, chown, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../test/support/make-ledger.ts'
import { claimSpoolFolder } from './spool.ts'

const modeOf = async (path: string) => ((await stat(path)).mode & 0o7777).toString(8)

async function makeSpool(mode: number): Promise<string> {
  const spool = join(await makeFolder(), 'spool')
  await mkdir(spool)
  await chmod(spool, mode)
  return spool
}

test('a run’s folder is for its owner only, and an id can be taken once', async () => {
  const spool = await makeSpool(0o700)
  expect(await claimSpoolFolder(spool, 'run-1')).toBe(join(spool, 'run-1'))
  expect(await modeOf(join(spool, 'run-1'))).toBe('700')
  expect(await claimSpoolFolder(spool, 'run-1')).toBeUndefined()
})

test.each([0o755, 0o770, 0o2750])(
  'a spool of mode %o is not shared: setgid and group write both count',
  async (mode) => {
    const spool = await makeSpool(mode)
    await claimSpoolFolder(spool, 'run-1')
    expect(((await stat(join(spool, 'run-1'))).mode & 0o777).toString(8)).toBe('700')
  },
)

test('in a shared spool the group can write, whatever the umask, and the umask stays as it was', async () => {
  const spool = await makeSpool(0o2770)
  const before = process.umask(0o077)
  try {
    await claimSpoolFolder(spool, 'run-1')
    expect(await claimSpoolFolder(spool, 'run-1')).toBeUndefined()
    expect(process.umask()).toBe(0o077)
  } finally {
    process.umask(before)
  }
  expect(await modeOf(join(spool, 'run-1'))).toBe('2770')
})

// two users need root; the ids stand for nobody on this machine
test.skipIf(process.getuid?.() !== 0)(
  'another user of the group reads, marks and removes a run; others see nothing',
  async () => {
    const [group, gpu, publish, stranger] = [61_000, 61_001, 61_002, 61_003]
    const spool = await makeSpool(0o2770)
    await chmod(dirname(spool), 0o755)
    await chown(spool, 0, group)
    await chmod(spool, 0o2770)
    const run = join(spool, 'run-1')
    const as = (uid: number, gid: number, script: string) =>
      spawnSync(process.execPath, ['--input-type=module', '-e', script], { uid, gid, encoding: 'utf8' })

    const made = as(
      gpu,
      group,
      `process.umask(0o007)
     const { claimSpoolFolder } = await import(${JSON.stringify(new URL('spool.ts', import.meta.url).href)})
     const { mkdirSync, writeFileSync } = await import('node:fs')
     const folder = await claimSpoolFolder(${JSON.stringify(spool)}, 'run-1')
     mkdirSync(folder + '/bundle/results/tiny', { recursive: true })
     writeFileSync(folder + '/bundle/results/tiny/rows.jsonl', 'rows')`,
    )
    expect(made).toMatchObject({ status: 0, stderr: '' })
    expect(await stat(run)).toMatchObject({ uid: gpu, gid: group })

    const marked = as(
      publish,
      group,
      `import { readFileSync, writeFileSync } from 'node:fs'
     writeFileSync(${JSON.stringify(join(run, 'published.json'))}, readFileSync(${JSON.stringify(join(run, 'bundle/results/tiny/rows.jsonl'))}))`,
    )
    expect(marked).toMatchObject({ status: 0, stderr: '' })
    const seen = as(stranger, stranger, `import { readdirSync } from 'node:fs'; readdirSync(${JSON.stringify(run)})`)
    expect(seen.stderr).toContain('EACCES')
    await writeFile(join(run, 'engine.log'), '')
    const removed = as(
      publish,
      group,
      `import { rmSync } from 'node:fs'; rmSync(${JSON.stringify(run)}, { recursive: true })`,
    )
    expect(removed).toMatchObject({ status: 0, stderr: '' })
    expect(await readdir(spool)).toEqual([])
  },
)
