import { UserError } from 'registry'
import type { StepContext } from './run-step.ts'

/** Where the forge is and what it is asked with, out of what every runner sets. */
export function forgeOptions({ env, token }: StepContext) {
  const { GITHUB_API_URL: apiUrl, GITHUB_REPOSITORY: repository, GITHUB_SERVER_URL: serverUrl } = env
  if (!apiUrl || !repository)
    throw new UserError('no forge here', [
      'GITHUB_API_URL, GITHUB_REPOSITORY: are not set: this step runs in a workflow',
    ])
  return { apiUrl, repository, token: token(), ...(serverUrl ? { serverUrl } : {}) }
}
