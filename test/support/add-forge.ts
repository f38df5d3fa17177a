import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openForge, type Forge } from '../../actions/adapters/forge.ts'
import { git } from '../../actions/adapters/git.ts'
import { startForgeServer, type ForgeServer, type ForgeServerOptions } from '../servers/forge-server.ts'
import { addRemote, type TestLedger } from './make-ledger.ts'

export interface TestForge {
  server: ForgeServer
  forge: Forge
  /** the bare repository behind the forge */
  remote: string
  /** warnings of the forge adapter */
  told: string[]
}

/** Puts the ledger on a forge: its remote `origin` is the forge's HTTP address, without credentials. */
export async function addForge(ledger: TestLedger, options: ForgeServerOptions = {}): Promise<TestForge> {
  const remote = await addRemote(ledger)
  await git(remote, ['config', 'http.receivepack', 'true'])
  const server = await startForgeServer({ ...options, repository: remote })
  onTestFinished(() => server[Symbol.asyncDispose]())
  await git(ledger.folder, ['remote', 'set-url', 'origin', server.gitUrl])
  const told: string[] = []
  const { apiUrl, token, repository } = server
  const forge = await openForge({ apiUrl, token, repository, secondMs: 2, warn: (text) => told.push(text) })
  return { server, forge, remote, told }
}

/** A rule of the server: a push that touches a ref like this is refused, as a protected branch is. */
export async function protect(remote: string, ref: string): Promise<void> {
  const hook = join(remote, 'hooks', 'pre-receive')
  await appendFile(
    hook,
    `#!/bin/sh\nwhile read -r old new ref; do case "$ref" in ${ref}) echo "protected branch hook declined" >&2; exit 1;; esac; done\n`,
    { mode: 0o755 },
  )
}
