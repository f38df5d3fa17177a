import type { RunMeta } from 'registry'

/** What a run ran on, in a few words: its GPUs, else the CPU; undefined where nobody recorded it. */
export function describeHardware(host: RunMeta['execution']['host']): string | undefined {
  if (!host) return undefined
  const names = (host.gpus ?? []).map(({ name }) => name)
  if (names.length > 0)
    return [...new Set(names)].map((name) => times(name, names.filter((other) => other === name).length)).join(', ')
  return host.cpu === undefined ? host.platform : times(host.cpu, host.cpus ?? 1)
}

function times(name: string, count: number): string {
  const short = name
    .replaceAll(/\((R|TM)\)|^NVIDIA (GeForce )?/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return count > 1 ? `${short} × ${count}` : short
}
