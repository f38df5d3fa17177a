/** Positions of the items whose id or title holds every word of the search; all of them for an empty one. */
export function searchItems(
  { ids, titles }: { ids: readonly string[]; titles: readonly (string | null)[] },
  search: string,
): number[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found: number[] = []
  for (const [position, id] of ids.entries()) {
    const text = words.length === 0 ? '' : `${id} ${titles[position] ?? ''}`.toLowerCase()
    if (words.every((word) => text.includes(word))) found.push(position)
  }
  return found
}
