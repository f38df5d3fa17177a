import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { catalogFolders, policyPath } from 'registry/node'
import { git, GitError } from '../adapters/git.ts'

interface TreeFile {
  link: boolean
  oid: string
  /** relative to the ledger */
  path: string
}

/**
 * Lays what a ledger's index is made of (catalog, metas; no rows) out of a commit into a folder of its own, for as long as
 * the work takes. The working tree is not touched, and a shallow, blobless or LFS-less clone is enough.
 */
export async function withLedgerAt<T>(
  at: { repository: string; remote: string; commit: string; prefix: string; env: Readonly<Record<string, string>> },
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const files = await listFiles(at)
  await fetchBlobs(at, files)
  const folder = await mkdtemp(join(tmpdir(), 'batchledger-ledger-'))
  try {
    const texts = await readBlobs(at, files)
    for (const { path, oid, link } of files) {
      const place = join(folder, path)
      await mkdir(dirname(place), { recursive: true })
      // what a link names is not followed: the reader tells that it is one
      if (link) await symlink('.', place)
      else await writeFile(place, texts.get(oid) ?? '')
    }
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const authored = [...Object.values(catalogFolders), 'results']

async function listFiles({ repository, commit, prefix }: Parameters<typeof withLedgerAt>[0]): Promise<TreeFile[]> {
  const paths = [...authored, policyPath].map((path) => prefix + path)
  const listed = await git(repository, ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...paths])
  const files: TreeFile[] = []
  for (const line of listed.split('\0')) {
    const [, mode = '', oid = '', path = ''] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    const inLedger = path.slice(prefix.length)
    const isMeta = /^results\/[^/]+\/[^/]+\.meta\.json$/.test(inLedger)
    const isEntry = /^registry\/(?:[^/]+\/)?[^/]+\.ya?ml$/.test(inLedger)
    if ((isMeta || isEntry) && !inLedger.split('/').includes('..'))
      files.push({ link: mode === '120000', oid, path: inLedger })
  }
  return files
}

/** In a blobless clone, all that is needed is fetched at once instead of file by file. */
async function fetchBlobs(
  { repository, remote, env }: Parameters<typeof withLedgerAt>[0],
  files: readonly TreeFile[],
): Promise<void> {
  const promisor = await git(repository, ['config', '--get', `remote.${remote}.promisor`]).catch((error: unknown) => {
    if (error instanceof GitError) return ''
    throw error
  })
  if (promisor.trim() !== 'true' || files.length === 0) return
  const oids = files.map(({ oid }) => `${oid}\n`).join('')
  const quietly = ['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head']
  await git(repository, [...quietly, '--recurse-submodules=no', '--filter=blob:none', '--stdin', remote], {
    input: Readable.from([oids]),
    env,
  })
}

/** oid → text, read in one go. */
async function readBlobs(
  { repository, env }: Parameters<typeof withLedgerAt>[0],
  files: readonly TreeFile[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(files.filter(({ link }) => !link).map(({ oid }) => oid))]
  const texts = new Map<string, string>()
  if (wanted.length === 0) return texts
  const output = Buffer.from(
    await git(repository, ['cat-file', '--batch'], { input: Readable.from([`${wanted.join('\n')}\n`]), env }),
  )
  let at = 0
  while (at < output.length) {
    const end = output.indexOf('\n', at)
    const [oid = '', kind, size = ''] = output.toString('utf8', at, end).split(' ')
    if (kind !== 'blob') throw new Error(`${oid} is ${kind}, expected a blob`)
    const from = end + 1
    texts.set(oid, output.toString('utf8', from, from + Number(size)))
    at = from + Number(size) + 1
  }
  return texts
}
