/** What a forge server holds, in memory. Shapes follow GitHub's REST API; Gitea's differences are made when answering. */
export interface StoredPull {
  number: number
  title: string
  body: string
  branch: string
  base: string
  state: 'open' | 'closed'
  merged: boolean
  /** owner/name of the head's repository */
  from: string
  assignees: string[]
}

export interface StoredComment {
  id: number
  issue: number
  body: string
  author: string
}

export interface StoredIssue {
  number: number
  title: string
  body: string
  state: 'open' | 'closed'
  author: string
}

export interface StoredStatus {
  sha: string
  state: string
  context: string
  description: string
  target_url?: string
}

export interface ForgeState {
  pulls: StoredPull[]
  comments: StoredComment[]
  issues: StoredIssue[]
  statuses: StoredStatus[]
  dispatches: { file: string; ref: string; inputs: Record<string, string> }[]
}

/** A request as the API's handlers see it. */
export interface ApiRequest {
  method: string
  /** below /repos/owner/name */
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
}

export interface ApiAnswer {
  status: number
  body?: unknown
  /** the whole list of a paged answer */
  list?: readonly unknown[]
}

export interface ApiOptions {
  kind: 'github' | 'gitea'
  repository: string
  origin: string
  /** who the token is */
  login: string
  assignable: readonly string[]
  /** the head of a branch of the Git repository; undefined where there is none */
  headOf: (branch: string) => Promise<string | undefined>
}

/** The needed subset of the REST API over a state. Undefined: no such page. */
export async function answerApi(
  request: ApiRequest,
  state: ForgeState,
  options: ApiOptions,
): Promise<ApiAnswer | undefined> {
  const key = `${request.method} ${request.path.replaceAll(/\/\d+(?=\/|$)/g, '/N').replaceAll(/statuses\/[^/]+/g, 'statuses/SHA')}`
  const number = Number(/\/(\d+)(?=\/|$)/.exec(request.path)?.[1])
  const text = (name: string): string => {
    const value = request.body[name]
    return typeof value === 'string' ? value : ''
  }
  const pull = state.pulls.find((one) => one.number === number)
  const web = `${options.origin}/${options.repository}`
  const showPull = (one: StoredPull) => describePull(one, web, options)
  const show = (comment: StoredComment) => ({
    id: comment.id,
    body: comment.body,
    html_url: `${web}/pulls/${comment.issue}#issuecomment-${comment.id}`,
    user: author(comment.author),
  })

  switch (key) {
    case 'GET ':
      return { status: 200, body: { name: options.repository.split('/')[1], html_url: web, default_branch: 'main' } }
    case 'GET /pulls': {
      const head = request.query.get('head')
      const wanted = state.pulls.filter(
        (one) =>
          // Gitea knows no such filter
          (options.kind === 'gitea' || head === null || head === `${one.from.split('/')[0]}:${one.branch}`) &&
          [one.state, 'all'].includes(request.query.get('state') ?? 'open'),
      )
      return { status: 200, list: await Promise.all(wanted.toReversed().map(showPull)) }
    }
    case 'GET /pulls/N':
      return pull ? { status: 200, body: await showPull(pull) } : undefined
    case 'POST /pulls':
      return createPull(text, state, options, showPull)
    case 'PATCH /pulls/N': {
      if (!pull) return undefined
      if ('title' in request.body) pull.title = text('title')
      if ('body' in request.body) pull.body = text('body')
      if ('state' in request.body) pull.state = text('state') === 'open' ? 'open' : 'closed'
      return { status: 200, body: await showPull(pull) }
    }
    case 'GET /issues/N':
      return pull ? { status: 200, body: { number, assignees: pull.assignees.map(author) } } : undefined
    case 'PATCH /issues/N': {
      if (!pull) return undefined
      const wanted = request.body['assignees'] as string[]
      if (wanted.some((login) => !isAssignable(login, options)))
        return { status: options.kind === 'gitea' ? 500 : 422, body: { message: 'Validation Failed' } }
      pull.assignees = wanted
      return { status: 200, body: { number, assignees: wanted.map(author) } }
    }
    case 'GET /assignees':
      return { status: 200, list: options.assignable.map(author) }
    case 'GET /issues/N/comments':
      return { status: 200, list: state.comments.filter(({ issue }) => issue === number).map(show) }
    case 'POST /issues/N/comments': {
      const comment = { id: 1000 + state.comments.length, issue: number, body: text('body'), author: options.login }
      state.comments.push(comment)
      return { status: 201, body: show(comment) }
    }
    case 'PATCH /issues/comments/N': {
      const comment = state.comments.find(({ id }) => id === number)
      if (!comment) return undefined
      comment.body = text('body')
      return { status: 200, body: show(comment) }
    }
    case 'DELETE /issues/comments/N':
      state.comments = state.comments.filter(({ id }) => id !== number)
      return { status: 204 }
    case 'GET /issues':
      return {
        status: 200,
        list: [
          // on GitHub pull requests are issues too
          ...(options.kind === 'github'
            ? state.pulls.map((one) => ({ number: one.number, body: one.body, user: author('x'), pull_request: {} }))
            : []),
          ...state.issues
            .filter((issue) => issue.state === 'open')
            .map((issue) =>
              Object.assign({}, issue, { user: author(issue.author), html_url: `${web}/issues/${issue.number}` }),
            ),
        ],
      }
    case 'POST /issues': {
      const issue = {
        number: 500 + state.issues.length,
        title: text('title'),
        body: text('body'),
        state: 'open' as const,
        author: options.login,
      }
      state.issues.push(issue)
      return { status: 201, body: { ...issue, html_url: `${web}/issues/${issue.number}` } }
    }
    case 'POST /statuses/SHA':
      state.statuses.push({
        sha: request.path.split('/')[2] ?? '',
        ...(request.body as unknown as Omit<StoredStatus, 'sha'>),
      })
      return { status: 201, body: {} }
    default: {
      const sha = /^\/commits\/([0-9a-f]+)\/statuses$/.exec(request.path)?.[1]
      if (request.method === 'GET' && sha !== undefined)
        return {
          status: 200,
          body: state.statuses.flatMap((one, id) => (one.sha === sha ? [showStatus(one, id)] : [])),
        }
      return answerOther(request, state, options)
    }
  }

  function showStatus({ state: said, ...status }: StoredStatus, id: number): object {
    return { id: id + 1, ...status, ...(options.kind === 'gitea' ? { status: said } : { state: said }) }
  }
}

