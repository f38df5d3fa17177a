import { expect, test } from 'vitest'
import { placeLabels } from './place-labels.ts'

const bounds = { right: 560, bottom: 320 }

test('a label stands at the upper right, where nothing is in the way', () => {
  expect(placeLabels([{ x: 100, y: 100, label: 'A' }], bounds)).toEqual([{ dx: 9, dy: -5, anchor: 'start' }])
})

test('at the right edge it goes to the left, and neighbours make way for each other', () => {
  const [edge] = placeLabels([{ x: 556, y: 100, label: '16' }], bounds)
  expect(edge?.anchor).toBe('end')
  const spots = [
    { x: 100, y: 100, label: '14' },
    { x: 104, y: 103, label: '15' },
    { x: 98, y: 97, label: '13' },
  ]
  const placed = placeLabels(spots, bounds)
  expect(new Set(placed.map(({ dx, dy }) => `${dx} ${dy}`)).size).toBe(3)
})
