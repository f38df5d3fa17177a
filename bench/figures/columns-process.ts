import { readRunColumns } from 'registry/node'
import { peakBytes } from '../run/peak-bytes.ts'
import { benchMeta, benchRubric } from './write-rows.ts'

/** Reads a run's rows in a process of its own, so that its peak is its own. Arguments: folder, rows. */
const [folder = '', rows = ''] = process.argv.slice(2)
const begin = performance.now()
const cpu = process.cpuUsage()
const { results, problems } = await readRunColumns(folder, benchMeta(Number(rows)), benchRubric)
const seconds = (performance.now() - begin) / 1000
const { user, system } = process.cpuUsage(cpu)
if (results.success !== Number(rows) || problems.length > 0) throw new Error(`${results.success} rows, ${problems[0]}`)
console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakBytes: peakBytes() }))
