import { expect, test } from 'vitest'
import { refuseMount, remoteMountOf } from './mount-host.ts'

const mountinfo = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:45 / /mnt/nas rw,relatime shared:2 - nfs4 nas.example:/rows rw,vers=4.2
31 22 0:46 / /mnt/share\\040one rw - cifs //filer/share rw,username=a
32 30 8:2 / /mnt/nas/local rw - xfs /dev/sdb1 rw
33 22 0:47 / /home/a/far rw - fuse.sshfs a@far.example:/home/a rw
34 22 0:48 / /mnt/plan9 rw - 9p drvfs rw
35 22 0:49 / /mnt/over rw - ext4 /dev/sdc rw
36 35 0:50 / /mnt/over rw - nfs [fe80::1]:/x rw
`

test.each([
  ['/tmp/out', undefined],
  ['/mnt/nas', { host: 'nas.example', kind: 'nfs4' }],
  ['/mnt/nas/deep', { host: 'nas.example', kind: 'nfs4' }],
  ['/mnt/nasty', undefined],
  ['/mnt/nas/local/deep', undefined],
  ['/mnt/share one', { host: 'filer', kind: 'cifs' }],
  ['/home/a/far/x', { host: 'far.example', kind: 'fuse.sshfs' }],
  ['/mnt/plan9', { host: undefined, kind: '9p' }],
  ['/mnt/over/x', { host: '[fe80::1]', kind: 'nfs' }],
])('%s lies on %j', (path, mount) => {
  expect(remoteMountOf(path, mountinfo)).toEqual(mount)
})

test('another machine is refused unless the policy names it, one without a name always', () => {
  expect(refuseMount('/x', undefined, [])).toEqual([])
  expect(refuseMount('/x', { host: 'nas', kind: 'nfs' }, ['nas'])).toEqual([])
  expect(refuseMount('/x', { host: 'nas', kind: 'nfs' }, ['filer'])).toEqual([
    expect.stringMatching(/lies on nas \(nfs\), .*policy\.yaml allows this machine, filer; .*allow_hosts\.export/),
  ])
  expect(refuseMount('/x', { host: undefined, kind: '9p' }, ['nas'])).toHaveLength(1)
})
