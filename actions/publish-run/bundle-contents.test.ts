import { rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from 'registry'
import { expect, test } from 'vitest'
import { startVllmProtocolServer } from '../../test/servers/vllm-protocol-server.ts'
import { addRemote, makeFolder, makeLedger } from '../../test/support/make-ledger.ts'
import { runTestBatch } from '../../test/support/run-test-batch.ts'
import { checkBundle, storeContents } from './bundle-contents.ts'

test('a file that was exchanged after it was checked is not stored as the run’s', async () => {
  const ledger = await makeLedger(3)
  await addRemote(ledger)
  await using server = await startVllmProtocolServer({ answer: () => '{"recommendation":{"value":"Yes"}}' })
  const { folder, meta } = await runTestBatch(ledger, { baseUrl: server.baseUrl })
  expect(await checkBundle({ folder, meta })).toEqual([])
  // what runs the model may write into the spool, and point at what only the publishing user may read
  const secret = join(await makeFolder(), 'secret')
  await writeFile(secret, 'a token\n')
  const path = join(folder, meta.files.log)
  await rm(path)
  await symlink(secret, path)
  const stored = storeContents(ledger.folder, { folder, meta })
  await expect(stored).rejects.toThrow(UserError)
  await expect(stored).rejects.toMatchObject({
    problems: [expect.stringMatching(/was changed while it was published/)],
  })
})
