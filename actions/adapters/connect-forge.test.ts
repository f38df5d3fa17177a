import { expect, test } from 'vitest'
import { addForge } from '../../test/support/add-forge.ts'
import { addRemote, makeLedger } from '../../test/support/make-ledger.ts'
import { connectForge, tokenFor, webAddressOf } from './connect-forge.ts'

test.each([
  ['https://github.com/owner/ledger.git', 'https://github.com'],
  ['https://me:secret@github.com/owner/ledger', 'https://github.com'],
  ['git@github.com:owner/ledger.git', 'https://github.com'],
  ['ssh://git@github.com/owner/ledger.git', 'https://github.com'],
  ['ssh://git@forge.example:2222/owner/ledger.git', 'https://forge.example'],
  ['http://127.0.0.1:3000/owner/ledger.git', 'http://127.0.0.1:3000'],
])('%s is owner/ledger on its server', (url, origin) => {
  expect(webAddressOf(url)).toEqual({ origin, repository: 'owner/ledger' })
})

test.each(['file:///srv/ledger.git', '/srv/ledger.git', 'https://host/too/deep/path', 'https://host/'])(
  '%s is no forge',
  (url) => {
    expect(webAddressOf(url)).toBeUndefined()
  },
)

test('a token goes to the server it is for', () => {
  const env = { GITHUB_TOKEN: 'job' }
  expect(tokenFor(env, 'https://github.com')).toBe('job')
  expect(tokenFor({ GH_TOKEN: 'mine' }, 'https://github.com')).toBe('mine')
  expect(tokenFor(env, 'https://forge.example')).toBeUndefined()
  expect(tokenFor({ ...env, GITHUB_SERVER_URL: 'http://127.0.0.1:3000/' }, 'http://127.0.0.1:3000')).toBe('job')
  expect(tokenFor({ ...env, BATCHLEDGER_TOKEN: 'named' }, 'https://forge.example')).toBe('named')
})

test.each(['github', 'gitea'] as const)(
  '%s is found from the remote’s address or from a job’s environment',
  async (kind) => {
    const ledger = await makeLedger(1)
    const { server } = await addForge(ledger, { kind })
    const at = { ledger: ledger.folder, remote: 'origin' }
    const env = { GITHUB_TOKEN: server.token, GITHUB_SERVER_URL: server.origin, GITHUB_API_URL: server.apiUrl }
    expect(await connectForge(env, at)).toMatchObject({ kind, repository: 'owner/ledger' })
    if (kind === 'gitea')
      expect(await connectForge({ BATCHLEDGER_TOKEN: server.token }, at)).toMatchObject({
        kind,
        url: `${server.origin}/owner/ledger`,
      })
  },
)

test('what is missing is told at once', async () => {
  const ledger = await makeLedger(1)
  await addRemote(ledger)
  await expect(connectForge({}, { ledger: ledger.folder, remote: 'origin' })).rejects.toMatchObject({
    problems: [expect.stringMatching(/^BATCHLEDGER_TOKEN: not set/), expect.stringMatching(/is no forge's address/)],
  })
})
