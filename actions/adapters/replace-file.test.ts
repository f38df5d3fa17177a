import { mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../test/support/make-ledger.ts'
import { replaceFile } from './replace-file.ts'

test('a link that somebody put there is replaced, and what it names stays as it was', async () => {
  const folder = await makeFolder()
  await writeFile(join(folder, 'mine'), 'precious')
  await symlink(join(folder, 'mine'), join(folder, 'mark.json'))
  await replaceFile(join(folder, 'mark.json'), '{}\n')
  expect(await readFile(join(folder, 'mine'), 'utf8')).toBe('precious')
  expect(await readFile(join(folder, 'mark.json'), 'utf8')).toBe('{}\n')
  expect((await readdir(folder)).sort()).toEqual(['mark.json', 'mine'])
})

test('a file for its owner only is nobody else’s at any time, and a failure leaves no part of it', async () => {
  const folder = await makeFolder()
  await replaceFile(join(folder, 'labels'), 'a\n', 0o600)
  expect((await stat(join(folder, 'labels'))).mode & 0o777).toBe(0o600)
  await mkdir(join(folder, 'taken', 'inner'), { recursive: true })
  await expect(replaceFile(join(folder, 'taken'), 'a\n')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
  expect((await readdir(folder)).sort()).toEqual(['labels', 'taken'])
})
