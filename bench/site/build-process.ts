import { buildSite } from '../../site/bin/build-site.ts'
import { peakBytes } from '../run/peak-bytes.ts'

/** Builds a site in a process of its own, so that its peak is its own. Arguments: ledger, out, and a cache folder. */
const [ledger = '', out = '', cache] = process.argv.slice(2)
const { pages } = await buildSite({
  ledger,
  out,
  ...(cache === undefined ? {} : { cache }),
  report: (line) => console.error(line),
})
const { user, system } = process.cpuUsage()
console.log(JSON.stringify({ pages, cpuSeconds: (user + system) / 1e6, peakBytes: peakBytes() }))
