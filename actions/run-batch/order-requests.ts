/** Characters of a prompt behind one hash, and hashes a row: a prefix counts up to 16 × 256 characters, in 64 bytes. */
const blockLength = 256
export const blocksPerRow = 16

/**
 * Chained hashes of a prompt's blocks: two prompts share their first k hashes when they share their first k blocks
 * (FNV-1a, 32 bit, over UTF-16 units; a collision costs speed, never correctness). Blocks past the end are 0.
 */
export function hashPrefix(prompt: string, hashes: Uint32Array, row: number): void {
  let hash = 0x811c9dc5
  for (let block = 0; block < blocksPerRow; block++) {
    const start = block * blockLength
    if (start >= prompt.length) return
    const end = Math.min(start + blockLength, prompt.length)
    for (let index = start; index < end; index++) hash = Math.imul(hash ^ prompt.charCodeAt(index), 0x01000193)
    hashes[row * blocksPerRow + block] = hash >>> 0
  }
}

/**
 * Positions so ordered that rows which share the longest prefix stand together, so that the engine's prefix cache is
 * used once and for all; rows with equal hashes keep the dataset's order. Pure; O(n log n).
 */
export function orderByPrefix(hashes: Uint32Array, positions: Uint32Array): Uint32Array {
  return positions.toSorted((a, b) => {
    for (let block = 0; block < blocksPerRow; block++) {
      const left = hashes[a * blocksPerRow + block] ?? 0
      const right = hashes[b * blocksPerRow + block] ?? 0
      if (left !== right) return left - right
    }
    return a - b
  })
}

/**
 * Which rows of an order stand together: neighbours that share more of their prefix with each other than all rows do
 * have one number, by position. Where nothing but the common prefix is shared, each row is by itself. Pure.
 */
export function groupByPrefix(hashes: Uint32Array, order: Uint32Array): Uint32Array {
  const shared = order.map((position, place) =>
    place === 0 ? 0 : countShared(hashes, order[place - 1] ?? 0, position),
  )
  // in this order the least that neighbours share is what all share
  const common = shared.subarray(1).reduce((least, count) => Math.min(least, count), blocksPerRow)
  const groups = new Uint32Array(hashes.length / blocksPerRow)
  let group = 0
  for (const [place, position] of order.entries()) {
    if ((shared[place] ?? 0) <= common) group++
    groups[position] = group
  }
  return groups
}

function countShared(hashes: Uint32Array, a: number, b: number): number {
  let block = 0
  while (block < blocksPerRow) {
    const hash = hashes[a * blocksPerRow + block] ?? 0
    if (hash === 0 || hash !== hashes[b * blocksPerRow + block]) break
    block++
  }
  return block
}

/**
 * Cuts an order into `shards` contiguous ranges of about equal size, so that a shared prefix is cut at most once.
 * @param sizes bytes of each row's request by position, about proportional to its tokens
 * @returns the rows of shard `index` (from 0), in order; all shards together are the whole order, once
 */
export function cutShard(order: Uint32Array, sizes: Uint32Array, index: number, shards: number): Uint32Array {
  let total = 0
  for (const position of order) total += sizes[position] ?? 0
  const bound = (shard: number) => (total * shard) / shards
  let seen = 0
  let start = -1
  let end = order.length
  for (let at = 0; at < order.length; at++) {
    // a row belongs to the shard in which its middle lies
    const middle = seen + (sizes[order[at] ?? 0] ?? 0) / 2
    if (start === -1 && middle >= bound(index)) start = at
    if (index < shards - 1 && middle >= bound(index + 1)) {
      end = at
      break
    }
    seen += sizes[order[at] ?? 0] ?? 0
  }
  return order.slice(start === -1 ? order.length : start, end)
}
