import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Model } from 'registry'

const run = promisify(execFile)

/** Memory of this machine's GPUs in GB (10⁹ bytes), as nvidia-smi tells it; empty where there is none. */
export async function readGpuMemory(): Promise<number[]> {
  try {
    const { stdout } = await run('nvidia-smi', ['--query-gpu=memory.total', '--format=csv,noheader,nounits'])
    return stdout
      .split('\n')
      .map((line) => (Number.parseFloat(line) * 2 ** 20) / 1e9)
      .filter((gb) => Number.isFinite(gb))
  } catch {
    return []
  }
}

/** The declared memory against the largest GPU, where both are known. Pure. */
export function checkVram(slug: string, model: Pick<Model, 'vram_gb'>, gpus: readonly number[]): string[] {
  const largest = Math.max(...gpus)
  if (model.vram_gb === undefined || gpus.length === 0 || model.vram_gb <= largest) return []
  return [
    `registry/models/${slug}.yaml: vram_gb is ${model.vram_gb}, the largest GPU here has ${largest.toFixed(1)} GB: take a smaller model or quantisation, or another machine`,
  ]
}
