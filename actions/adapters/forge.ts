import { UserError } from 'registry'
import { createClient, hasStatus, isFailure, makeOnce, once, tellFailure, type ForgeClient } from './forge-client.ts'

export interface PullRequest {
  number: number
  url: string
  /** the head's branch, also after it was deleted */
  headRef: string
  headSha: string
  baseRef: string
  state: 'open' | 'closed'
  merged: boolean
  fromFork: boolean
}

export type StatusState = 'pending' | 'success' | 'failure' | 'error'

/** What this system asks of a forge. Each call may be repeated, and what it makes stands there once. @throws UserError */
export interface Forge {
  /** asked of the server, not guessed from a name */
  readonly kind: 'github' | 'gitea'
  /** owner/name */
  readonly repository: string
  /** web address of the repository */
  readonly url: string
  /** the newest one of that head branch in this repository, open first */
  findPull(branch: string): Promise<PullRequest | undefined>
  getPull(number: number): Promise<PullRequest>
  /** gives the open one where there is one already */
  createPull(pull: { branch: string; base: string; title: string; body: string }): Promise<PullRequest>
  updatePull(number: number, change: { title?: string; body?: string; state?: 'open' }): Promise<void>
  /** a login that can't be assigned is a warning, not an error */
  assignPull(number: number, login: string): Promise<void>
  /** Whether the token may open pull requests, asked with a request that can't make one. @returns what stands against it */
  probePull(base: string): Promise<string[]>
  /** one comment of our own a marker, updated in place */
  upsertComment(number: number, marker: string, body: string): Promise<{ url: string; created: boolean }>
  /** @returns false where Gitea lets only those set one who may write contents: the job's own result stands for it */
  setStatus(
    sha: string,
    status: { state: StatusState; context: string; description: string; targetUrl?: string },
  ): Promise<boolean>
  /** the newest status of a commit in a context */
  readStatus(sha: string, context: string): Promise<{ state: string; description: string } | undefined>
  /** one open issue of our own a marker */
  openIssue(issue: {
    marker: string
    title: string
    body: string
  }): Promise<{ number: number; url: string; created: boolean }>
  /** Not repeated when the answer is lost: a run may have started. */
  dispatchWorkflow(file: string, ref: string, inputs: Record<string, string>): Promise<void>
}

export interface ForgeOptions {
  /** GITHUB_API_URL: https://api.github.com, or http://host/api/v1 for Gitea */
  apiUrl: string
  token: string
  /** owner/name */
  repository: string
  /** GITHUB_SERVER_URL; only shown when the server doesn't tell the repository's address */
  serverUrl?: string
  warn?: (text: string) => void
  /** what a second of waiting lasts, in milliseconds; tests shorten it */
  secondMs?: number
}

/** A forge's descriptions of one thing differ in these members; what both have stands first. */
interface PullAnswer {
  number: number
  html_url: string
  state: string
  merged?: boolean
  merged_at?: string | null
  head: { ref: string; sha: string; label?: string | null; repo?: { full_name: string } | null }
  base: { ref: string; repo: { full_name: string } }
}

/** GitHub says `state`, Gitea `status`. */
interface StatusAnswer {
  id: number
  context: string
  state?: string
  status?: string
  description?: string | null
}

interface Author {
  login: string
  type?: string
}

function isSameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Most a status line may hold on GitHub. */
const longestDescription = 140

