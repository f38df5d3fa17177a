/** Named beside every interval, so that others can draw the same. */
export const generatorName = 'xoshiro128**'

/** A source of random numbers that gives the same sequence for the same seed on any machine. Not for secrets. */
export interface Random {
  /** a whole number of 32 bits */
  bits(): number
  /** from 0 up to but not 1, 53 bits */
  unit(): number
}

/**
 * xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), its four words of state
 * filled by SplitMix32 from the seed.
 */
export function seedRandom(seed: number): Random {
  let mix = seed >>> 0
  const fill = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0
    let word = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    return (word ^ (word >>> 15)) >>> 0
  }
  let a = fill()
  let b = fill()
  let c = fill()
  let d = fill()
  const bits = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result
  }
  return { bits, unit: () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53 }
}

function rotate(word: number, places: number): number {
  return (word << places) | (word >>> (32 - places))
}
