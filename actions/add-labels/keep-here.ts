import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from 'registry'
import { git, GitError } from '../adapters/git.ts'
import { replaceFile } from '../adapters/replace-file.ts'

/**
 * Writes labels of personal rows into the ledger's folder, for this user only.
 * @throws UserError when Git would take the file along: one `git add` away from a commit that can't be taken back
 */
export async function keepHere(ledger: string, path: string, text: string): Promise<void> {
  if (!(await isIgnored(ledger, path)))
    throw new UserError('the labels were not added', [
      `${path}: Git does not ignore it, and labels of personal rows may not come into a commit: add /${path} to .gitignore (and git rm --cached ${path}, if Git has it), then add the labels again`,
    ])
  const file = join(ledger, path)
  await mkdir(dirname(file), { recursive: true })
  await replaceFile(file, text, 0o600)
}

/** True also where the ledger is in no repository: nothing can be committed there. */
async function isIgnored(ledger: string, path: string): Promise<boolean> {
  try {
    await git(ledger, ['check-ignore', '--quiet', '--', path])
    return true
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    return /not a git repository/.test(error.stderr)
  }
}
