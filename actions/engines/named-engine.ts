import type { Policy } from 'registry'

/** Engines that are started on the spot; every other name is a server that registry/policy.yaml names. */
const embedded = ['llama-cpp', 'vllm'] as const
type Embedded = (typeof embedded)[number]

/** What an `engine` of a dispatch may be. */
export function engineNamesOf(policy: Pick<Policy, 'engines'>): string[] {
  return [...new Set([...embedded, ...Object.keys(policy.engines)])]
}

/** Where a named engine answers: nowhere yet for one that is started, unless a server has its name. No dispatch names a host, only main's policy does. */
export function findNamedEngine(
  name: string,
  policy: Pick<Policy, 'engines'>,
): { baseUrl?: string; concurrency?: number; start?: Embedded } {
  const server = name === 'llama-cpp' ? undefined : policy.engines[name]
  if (!server) return { start: embedded.find((one) => one === name) ?? 'llama-cpp' }
  return { baseUrl: server.base_url, ...(server.concurrency === undefined ? {} : { concurrency: server.concurrency }) }
}
