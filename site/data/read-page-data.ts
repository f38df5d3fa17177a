import type { PageData } from './page-data.ts'

const place = Symbol.for('batchledger.page-data')
const shared = globalThis as { [place]?: PageData }

/** Hands the pages what they are made from: Astro renders in this process, but from a copy of this module. */
export function offerPageData(data: PageData): void {
  shared[place] = data
}

/** What the pages are made from. */
export function readPageData(): PageData {
  const data = shared[place]
  if (!data) throw new Error('there is no page data: pages are rendered by batchledger-site build')
  return data
}
