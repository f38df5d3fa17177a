export interface LabelPlace {
  dx: number
  dy: number
  anchor: 'start' | 'middle' | 'end'
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** Of a letter, generously: labels are larger on a phone. */
const letter = 9
const line = 15
const reach = 7

const usual: LabelPlace = { dx: 9, dy: -5, anchor: 'start' }

const places: readonly LabelPlace[] = [
  usual,
  { dx: 9, dy: 14, anchor: 'start' },
  { dx: -9, dy: -5, anchor: 'end' },
  { dx: -9, dy: 14, anchor: 'end' },
  { dx: 0, dy: -12, anchor: 'middle' },
  { dx: 0, dy: 23, anchor: 'middle' },
  { dx: 22, dy: 5, anchor: 'start' },
  { dx: -22, dy: 5, anchor: 'end' },
  { dx: 9, dy: -20, anchor: 'start' },
  { dx: -9, dy: -20, anchor: 'end' },
  { dx: 9, dy: 29, anchor: 'start' },
  { dx: -9, dy: 29, anchor: 'end' },
]

/** Where each spot's label goes so that it covers no other and stays within `right` and `bottom`, as near as there is room. */
export function placeLabels(
  spots: readonly { x: number; y: number; label: string }[],
  bounds: { right: number; bottom: number },
): LabelPlace[] {
  const taken: Box[] = spots.map(({ x, y }) => ({
    left: x - reach,
    right: x + reach,
    top: y - reach,
    bottom: y + reach,
  }))
  return spots.map(({ x, y, label }) => {
    const boxes = places.map((place) => ({ place, box: boxOf(place, x, y, label.length * letter) }))
    const free = boxes.find(
      ({ box }) =>
        box.left >= 0 &&
        box.top >= 0 &&
        box.right <= bounds.right &&
        box.bottom <= bounds.bottom &&
        taken.every((other) => !overlap(box, other)),
    )
    const { place, box } = free ?? { place: usual, box: boxOf(usual, x, y, label.length * letter) }
    taken.push(box)
    return place
  })
}

function boxOf({ dx, dy, anchor }: LabelPlace, x: number, y: number, width: number): Box {
  const left = x + dx - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
  return { left, right: left + width, top: y + dy - line + 3, bottom: y + dy + 3 }
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
