import { useEffect, useReducer, useState } from 'preact/hooks'
import type { ItemsIndex } from '../data/compare-data.ts'
import type { DataSource } from './data-source.ts'

/** How long a list must stand still before the titles of what it shows are fetched. */
const rest = 80

/**
 * Loads ids and titles of the positions on screen, and draws again when they are there. What one only scrolls past
 * isn't fetched. Gives the fault, if there was one.
 */
export function useHeads(
  source: DataSource,
  items: ItemsIndex,
  drawn: Uint32Array,
  moving: boolean,
): string | undefined {
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  const [fault, setFault] = useState<string>()
  const unknown = drawn.filter((position) => source.head(items, position) === undefined).join()
  useEffect(() => {
    if (unknown === '') return undefined
    let current = true
    const load = () =>
      loadHeadsOf(source, items, Uint32Array.from(unknown.split(','), Number)).then(
        () => current && draw(undefined),
        (error: Error) => current && setFault(error.message),
      )
    const timer = setTimeout(() => void load(), moving ? rest : 0)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [source, items, unknown, moving])
  return fault
}

/** The heads of positions that need not stand together. */
export async function loadHeadsOf(source: DataSource, items: ItemsIndex, positions: Uint32Array): Promise<void> {
  const unknown = positions.filter((position) => source.head(items, position) === undefined)
  await Promise.all(Array.from(unknown, (position) => source.loadHeads(items, position, position + 1)))
}
