import { setTimeout as delay } from 'node:timers/promises'

export interface ForgeRun {
  id: number
  display_title: string
  path: string
  event: string
  status: string
  conclusion?: string
  head_sha: string
  head_branch?: string
  actor?: { login: string }
}

export interface ForgeJob {
  id: number
  run_id: number
  name: string
  status: string
  conclusion?: string
  runner_name?: string
  steps?: { name: string; status: string; conclusion?: string }[]
}

export interface ForgePull {
  number: number
  title: string
  body: string
  state: string
  merged: boolean
  mergeable: boolean
  html_url: string
  assignee: { login: string } | null
  user: { login: string }
  head: { ref: string; sha: string }
  base: { ref: string; sha: string }
  merge_commit_sha: string | null
}

export interface ForgeComment {
  id: number
  body: string
  user: { login: string }
}

export interface CommitStatus {
  context: string
  status: string
  description: string
  target_url: string
}

export interface FileChange {
  operation: 'create' | 'update' | 'delete'
  path: string
  /** as text; not for delete */
  content?: string
  /** the blob's id; for update and delete */
  sha?: string
}

export class ForgeError extends Error {
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

export type ForgeClient = ReturnType<typeof createForgeClient>

/** What a test asks of Gitea's REST interface, as the user of the token. Every wait has a cap. */
export function createForgeClient(server: string, token: string) {
  async function send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(path.startsWith('http') ? path : `${server}/api/v1${path}`, {
      method,
      headers: {
        authorization: `token ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(60_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await send(method, path, body)
    const text = await response.text()
    if (!response.ok)
      throw new ForgeError(`${method} ${path}: HTTP ${response.status}: ${text.slice(0, 500)}`, response.status)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }

  const get = <T>(path: string): Promise<T> => call<T>('GET', path)

  async function getRun(repository: string, id: number): Promise<ForgeRun> {
    return get(`/repos/${repository}/actions/runs/${id}`)
  }

  async function listJobs(repository: string, run: number): Promise<ForgeJob[]> {
    return (await get<{ jobs: ForgeJob[] | null }>(`/repos/${repository}/actions/runs/${run}/jobs`)).jobs ?? []
  }

  return {
    call,
    send,
    getRun,
    listJobs,

    async createRepository(name: string, options: { private?: boolean } = {}): Promise<void> {
      await call('POST', '/user/repos', { name, private: options.private ?? false, default_branch: 'main' })
    },

    async createOrganisation(name: string): Promise<void> {
      await call('POST', '/orgs', { username: name })
    },

    /** After the first push the forge says `empty` for a while; actions on it are lost until it does not. */
    async waitUntilFilled(repository: string, capSeconds = 30): Promise<void> {
      await until(
        `${repository} is filled`,
        capSeconds,
        async () => !(await get<{ empty: boolean }>(`/repos/${repository}`)).empty,
      )
    },

    /** @returns the workflow run's id */
    async dispatch(
      repository: string,
      workflow: string,
      inputs: Record<string, string> = {},
      ref = 'main',
    ): Promise<number> {
      const details = await call<{ workflow_run_id: number }>(
        'POST',
        `/repos/${repository}/actions/workflows/${workflow}/dispatches?return_run_details=true`,
        { ref, inputs },
      )
      return details.workflow_run_id
    },

    async listRuns(repository: string, query: Record<string, string> = {}): Promise<ForgeRun[]> {
      const search = new URLSearchParams({ limit: '50', ...query })
      return (
        (await get<{ workflow_runs: ForgeRun[] | null }>(`/repos/${repository}/actions/runs?${search}`))
          .workflow_runs ?? []
      )
    },

    /**
     * Waits for a run's jobs: Gitea calls a run completed when its first job failed, though others still wait.
     * @throws Error with each job's state when they are not over within the cap
     */
    async waitForRun(repository: string, id: number, capSeconds: number): Promise<ForgeRun> {
      return until(
        `run ${id} is over`,
        capSeconds,
        async () => {
          const jobs = await listJobs(repository, id)
          return jobs.length > 0 && jobs.every((job) => job.status === 'completed') ? getRun(repository, id) : undefined
        },
        async () => (await listJobs(repository, id)).map((job) => `${job.name} ${job.status}`).join(', '),
      )
    },

    /** Waits for a job of a run to be in one of the states (queued, in_progress, completed …). */
    async waitForJob(
      repository: string,
      run: number,
      name: string,
      states: readonly string[],
      capSeconds: number,
    ): Promise<ForgeJob> {
      return until(`job ${name} of run ${run} is ${states.join(' or ')}`, capSeconds, async () =>
        (await listJobs(repository, run)).find((job) => job.name.startsWith(name) && states.includes(job.status)),
      )
    },

    /** As stored, each line with its time. Empty where no runner took the job. */
    async readJobLog(repository: string, job: number): Promise<string> {
      const response = await send('GET', `/repos/${repository}/actions/jobs/${job}/logs`)
      return response.ok ? response.text() : ''
    },

    async readRunLogs(repository: string, run: number): Promise<string> {
      const logs: string[] = []
      for (const job of await listJobs(repository, run)) {
        logs.push(`== ${job.name}: ${job.conclusion ?? job.status} (${job.runner_name ?? 'no runner'})`)
        logs.push(await this.readJobLog(repository, job.id))
      }
      return logs.join('\n')
    },

    async listPulls(repository: string, state = 'all'): Promise<ForgePull[]> {
      return get(`/repos/${repository}/pulls?state=${state}&limit=50`)
    },

    async getPull(repository: string, number: number): Promise<ForgePull> {
      return get(`/repos/${repository}/pulls/${number}`)
    },

    async createPull(
      repository: string,
      pull: { head: string; base: string; title: string; body?: string },
    ): Promise<ForgePull> {
      return call('POST', `/repos/${repository}/pulls`, pull)
    },

    async mergePull(repository: string, number: number): Promise<void> {
      // each merge makes the forge look at the others anew; until it has, it says 405, and 409 when two meet
      await until(`pull request ${number} is merged`, 60, async () => {
        if (!(await this.getPull(repository, number)).mergeable) return false
        const response = await send('POST', `/repos/${repository}/pulls/${number}/merge`, { Do: 'merge' })
        if (!response.ok && response.status !== 405 && response.status !== 409)
          throw new ForgeError(`merge of ${number}: HTTP ${response.status}: ${await response.text()}`, response.status)
        return response.ok
      })
    },

    async closePull(repository: string, number: number): Promise<void> {
      await call('PATCH', `/repos/${repository}/pulls/${number}`, { state: 'closed' })
    },

    async listComments(repository: string, number: number): Promise<ForgeComment[]> {
      return get(`/repos/${repository}/issues/${number}/comments`)
    },

    async listIssues(repository: string): Promise<{ number: number; title: string; body: string; state: string }[]> {
      return get(`/repos/${repository}/issues?type=issues&state=all&limit=50`)
    },

    /** The newest status of each context. */
    async listStatuses(repository: string, sha: string): Promise<CommitStatus[]> {
      return (
        (await get<{ statuses: CommitStatus[] | null }>(`/repos/${repository}/commits/${sha}/status`)).statuses ?? []
      )
    },

    async branchHead(repository: string, branch: string): Promise<string | undefined> {
      try {
        return (await get<{ commit: { id: string } }>(`/repos/${repository}/branches/${encodeURIComponent(branch)}`))
          .commit.id
      } catch (error) {
        if (error instanceof ForgeError && error.status === 404) return undefined
        throw error
      }
    },

    /** A file's bytes as they stand in Git: a pointer stays a pointer. */
    async readFile(repository: string, path: string, ref = 'main'): Promise<{ text: string; sha: string } | undefined> {
      try {
        const file = await get<{ content: string; sha: string }>(
          `/repos/${repository}/contents/${path}?ref=${encodeURIComponent(ref)}`,
        )
        return { text: Buffer.from(file.content, 'base64').toString('utf8'), sha: file.sha }
      } catch (error) {
        if (error instanceof ForgeError && error.status === 404) return undefined
        throw error
      }
    },

    /** One commit with several files; on a branch of its own when newBranch is given. */
    async changeFiles(
      repository: string,
      change: { branch: string; newBranch?: string; message: string; files: readonly FileChange[] },
    ): Promise<void> {
      await call('POST', `/repos/${repository}/contents`, {
        branch: change.branch,
        ...(change.newBranch === undefined ? {} : { new_branch: change.newBranch }),
        message: change.message,
        files: change.files.map(({ content, ...file }) => ({
          ...file,
          ...(content === undefined ? {} : { content: Buffer.from(content).toString('base64') }),
        })),
      })
    },

    /** What the LFS Batch API says of each object. */
    async askLfs(
      repository: string,
      objects: readonly { oid: string; size: number }[],
    ): Promise<{ oid: string; present: boolean; error: string | undefined }[]> {
      const response = await fetch(`${server}/${repository}.git/info/lfs/objects/batch`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`token:${token}`).toString('base64')}`,
          accept: 'application/vnd.git-lfs+json',
          'content-type': 'application/vnd.git-lfs+json',
        },
        body: JSON.stringify({ operation: 'download', transfers: ['basic'], objects }),
        signal: AbortSignal.timeout(30_000),
      })
      const text = await response.text()
      if (!response.ok)
        throw new ForgeError(`LFS batch: HTTP ${response.status}: ${text.slice(0, 300)}`, response.status)
      const answer = JSON.parse(text) as {
        objects: { oid: string; actions?: { download?: unknown }; error?: { message: string } }[]
      }
      return answer.objects.map((object) => ({
        oid: object.oid,
        present: object.actions?.download !== undefined && object.error === undefined,
        error: object.error?.message,
      }))
    },
  }
}

/** Asks until the answer is truthy. @throws Error when the cap is over, with what `tell` says of the state */
export async function until<T>(
  what: string,
  capSeconds: number,
  ask: () => Promise<T | undefined | false>,
  tell?: () => Promise<string>,
): Promise<T> {
  const end = Date.now() + capSeconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`waited ${capSeconds} s until ${what}${tell ? `: ${await tell()}` : ''}`)
    await delay(500)
  }
}
