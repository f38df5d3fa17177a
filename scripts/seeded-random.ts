/** A source of choices that gives the same sequence for the same seed, on any machine. */
export interface SeededRandom {
  /** a whole number from `low` to `high`, both included */
  integer(low: number, high: number): number
  /** throws where there is nothing to pick */
  pick<T>(values: readonly T[]): T
  /** a shuffled copy */
  shuffle<T>(values: readonly T[]): T[]
}

export function seededRandom(seed: number): SeededRandom {
  const next = mulberry32(seed)
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    integer,
    pick: (values) => {
      const value = values[integer(0, values.length - 1)]
      if (value === undefined) throw new RangeError('nothing to pick from')
      return value
    },
    shuffle: (values) => {
      const rest = [...values]
      return values.flatMap(() => rest.splice(integer(0, rest.length - 1), 1))
    },
  }
}

/** The generator known as mulberry32: 32 bits of state, enough to make test data vary, unfit for anything secret. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}
