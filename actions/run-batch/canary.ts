import { sha256 } from 'registry/node'

const byHash = 50

/**
 * The order with the canary's rows first: the shortest, the median and the longest request, then fifty picked by hash of
 * their ids, so that what is wrong with all of them shows in seconds. Pure.
 * @returns the new order, and how many rows of it are the canary
 */
export function putCanaryFirst(
  order: Uint32Array,
  sizes: Uint32Array,
  customIds: readonly string[],
): { order: Uint32Array; canary: number } {
  if (order.length === 0) return { order, canary: 0 }
  const bySize = order.toSorted((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0) || a - b)
  const first = new Set<number>()
  for (const at of [0, Math.floor((bySize.length - 1) / 2), bySize.length - 1]) first.add(bySize[at] ?? 0)
  const sample = order.length <= byHash ? order : sampleByHash(order, customIds)
  for (const position of sample) first.add(position)
  const rest = order.filter((position) => !first.has(position))
  const reordered = new Uint32Array(order.length)
  reordered.set([...first])
  reordered.set(rest, first.size)
  return { order: reordered, canary: first.size }
}

/** The rows with the fifty smallest digests; only as many digests as needed are made on very long orders. */
function sampleByHash(order: Uint32Array, customIds: readonly string[]): number[] {
  const stride = Math.max(1, Math.floor(order.length / 2000))
  const digests: { position: number; digest: string }[] = []
  for (let at = 0; at < order.length; at += stride) {
    const position = order[at] ?? 0
    digests.push({ position, digest: sha256(customIds[position] ?? '') })
  }
  return digests
    .sort((a, b) => (a.digest < b.digest ? -1 : 1))
    .slice(0, byHash)
    .map(({ position }) => position)
}
