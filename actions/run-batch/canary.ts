import { sha256 } from 'registry/node'

const [fewestByHash, mostByHash, oneIn] = [8, 50, 20]

/**
 * The order with the canary's rows first: the shortest, the median and the longest request, then one in twenty of the
 * rows (8 to 50) picked by hash of their ids, so that what is wrong with all of them shows in seconds. Those keep the
 * order's own order, so that a prefix they share is computed once, and are followed by the rows whose prefix they
 * brought into the engine's cache. Pure.
 * @param groups by position, the number of the rows that share a prefix
 * @returns the new order, and how many rows of it are the canary
 */
export function putCanaryFirst(
  order: Uint32Array,
  sizes: Uint32Array,
  customIds: readonly string[],
  groups?: Uint32Array,
): { order: Uint32Array; canary: number } {
  if (order.length === 0) return { order, canary: 0 }
  const bySize = order.toSorted((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0) || a - b)
  const first = new Set<number>()
  for (const at of [0, Math.floor((bySize.length - 1) / 2), bySize.length - 1]) first.add(bySize[at] ?? 0)
  for (const position of sampleByHash(order, customIds)) first.add(position)
  const warm = new Set(groups && Array.from(first, (position) => groups[position]))
  const isWarm = (position: number) => warm.has(groups?.[position])
  const rest = order.filter((position) => !first.has(position))
  return {
    order: Uint32Array.from([...first, ...rest.filter(isWarm), ...rest.filter((position) => !isWarm(position))]),
    canary: first.size,
  }
}

/** The rows with the smallest digests, in the order's order; of very long orders only every so many are digested. */
function sampleByHash(order: Uint32Array, customIds: readonly string[]): Uint32Array {
  const count = Math.min(mostByHash, Math.max(fewestByHash, Math.ceil(order.length / oneIn)))
  const stride = Math.max(1, Math.floor(order.length / 2000))
  const digests: { position: number; digest: string }[] = []
  for (let at = 0; at < order.length; at += stride) {
    const position = order[at] ?? 0
    digests.push({ position, digest: sha256(customIds[position] ?? '') })
  }
  digests.sort((a, b) => (a.digest < b.digest ? -1 : 1))
  const sample = new Set(digests.slice(0, count).map(({ position }) => position))
  return order.filter((position) => sample.has(position))
}