/** Asks the server what it is, and whether the token sees the repository. @throws UserError */
export async function openForge(options: ForgeOptions): Promise<Forge> {
  const secondMs = options.secondMs ?? 1000
  const [owner = '', repo = '', ...rest] = options.repository.split('/')
  if (owner === '' || repo === '' || rest.length > 0)
    throw new UserError('no such repository', [
      `${JSON.stringify(options.repository)}: expected owner/name: set GITHUB_REPOSITORY`,
    ])
  const client = createClient({ ...options, secondMs })
  try {
    const kind = await askKind(client)
    const { data } = await client.rest.repos.get({ owner, repo })
    return new RestForge({
      client,
      kind,
      owner,
      repo: data.name,
      url: data.html_url ?? `${options.serverUrl ?? new URL(options.apiUrl).origin}/${options.repository}`,
      secondMs,
      warn: options.warn ?? (() => undefined),
    })
  } catch (error) {
    throw tellFailure(error, `${options.apiUrl}: ${options.repository}`, 'contents: read')
  }
}

/** Gitea tells its version at /version; GitHub has no such page. */
async function askKind(client: ForgeClient): Promise<Forge['kind']> {
  try {
    const { data } = await client.request('GET /version')
    return typeof (data as { version?: unknown } | undefined)?.version === 'string' ? 'gitea' : 'github'
  } catch (error) {
    if (hasStatus(error, 404, 403)) return 'github'
    throw error
  }
}

interface Connection {
  client: ForgeClient
  kind: Forge['kind']
  owner: string
  repo: string
  url: string
  secondMs: number
  warn: (text: string) => void
}

class RestForge implements Forge {
  readonly kind: Forge['kind']
  readonly repository: string
  readonly url: string
  readonly #client: ForgeClient
  readonly #where: { owner: string; repo: string }
  readonly #secondMs: number
  readonly #warn: (text: string) => void
  #login: Promise<string | undefined> | undefined

  constructor({ client, kind, owner, repo, url, secondMs, warn }: Connection) {
    this.kind = kind
    this.repository = `${owner}/${repo}`
    this.url = url
    this.#client = client
    this.#where = { owner, repo }
    this.#secondMs = secondMs
    this.#warn = warn
  }