function answerOther(
  { method, path, body }: ApiRequest,
  state: ForgeState,
  options: ApiOptions,
): ApiAnswer | undefined {
  const dispatch = /^\/actions\/workflows\/([^/]+)\/dispatches$/.exec(path)
  if (method === 'POST' && dispatch) {
    const inputs = (body['inputs'] ?? {}) as Record<string, string>
    state.dispatches.push({ file: dispatch[1] ?? '', ref: String(body['ref']), inputs })
    return { status: 204 }
  }
  const assignee = /^\/assignees\/([^/]+)$/.exec(path)
  if (method === 'GET' && assignee && options.kind === 'github' && isAssignable(assignee[1] ?? '', options))
    return { status: 204 }
  return undefined
}

async function createPull(
  text: (name: string) => string,
  state: ForgeState,
  options: ApiOptions,
  show: (pull: StoredPull) => Promise<unknown>,
): Promise<ApiAnswer> {
  const [branch, base] = [text('head'), text('base')]
  const refuse = (message: string, status = 422) => ({
    status,
    body: { message: 'Validation Failed', errors: [{ message }] },
  })
  if (branch === base) return refuse(`No commits between ${base} and ${branch}`)
  if ((await options.headOf(branch)) === undefined) return refuse(`there is no branch ${branch}`)
  // looked up after the last wait, so that of two at once only one is made
  if (state.pulls.some((one) => one.branch === branch && one.state === 'open'))
    return refuse(`A pull request already exists for ${branch}.`, options.kind === 'gitea' ? 409 : 422)
  const made: StoredPull = {
    number: state.pulls.length + 1,
    title: text('title'),
    body: text('body'),
    branch,
    base,
    state: 'open',
    merged: false,
    from: options.repository,
    assignees: [],
  }
  state.pulls.push(made)
  return { status: 201, body: await show(made) }
}

async function describePull(pull: StoredPull, web: string, options: ApiOptions): Promise<object> {
  const sha = await options.headOf(pull.branch)
  const gitea = options.kind === 'gitea'
  return {
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    html_url: `${web}/pulls/${pull.number}`,
    assignees: pull.assignees.map(author),
    ...(gitea ? { merged: pull.merged } : { merged_at: pull.merged ? '2026-11-24T10:00:00Z' : null }),
    head: {
      ref: gitea && sha === undefined ? `refs/pull/${pull.number}/head` : pull.branch,
      label: gitea ? pull.branch : `${pull.from.split('/')[0]}:${pull.branch}`,
      sha: sha ?? '0'.repeat(40),
      repo: { full_name: pull.from },
    },
    base: { ref: pull.base, repo: { full_name: options.repository } },
  }
}

function isAssignable(login: string, { assignable }: ApiOptions): boolean {
  return assignable.some((name) => name.toLowerCase() === decodeURIComponent(login).toLowerCase())
}

function author(login: string): { login: string; type: string } {
  return { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' }
}
