import { createHash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { startForgeServer, type ForgeServer } from '../../test/servers/forge-server.ts'
import { addForge } from '../../test/support/add-forge.ts'
import { addRemote, makeLedger, type TestLedger } from '../../test/support/make-ledger.ts'
import { git } from './git.ts'
import { askLfsServer, askUpload, findLfsEndpoint, LfsServerError, readLfsAuth } from './lfs-batch.ts'

const objectsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const content = Buffer.from(`row ${index}`)
    return { oid: createHash('sha256').update(content).digest('hex'), size: content.length, content }
  })

async function makeServer(): Promise<{ server: ForgeServer; auth: { authorization: string } }> {
  const server = await startForgeServer()
  onTestFinished(() => server[Symbol.asyncDispose]())
  return { server, auth: { authorization: `Bearer ${server.token}` } }
}

const ask = (objects: ReturnType<typeof objectsOf>) => objects.map(({ oid, size }) => ({ oid, size }))

async function problemOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(LfsServerError)
  return (error as LfsServerError).problems.join('\n')
}

test('each object is present or missing, in batches of at most a hundred', async () => {
  const { server, auth } = await makeServer()
  const objects = objectsOf(230)
  for (const { oid, content } of objects.slice(0, 229)) server.lfs.objects.set(oid, content)
  const { present, missing } = await askLfsServer(server.lfsUrl, auth, ask(objects))
  expect(present.size).toBe(229)
  expect([...missing]).toEqual([[objects[229]?.oid, '404 Object does not exist']])
  expect(server.lfs.asked).toEqual(['batch download 100', 'batch download 100', 'batch download 30'])
})

test('a server that answers 404 to a whole batch holds none of it; the other batches count as they are', async () => {
  const { server, auth } = await makeServer()
  server.lfs.allMissingIs404 = true
  const objects = objectsOf(150)
  for (const { oid, content } of objects.slice(100, 140)) server.lfs.objects.set(oid, content)
  const { present, missing } = await askLfsServer(server.lfsUrl, auth, ask(objects))
  expect([present.size, missing.size]).toEqual([40, 110])
  expect(missing.get(objects[0]?.oid ?? '')).toMatch(/404 to the whole batch/)
  expect(missing.get(objects[149]?.oid ?? '')).toBe('404 Object does not exist')
})

test('5xx, 429 and broken connections are tried again; a refusal, a redirect and another page are told', async () => {
  const { server, auth } = await makeServer()
  const at = /objects\/batch/
  server.faults.push(
    { at, fault: { status: 502, message: 'down' } },
    { at, fault: { status: 429, message: 'slow', headers: { 'retry-after': '1' } } },
    { at, fault: 'reset' },
  )
  expect((await askLfsServer(server.lfsUrl, auth, ask(objectsOf(1)))).missing.size).toBe(1)
  expect(await problemOf(askLfsServer(server.lfsUrl, {}, ask(objectsOf(1))))).toMatch(/it refuses us \(401\)/)
  const redirect = { status: 307, message: '', headers: { location: 'http://elsewhere.example/' } }
  server.faults.push({ at, fault: redirect })
  expect(await problemOf(askLfsServer(server.lfsUrl, auth, ask(objectsOf(1))))).toMatch(
    /sends us elsewhere \(307, http:\/\/elsewhere\.example\/\)/,
  )
  server.faults.push({ at, fault: { status: 200, message: 'a page' } })
  expect(await problemOf(askLfsServer(server.lfsUrl, auth, ask(objectsOf(1))))).toMatch(/not that of a Batch API/)
  server.faults.push({ at, fault: 'reset', times: 9 })
  expect(await problemOf(askLfsServer(server.lfsUrl, auth, ask(objectsOf(1))))).toMatch(/can't be reached/)
})

test('where uploads would go is asked without one; what is there already goes nowhere', async () => {
  const { server, auth } = await makeServer()
  const [there, absent] = objectsOf(2)
  if (!there || !absent) throw new Error('no objects')
  server.lfs.objects.set(there.oid, there.content)
  expect(await askUpload(server.lfsUrl, auth, ask([there, absent]))).toEqual([`${server.lfsUrl}/objects/${absent.oid}`])
  expect(server.lfs.objects.size).toBe(1)
})

const find = (ledger: TestLedger) => findLfsEndpoint(ledger.folder, 'origin', 'refs/remotes/origin/main')

test('the address is main’s, else the settings’, else made from the remote’s; a file remote has none', async () => {
  const ledger = await makeLedger(1)
  await addRemote(ledger)
  expect(await find(ledger)).toBeUndefined()
  await git(ledger.folder, ['remote', 'set-url', 'origin', 'https://forge.example/owner/ledger'])
  expect(await find(ledger)).toBe('https://forge.example/owner/ledger.git/info/lfs')
  await git(ledger.folder, ['remote', 'set-url', 'origin', 'git@forge.example:owner/ledger.git'])
  expect(await find(ledger)).toBeUndefined()
  await git(ledger.folder, ['config', 'lfs.url', 'https://settings.example/store/'])
  expect(await find(ledger)).toBe('https://settings.example/store')
  await ledger.write('.lfsconfig', '[lfs]\n\turl = https://main.example/store\n')
  expect(await find(ledger)).toBe('https://settings.example/store')
  await git(ledger.folder, ['add', '.lfsconfig'])
  await git(ledger.folder, ['commit', '--quiet', '-m', 'Move the store'])
  await git(ledger.folder, ['update-ref', 'refs/remotes/origin/main', 'HEAD'])
  await ledger.write('.lfsconfig', '[lfs]\n\turl = https://worktree.example/store\n')
  expect(await find(ledger)).toBe('https://main.example/store')
})

test('the token goes to the remote’s own server and to no other; others get what Git is set up with', async () => {
  const ledger = await makeLedger(1)
  const { server } = await addForge(ledger)
  const read = (endpoint: string) => readLfsAuth(ledger.folder, 'origin', endpoint, { token: server.token })
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` })
  expect(await read(server.lfsUrl)).toEqual(basic(`x-access-token:${server.token}`))
  expect(await read('https://store.example/a')).toEqual({})
  expect(await read('https://me:p%40ss@store.example/a')).toEqual(basic('me:p@ss'))
  await git(ledger.folder, ['config', 'http.https://store.example/.extraheader', 'Authorization: Bearer abc'])
  expect(await read('https://store.example/a')).toEqual({ authorization: 'Bearer abc' })
  expect(await git(ledger.folder, ['config', '--list', '--local'])).not.toContain(server.token)
})
