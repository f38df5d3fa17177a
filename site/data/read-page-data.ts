import { readFileSync } from 'node:fs'
import type { PageData } from './page-data.ts'

/** Names the file that the build hands to the pages. */
export const pageDataVariable = 'BATCHLEDGER_SITE_DATA'

let read: PageData | undefined

/** What the pages are made from; read once a build. */
export function readPageData(): PageData {
  const path = process.env[pageDataVariable]
  if (path === undefined)
    throw new Error(`${pageDataVariable} is not set: pages are rendered by batchledger-site build`)
  read ??= JSON.parse(readFileSync(path, 'utf8')) as PageData
  return read
}
