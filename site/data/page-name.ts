import { createHash } from 'node:crypto'

/** A folder name for an id in a URL: the id itself where it needs no escaping, else a tamed one made unique by a digest. */
export function pageName(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/.test(id) && !id.endsWith('.')) return id
  const tame = id.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 100)
  return `${tame}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`
}
