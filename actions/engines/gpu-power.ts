import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Gpu } from './gpu.ts'

export interface PowerSample {
  /** milliseconds since 1970 */
  at: number
  uuid: string
  watts: number
}

/** A gap longer than this leaves the energy untold. */
const longestGapMs = 5000

/**
 * Samples the power of GPUs once a second until it is stopped.
 * @returns stops it and gives joules from the start to the stop; undefined where it can't be told
 */
export function samplePower(gpus: readonly Pick<Gpu, 'uuid' | 'partitioned'>[]): () => Promise<number | undefined> {
  if (gpus.length === 0 || gpus.some(({ partitioned }) => partitioned)) return () => Promise.resolve(undefined)
  const uuids = gpus.map(({ uuid }) => uuid)
  const from = Date.now()
  const samples: PowerSample[] = []
  // one process for the whole run: starting one a second would cost more than it measures. It ends with us, by SIGPIPE.
  const child = spawn(
    'nvidia-smi',
    ['--query-gpu=timestamp,uuid,power.draw', '--format=csv,noheader,nounits', '-l', '1', '-i', uuids.join(',')],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('close', () => resolve())
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const sample = parsePower(line)
    if (sample) samples.push(sample)
  })
  return async () => {
    const to = Date.now()
    child.kill('SIGKILL')
    await gone
    return integratePower(samples, uuids, from, to)
  }
}

/** `2026/11/24 12:00:01.250, GPU-…, 71.32`, in local time; undefined for a line that tells no power. Pure. */
export function parsePower(line: string): PowerSample | undefined {
  const [time = '', uuid = '', watts = ''] = line.split(',').map((field) => field.trim())
  const parts = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})$/.exec(time)?.slice(1).map(Number)
  if (!parts || !/^\d+(\.\d+)?$/.test(watts)) return undefined
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = parts
  const at = new Date(year, month - 1, day, hour, minute, second, millisecond).getTime()
  return { at, uuid, watts: Number(watts) }
}

/**
 * Joules of all these GPUs from one moment to another: trapezoids between samples; before the first and after the last
 * the nearest one holds. A gap over 5 s on any GPU, at an end too, and the whole is undefined. Pure.
 * @param samples of each GPU in the order they were taken @param from milliseconds since 1970
 */
export function integratePower(
  samples: readonly PowerSample[],
  uuids: readonly string[],
  from: number,
  to: number,
): number | undefined {
  let joules = 0
  for (const uuid of uuids) {
    const own = samples.filter((sample) => sample.uuid === uuid && sample.at >= from && sample.at <= to)
    const [first] = own
    const last = own.at(-1)
    if (!first || !last) return undefined
    const points = [{ ...first, at: from }, ...own, { ...last, at: to }]
    for (let place = 1; place < points.length; place++) {
      const [left, right] = [points[place - 1] ?? first, points[place] ?? last]
      const milliseconds = right.at - left.at
      // a clock that was set back is a gap as well
      if (milliseconds > longestGapMs || milliseconds < 0) return undefined
      joules += (((left.watts + right.watts) / 2) * milliseconds) / 1000
    }
  }
  return Math.round(joules * 10) / 10
}
