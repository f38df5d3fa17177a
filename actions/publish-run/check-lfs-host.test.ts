import { policySchema } from 'registry'
import { expect, test } from 'vitest'
import { checkLfsHosts } from './check-lfs-host.ts'

const policy = policySchema.parse({ allow_hosts: { lfs: ['rows.example'] } })

test.each([
  'file:///srv/ledger.git',
  '/srv/ledger.git',
  '../ledger.git',
  'http://127.0.0.1:9/store',
  'http://localhost/store',
  'http://[::1]:9/store',
  'https://rows.example/store',
  'git@rows.example:owner/ledger.git',
  'ssh://git@rows.example:2222/owner/ledger.git',
])('personal rows may go to %s', (url) => {
  expect(checkLfsHosts([url], 'personal', policy)).toEqual([])
})

test.each([
  ['https://bucket.example/rows.example', 'bucket.example'],
  ['https://rows.example@bucket.example/store', 'bucket.example'],
  ['https://127.0.0.1.bucket.example/', '127.0.0.1.bucket.example'],
  ['https://sub.rows.example/', 'sub.rows.example'],
  ['git@bucket.example:owner/ledger.git', 'bucket.example'],
  ['bucket.example:ledger.git', 'bucket.example'],
  ['ssh://git@bucket.example/ledger.git', 'bucket.example'],
  ['file://bucket.example/share/ledger.git', 'bucket.example'],
  ['odd', 'odd'],
])('personal rows may not go to %s, other rows may', (url, host) => {
  expect(checkLfsHosts([url], 'personal', policy)).toEqual([
    expect.stringMatching(new RegExp(`^${host.replaceAll('.', String.raw`\.`)}: may not be sent personal rows`)),
  ])
  expect(checkLfsHosts([url], 'synthetic', policy)).toEqual([])
})
