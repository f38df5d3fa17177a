import { useEffect, useState } from 'preact/hooks'
import type { ItemsIndex } from '../data/compare-data.ts'
import type { DataSource } from './data-source.ts'

export interface OpenItem {
  /** undefined while none is open or it is still looked for */
  position: number | undefined
  /** the address names an item that isn't there */
  missing: boolean
  fault: string | undefined
}

interface Found {
  items: ItemsIndex
  item: string
  position?: number | undefined
  fault?: string
}

/** Where the item that the address names stands. @param at where to look first */
export function useOpenItem(
  source: DataSource,
  items: ItemsIndex,
  item: string | undefined,
  at: number | undefined,
): OpenItem {
  const [found, setFound] = useState<Found>()
  const here = at !== undefined && item !== undefined && source.head(items, at)?.id === item ? at : undefined
  useEffect(() => {
    if (item === undefined || here !== undefined) return undefined
    let current = true
    source.findItem(items, item, at).then(
      (position) => current && setFound({ items, item, position }),
      (error: Error) => current && setFound({ items, item, fault: error.message }),
    )
    return () => {
      current = false
    }
  }, [source, items, item, at, here])
  if (item === undefined || here !== undefined) return { position: here, missing: false, fault: undefined }
  if (found?.items !== items || found.item !== item) return { position: undefined, missing: false, fault: undefined }
  return {
    position: found.position,
    missing: found.position === undefined && found.fault === undefined,
    fault: found.fault,
  }
}
