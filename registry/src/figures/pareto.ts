/** A point to be judged: more of both is better; null where one wasn't measured. */
export interface Point {
  quality: number | null
  speed: number | null
}

/** For each point whether no other is at least as good in both and better in one; null where one of both is unknown. */
export function paretoFront(points: readonly Point[]): (boolean | null)[] {
  return points.map(({ quality, speed }) =>
    quality === null || speed === null
      ? null
      : !points.some(
          (other) =>
            other.quality !== null &&
            other.speed !== null &&
            other.quality >= quality &&
            other.speed >= speed &&
            (other.quality > quality || other.speed > speed),
        ),
  )
}
