import { bootstrap, codeField, cohenKappa, compareField, jointPatterns, pairTable, type Figure } from 'registry'
import { peakBytes } from '../run/peak-bytes.ts'
import { scale, verdictField, type Told } from './verdict-field.ts'
import { syntheticColumns } from './synthetic-columns.ts'

/**
 * Compares columns in a process of its own, and says on its last line what it took.
 * Arguments: `all` (every figure of the field) or `kappa` (kappa of every pair with its interval), runs, items.
 */
const [what = 'all', runs = 5, items = 200_000] = [process.argv[2], ...process.argv.slice(3).map(Number)]
const columns = syntheticColumns(runs, items, scale.length)
const begin = performance.now()
const codes = codeField(verdictField(), columns, new Map())
const kappa = what === 'kappa' ? kappaOfPairs() : kappaOfAll()
const seconds = (performance.now() - begin) / 1000
const told: Told = {
  seconds,
  peakMegabytes: peakBytes() / 1e6,
  kappa: kappa?.value ?? Number.NaN,
  low: kappa?.low ?? Number.NaN,
  high: kappa?.high ?? Number.NaN,
}
process.stdout.write(`${JSON.stringify(told)}\n`)

function kappaOfAll(): Figure | undefined {
  const runIds = columns.map((_, run) => `run-${run}`)
  return compareField('verdict', codes, runIds).comparison.pairs[0]?.usable.kappa
}

function kappaOfPairs(): Figure | undefined {
  const patterns = jointPatterns(codes.codes.usable, codes.size)
  const figures: Figure[] = []
  for (let a = 0; a < columns.length; a++)
    for (let b = a + 1; b < columns.length; b++) {
      const table = pairTable(patterns, a, b, codes.size)
      const counts = Float64Array.from([...table.counts, table.dropped])
      const [own] = bootstrap(counts, 1, (sample, into) => {
        into[0] = cohenKappa(table, 'quadratic', sample.subarray(0, table.counts.length))
      })
      if (own) figures.push(own)
    }
  return figures[0]
}
