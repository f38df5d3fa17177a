/**
 * Runs each contender once a pair; whoever comes first in one pair comes last in the next (ABBA), so that a drift of the
 * machine touches all alike.
 */
export async function inPairs<Name extends string, Sample>(
  pairs: number,
  contenders: Record<Name, () => Promise<Sample>>,
): Promise<Record<Name, Sample[]>> {
  const entries = Object.entries(contenders) as [Name, () => Promise<Sample>][]
  const samples = Object.fromEntries(entries.map(([name]) => [name, [] as Sample[]])) as Record<Name, Sample[]>
  for (let pair = 0; pair < pairs; pair++)
    for (const [name, run] of pair % 2 === 0 ? entries : entries.toReversed()) samples[name].push(await run())
  return samples
}

/** @returns seconds of wall time */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}
