import { seedRandom, type Random } from 'registry'

/**
 * So many different positions below `count`, in the order drawn, every order as likely as any other: the same seed draws
 * the same on any machine, and whoever stops half-way has judged a random sample all the same.
 * Method: Fisher–Yates, broken off after `size`; draws that would favour low places are thrown away.
 */
export function drawSample(count: number, size: number, seed: number): number[] {
  const random = seedRandom(seed)
  // what was moved; every other place still holds its own number
  const moved = new Map<number, number>()
  return Array.from({ length: Math.min(size, count) }, (_, place) => {
    const from = place + drawBelow(random, count - place)
    const drawn = moved.get(from) ?? from
    moved.set(from, moved.get(place) ?? place)
    return drawn
  })
}

/** A whole number from 0 up to but not `below`, at most 2³². */
function drawBelow(random: Random, below: number): number {
  const most = 2 ** 32 - (2 ** 32 % below)
  for (;;) {
    const drawn = random.bits()
    if (drawn < most) return drawn % below
  }
}
