import { seededRandom } from '../../scripts/seeded-random.ts'

/** What a run may meet, and how often it does, in relation to the others. */
export const weights = {
  'kill job': 6,
  SIGTERM: 3,
  SIGINT: 3,
  'hang engine': 3,
  'kill engine': 4,
  'connection storm': 3,
  '429 storm': 2,
  '503 storm': 2,
  'full disk': 3,
  'second start': 2,
} as const

export type Kind = keyof typeof weights

export const kinds = Object.keys(weights) as Kind[]

export interface Disturbance {
  kind: Kind
  /**
   * When: once so many rows more are acknowledged, as a part of what an even spread over the rest of the job would be;
   * atTheEnd: once every row is there, into the making of the bundle
   */
  place: number | 'atTheEnd'
  /** so much later: it may also meet a job that is just starting */
  delayMs: number
  /** how long a storm lasts */
  forMs: number
}

/** So many hits into the making of the bundle, of a job that is disturbed often. */
const endings = 3

/**
 * So many disturbances, the same for the same seed: every kind once where there is room, the rest by weight, spread over
 * the whole job.
 */
export function planDisturbances(options: {
  seed: number
  count: number
  kinds: readonly Kind[]
  gapMs: number
}): Disturbance[] {
  const random = seededRandom(options.seed)
  const urn = options.kinds.flatMap((kind) => Array.from({ length: weights[kind] }, () => kind))
  const atTheEnd = options.count > 20 && options.kinds.includes('kill job') ? endings : 0
  const during = options.count - atTheEnd
  const once = random.shuffle(options.kinds).slice(0, during)
  const rest = Array.from({ length: during - once.length }, () => random.pick(urn))
  return [
    ...random.shuffle([...once, ...rest]).map((kind) => ({
      kind,
      // a little early on average: the disturbances themselves let rows through
      place: random.integer(0, 160) / 100,
      // every fourth at any moment of a job's life, the others right after a group of rows was acknowledged
      delayMs: random.integer(0, 3) === 0 ? random.integer(0, 1.5 * options.gapMs) : random.integer(0, 60),
      forMs: random.integer(200, 1200),
    })),
    ...Array.from({ length: atTheEnd }, () => ({
      kind: 'kill job' as const,
      place: 'atTheEnd' as const,
      delayMs: random.integer(0, 30),
      forMs: 0,
    })),
  ]
}
