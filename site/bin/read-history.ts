import { execFile } from 'node:child_process'

/** How a run came to main. */
export interface Landing {
  commit: string
  /** the pull request's number, where the commit's subject names it */
  pull?: number
}

/**
 * The commit that brought each file below results/ to the branch that is checked out: its path → the landing. Empty
 * where the ledger is no Git repository, or a shallow one, which doesn't know.
 */
export async function readHistory(ledger: string): Promise<ReadonlyMap<string, Landing>> {
  const landings = new Map<string, Landing>()
  if ((await git(ledger, ['rev-parse', '--is-shallow-repository']))?.trim() !== 'false') return landings
  // along the first parents a merge is one step, so the file is brought by the merge, not by the commit inside it
  const shown = '--first-parent --diff-merges=first-parent --no-renames --relative --diff-filter=A --name-only -z'
  const log = await git(ledger, ['log', ...shown.split(' '), '--format=%x01%H %s', '--', 'results'])
  for (const entry of (log ?? '').split('\u0001').slice(1)) {
    const [subject = '', ...paths] = entry.split('\0')
    const commit = subject.slice(0, subject.indexOf(' '))
    if (!/^[0-9a-f]{40,64}$/.test(commit)) continue
    const number = readPull(subject.slice(commit.length + 1))
    for (const path of paths.map((name) => name.replace(/^\n/, '')).filter(Boolean))
      landings.set(path, { commit, ...(number === undefined ? {} : { pull: number }) })
  }
  return landings
}

/** `Merge pull request #12 from …`, `… (#12)`, `Merge pull request 'Run x' (#12) from …` */
function readPull(subject: string): number | undefined {
  const number = /^Merge pull request #(\d{1,9})\b/.exec(subject)?.[1] ?? /\(#(\d{1,9})\)/.exec(subject)?.[1]
  return number === undefined ? undefined : Number(number)
}

/** What Git says; undefined where it says nothing or isn't there. */
function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  const { GIT_DIR: _1, GIT_WORK_TREE: _2, GIT_INDEX_FILE: _3, GIT_PREFIX: _4, ...outer } = process.env
  const env = { ...outer, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' }
  return new Promise((resolve) => {
    execFile('git', ['-C', folder, ...args], { env, maxBuffer: 1 << 28 }, (error, stdout) => {
      resolve(error ? undefined : stdout)
    })
  })
}
