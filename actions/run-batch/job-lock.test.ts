import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../test/support/make-ledger.ts'
import { readLock, takeLock } from './job-lock.ts'

test('a lock from before the system started anew is nobody’s, whoever has its process number now', async () => {
  const folder = await makeFolder()
  const lock = await takeLock(folder)
  const path = join(folder, 'lock')
  const owner = JSON.parse(await readFile(path, 'utf8')) as { boot?: string }
  expect(owner.boot).toMatch(/^[0-9a-f-]{36}$/)
  expect(await readLock(folder)).toEqual(owner)
  await writeFile(path, JSON.stringify({ ...owner, boot: 'another' }))
  expect(await readLock(folder)).toBeUndefined()
  if ('release' in lock) await lock.release()
})
