/** Where a dataset's runs stand side by side, from the site's root. */
export function compareLink(dataset: string, runs: readonly string[] = []): string {
  const chosen = runs.length === 0 ? '' : `&runs=${runs.map(encodeURIComponent).join(',')}`
  return `compare/?dataset=${encodeURIComponent(dataset)}${chosen}`
}
