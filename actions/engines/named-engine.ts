import type { Policy } from 'registry'

/** The engine that is started on the spot; every other name is a server that registry/policy.yaml names. */
const embedded = 'llama-cpp'

/** What an `engine` of a dispatch may be. */
export function engineNamesOf(policy: Pick<Policy, 'engines'>): string[] {
  return [embedded, ...Object.keys(policy.engines).filter((name) => name !== embedded)]
}

/** Where a named engine answers: nowhere yet for the embedded one. No dispatch names a host, only main's policy does. */
export function findNamedEngine(
  name: string,
  policy: Pick<Policy, 'engines'>,
): { baseUrl?: string; concurrency?: number } {
  const server = name === embedded ? undefined : policy.engines[name]
  if (!server) return {}
  return { baseUrl: server.base_url, ...(server.concurrency === undefined ? {} : { concurrency: server.concurrency }) }
}
