import { encodeText } from './encode-text.ts'

/** Where a dataset's runs stand side by side, from the site's root. */
export function compareLink(dataset: string, runs: readonly string[] = []): string {
  const chosen = runs.length === 0 ? '' : `&runs=${runs.map(encodeText).join(',')}`
  return `compare/?dataset=${encodeText(dataset)}${chosen}`
}