  findPull(branch: string): Promise<PullRequest | undefined> {
    return this.#tell('pull requests', 'pull-requests: read', async () => {
      const found: PullRequest[] = []
      // Gitea has no filter by head branch, and takes `limit` for `per_page`
      const pages = this.#client.paginate.iterator('GET /repos/{owner}/{repo}/pulls', {
        ...this.#where,
        state: 'all',
        head: `${this.#where.owner}:${branch}`,
        per_page: 100,
        ...(this.kind === 'gitea' ? { limit: 50 } : {}),
      })
      for await (const { data } of pages)
        for (const answer of data as unknown as PullAnswer[]) {
          const pull = this.#pullOf(answer)
          if (pull.headRef === branch && !pull.fromFork) found.push(pull)
        }
      found.sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open') || b.number - a.number)
      return found[0]
    })
  }

  getPull(number: number): Promise<PullRequest> {
    return this.#tell(`pull request ${number}`, 'pull-requests: read', async () => {
      const { data } = await this.#client.rest.pulls.get({ ...this.#where, pull_number: number })
      return this.#pullOf(data)
    })
  }

  async createPull(pull: { branch: string; base: string; title: string; body: string }): Promise<PullRequest> {
    const findOpen = async () => {
      const there = await this.findPull(pull.branch)
      return there?.state === 'open' ? there : undefined
    }
    return this.#tell(`the pull request of ${pull.branch}`, 'pull-requests: write', async () => {
      try {
        const { branch: head, ...request } = pull
        const create = () => this.#client.rest.pulls.create({ ...this.#where, ...request, head, ...once })
        return (await makeOnce(this.#secondMs, findOpen, async () => this.#pullOf((await create()).data))).value
      } catch (error) {
        // GitHub says 422 and Gitea 409 when another one was there first
        const there = hasStatus(error, 409, 422) ? await findOpen() : undefined
        if (there) return there
        throw error
      }
    })
  }

  updatePull(number: number, change: { title?: string; body?: string; state?: 'open' }): Promise<void> {
    return this.#tell(`pull request ${number}`, 'pull-requests: write', async () => {
      await this.#client.rest.pulls.update({ ...this.#where, pull_number: number, ...change })
    })
  }

  async assignPull(number: number, login: string): Promise<void> {
    const issue = { ...this.#where, issue_number: number }
    const warn = () =>
      this.#warn(`pull request ${number}: ${JSON.stringify(login)} can't be assigned here: assign somebody by hand`)
    await this.#tell(`assignee of pull request ${number}`, 'pull-requests: write', async () => {
      if (!(await this.#canAssign(login))) return warn()
      // changing the list is all that both forges know; who is assigned already stays
      const { data } = await this.#client.rest.issues.get(issue)
      const assigned = (data.assignees ?? []).map((user) => user.login)
      if (assigned.some((name) => isSameLogin(name, login))) return
      await this.#client.rest.issues.update({ ...issue, assignees: [...assigned, login] })
    })
  }

  async probePull(base: string): Promise<string[]> {
    try {
      // a branch has no changes against itself, so both forges refuse this; what counts is for what reason
      const request = { ...this.#where, head: base, base, title: 'May I open a pull request?', ...once }
      await this.#client.rest.pulls.create(request)
    } catch (error) {
      if (hasStatus(error, 409, 422)) return []
      const told = tellFailure(error, `${this.repository}: pull requests`, 'pull-requests: write')
      if (told instanceof UserError) return [...told.problems]
      throw told
    }
    return [`${this.repository}: the forge opened a pull request of ${base} into itself: close it by hand`]
  }

  async upsertComment(number: number, marker: string, body: string): Promise<{ url: string; created: boolean }> {
    const text = body.includes(marker) ? body : `${marker}\n${body}`
    return this.#tell(`the comment on pull request ${number}`, 'pull-requests: write', async () => {
      const issue = { ...this.#where, issue_number: number }
      const ours = async () => {
        const comments = await this.#client.paginate(this.#client.rest.issues.listComments, { ...issue, per_page: 100 })
        const found = []
        for (const comment of comments)
          if (comment.body?.includes(marker) === true && (await this.#isOurs(comment.user))) found.push(comment)
        return found.sort((a, b) => a.id - b.id)
      }
      const create = async () => (await this.#client.rest.issues.createComment({ ...issue, body: text, ...once })).data
      const { value, created } = await makeOnce(this.#secondMs, async () => (await ours())[0], create)
      // two at once made two: the first one stays
      const [first = value, ...later] = created ? await ours() : [value]
      for (const { id } of later) await this.#client.rest.issues.deleteComment({ ...this.#where, comment_id: id })
      if (first.body !== text)
        await this.#client.rest.issues.updateComment({ ...this.#where, comment_id: first.id, body: text })
      return { url: first.html_url, created: created && first.id === value.id }
    })
  }

  setStatus(
    sha: string,
    status: { state: StatusState; context: string; description: string; targetUrl?: string },
  ): Promise<boolean> {
    return this.#tell(`the status of ${sha.slice(0, 12)}`, 'statuses: write', async () => {
      const { targetUrl, description, ...rest } = status
      try {
        await this.#client.rest.repos.createCommitStatus({
          ...this.#where,
          sha,
          ...rest,
          description:
            description.length > longestDescription ? `${description.slice(0, longestDescription - 1)}…` : description,
          ...(targetUrl === undefined ? {} : { target_url: targetUrl }),
        })
        return true
      } catch (error) {
        if (this.kind === 'gitea' && hasStatus(error, 403)) return false
        throw error
      }
    })
  }

  readStatus(sha: string, context: string): Promise<{ state: string; description: string } | undefined> {
    return this.#tell(`the statuses of ${sha.slice(0, 12)}`, 'statuses: read', async () => {
      const all = this.#client.rest.repos.listCommitStatusesForRef
      const found = (await this.#client.paginate(all, { ...this.#where, ref: sha, per_page: 50 })) as StatusAnswer[]
      const newest = found.filter((one) => one.context === context).sort((a, b) => b.id - a.id)[0]
      return newest && { state: newest.state ?? newest.status ?? '', description: newest.description ?? '' }
    })
  }

  openIssue(issue: {
    marker: string
    title: string
    body: string
  }): Promise<{ number: number; url: string; created: boolean }> {
    const { marker, title, body } = issue
    return this.#tell('the issue', 'issues: write', async () => {
      const find = async () => {
        const open = await this.#client.paginate('GET /repos/{owner}/{repo}/issues', {
          ...this.#where,
          state: 'open',
          per_page: 100,
          ...(this.kind === 'gitea' ? { type: 'issues', limit: 50 } : {}),
        })
        for (const found of open.sort((a, b) => a.number - b.number))
          if (!found.pull_request && found.body?.includes(marker) === true && (await this.#isOurs(found.user)))
            return found
        return undefined
      }
      const text = body.includes(marker) ? body : `${marker}\n${body}`
      const create = async () =>
        (await this.#client.rest.issues.create({ ...this.#where, title, body: text, ...once })).data
      const { value, created } = await makeOnce(this.#secondMs, find, create)
      return { number: value.number, url: value.html_url, created }
    })
  }

  dispatchWorkflow(file: string, ref: string, inputs: Record<string, string>): Promise<void> {
    return this.#tell(`dispatch of ${file}`, 'actions: write', async () => {
      try {
        await this.#client.rest.actions.createWorkflowDispatch({
          ...this.#where,
          workflow_id: file,
          ref,
          inputs,
          ...once,
        })
      } catch (error) {
        if (!isFailure(error) || error.status < 500) throw error
        throw new UserError('the dispatch is in doubt', [
          `${this.repository}: dispatch of ${file}: the answer was lost (${error.status}): look at ${this.url}/actions whether the run has started, and dispatch it again only if not`,
        ])
      }
    })
  }

  /** Whether we wrote it. A stranger's comment that carries our marker is not ours to update: its author could edit it after us. */
  async #isOurs(author: Author | null | undefined): Promise<boolean> {
    this.#login ??= this.#askLogin()
    const login = await this.#login
    if (login !== undefined) return author?.login === login
    // a job's token can't ask who it is
    return author?.type === 'Bot' || author?.login === 'gitea-actions'
  }

  /** Asked first: Gitea answers 500 to the assignment of a user it doesn't know. */
  async #canAssign(login: string): Promise<boolean> {
    try {
      if (this.kind === 'github')
        return (await this.#client.rest.issues.checkUserCanBeAssigned({ ...this.#where, assignee: login })).status < 300
      const users = await this.#client.paginate(this.#client.rest.issues.listAssignees, this.#where)
      return users.some((user) => isSameLogin(user.login, login))
    } catch (error) {
      if (hasStatus(error, 404, 422)) return false
      throw error
    }
  }

  async #askLogin(): Promise<string | undefined> {
    try {
      return (await this.#client.rest.users.getAuthenticated()).data.login
    } catch (error) {
      if (hasStatus(error, 401, 403, 404)) return undefined
      throw error
    }
  }

  #pullOf(answer: PullAnswer): PullRequest {
    // Gitea's ref becomes refs/pull/N/head once the branch is gone, its label stays
    const headRef = this.kind === 'gitea' ? (answer.head.label ?? answer.head.ref) : answer.head.ref
    return {
      number: answer.number,
      url: answer.html_url,
      headRef,
      headSha: answer.head.sha,
      baseRef: answer.base.ref,
      state: answer.state === 'open' ? 'open' : 'closed',
      merged: answer.merged ?? typeof answer.merged_at === 'string',
      fromFork: answer.head.repo?.full_name !== answer.base.repo.full_name,
    }
  }

  async #tell<T>(what: string, permission: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      throw tellFailure(error, `${this.repository}: ${what}`, permission)
    }
  }
}
