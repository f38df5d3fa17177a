import type { RunMeta } from 'registry'

/** `vllm 0.32.0`; a version that begins with the engine's own name stands alone. */
export function describeEngine({ name, version }: Pick<RunMeta['execution']['engine'], 'name' | 'version'>): string {
  if (version === undefined) return name
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return plain(version).startsWith(plain(name)) ? version : `${name} ${version}`
}
