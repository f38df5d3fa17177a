import { expect, test } from 'vitest'
import { foreignHost } from './foreign-host.ts'

test.each([
  ['/srv/ledger.git', undefined],
  ['../ledger.git', undefined],
  ['file:///srv/ledger.git', undefined],
  ['file://localhost/srv/ledger.git', undefined],
  ['file://nas/srv/ledger.git', 'nas'],
  ['http://127.0.0.1:3000/o/r.git/info/lfs', undefined],
  ['http://[::1]:3000/o/r.git', undefined],
  ['https://lfs.example:8443/o/r', 'lfs.example'],
  ['https://127.0.0.1@lfs.example/o/r', 'lfs.example'],
  ['https://127.0.0.1.lfs.example/o/r', '127.0.0.1.lfs.example'],
  ['git@forge.example:o/r.git', 'forge.example'],
  ['ssh://git@forge.example:22/o/r.git', 'forge.example'],
  ['forge.example:o/r.git', 'forge.example'],
  ['what is this', 'what is this'],
])('%s → %s', (url, host) => {
  expect(foreignHost(url)).toBe(host)
})
