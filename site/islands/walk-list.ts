/**
 * The place in a list of the next wanted position after (or before) one that need not be in it; undefined at the end.
 * @param from where one stands; -1 is before the start @param ascending the list is in the dataset's order
 */
export function nextPlace(
  list: Uint32Array,
  from: number,
  by: 1 | -1,
  ascending: boolean,
  isWanted: (position: number) => boolean,
): number | undefined {
  const here = from < 0 ? -1 : list.indexOf(from)
  let place = here >= 0 || from < 0 ? here + by : beside(list, from, by, ascending)
  for (; place >= 0 && place < list.length; place += by) if (isWanted(list[place] as number)) return place
  return undefined
}

/** Where the walk goes on from a position that a filter hides: beside it, or from the start where there is no beside. */
function beside(list: Uint32Array, from: number, by: 1 | -1, ascending: boolean): number {
  if (!ascending) return by === 1 ? 0 : -1
  const after = list.findIndex((position) => position > from)
  const place = after < 0 ? list.length : after
  return by === 1 ? place : place - 1
}
