import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { GpuInfo } from './engine.ts'

const run = promisify(execFile)

export interface Gpu extends GpuInfo {
  index: number
  /** cut into parts of its own (MIG): its power is not that of one run */
  partitioned: boolean
}

const query = 'index,name,uuid,driver_version,memory.total,mig.mode.current'

/** This machine's GPUs as nvidia-smi tells them; empty where there is none. */
export async function readGpus(): Promise<Gpu[]> {
  try {
    const { stdout } = await run('nvidia-smi', [`--query-gpu=${query}`, '--format=csv,noheader,nounits'], {
      timeout: 20_000,
    })
    return parseGpus(stdout)
  } catch {
    return []
  }
}

/** Reads nvidia-smi's CSV, memory in MiB; what it can't tell is `[N/A]` or `[Not Supported]`. Pure. */
export function parseGpus(text: string): Gpu[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.split(',').map((field) => field.trim())
    const [index = '', name = '', uuid = '', driver = '', mib = '', mig = ''] = fields
    if (fields.length !== 6 || !/^\d+$/.test(index) || !uuid.startsWith('GPU-')) return []
    return [
      {
        index: Number(index),
        name,
        uuid,
        driver,
        // one that shares the machine's memory tells none of its own
        memory_gb: /^\d/.test(mib) ? Math.round((Number.parseFloat(mib) * 2 ** 20) / 1e8) / 10 : 0,
        partitioned: mig.startsWith('Enabled'),
      },
    ]
  })
}

/**
 * The GPUs that a child of ours would run on: the first `count` of those that CUDA_VISIBLE_DEVICES names, by index or by
 * UUID (or its beginning), in its order, up to the first it can't find (CUDA C++ Programming Guide, "Environment
 * Variables"); without it the first of all. Pure.
 */
export function pickGpus<T extends Pick<Gpu, 'index' | 'uuid'>>(
  gpus: readonly T[],
  visible: string | undefined,
  count: number,
): T[] {
  if (visible === undefined) return gpus.slice(0, count)
  const picked: T[] = []
  for (const name of visible.split(',').map((part) => part.trim())) {
    const found = gpus.find(({ index, uuid }) =>
      /^\d+$/.test(name) ? index === Number(name) : name.startsWith('GPU-') && uuid.startsWith(name),
    )
    if (!found || picked.length === count) break
    picked.push(found)
  }
  return picked
}

export function describeGpu({ name, uuid, driver, memory_gb }: Gpu): GpuInfo {
  return { name, uuid, driver, memory_gb }
}
