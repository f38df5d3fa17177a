import { parseArgs } from 'node:util'
import { kinds } from './plan-disturbances.ts'
import { findFailures, runTorture } from './run-torture.ts'
import { canMount } from './small-filesystem.ts'

const { values } = parseArgs({
  options: {
    disturbances: { type: 'string', default: '200' },
    rows: { type: 'string', default: '3000' },
    seed: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
const say = (line: string) => void process.stdout.write(`${line}\n`)

say(`torture: ${values.rows} rows, ${values.disturbances} disturbances, --seed ${seed}`)
if (!canMount) say('left out: full disk (only root can mount a small filesystem)')
const report = await runTorture({
  rows: Number(values.rows),
  disturbances: Number(values.disturbances),
  seed,
  say,
  keep: values.keep,
})

say('')
for (const kind of kinds) say(`${String(report.disturbances[kind] ?? 0).padStart(6)}  ${kind}`)
if (report.tooLate > 0) say(`${String(report.tooLate).padStart(6)}  came too late: the job was complete`)
say(`job started ${report.starts} times, engine ${report.engines} times, ${report.requests} requests`)
say(`rows in ${report.rowsIn}, rows out ${report.rowsOut}, acknowledged ${report.acknowledged}`)
say(`rows lost ${report.lost.length}, there twice ${report.twice.length}, errors ${report.errors.length}`)
say(`rows sent again after they were acknowledged ${report.sentAgain.length}`)
say(`results ${report.equal ? 'equal' : 'DIFFERENT from'} the undisturbed run, byte by byte`)
say(`${report.seconds.toFixed(1)} s disturbed, ${report.undisturbedSeconds.toFixed(1)} s undisturbed`)
if (values.keep) say(`logs: ${report.folder}`)
const failures = findFailures(report)
for (const failure of failures) say(`FAILED: ${failure}`)
if (failures.length > 0) process.exitCode = 1
