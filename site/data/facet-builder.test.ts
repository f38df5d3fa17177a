import { expect, test } from 'vitest'
import { noFacet } from './compare-data.ts'
import { FacetBuilder } from './facet-builder.ts'

function build(values: Iterable<unknown>) {
  const builder = new FacetBuilder()
  for (const value of values) builder.add(value)
  return builder.end()
}

test('values in order, an item without one apart', () => {
  expect(build(['Bern', 10, undefined, 'Aarau', 9, ['Bern'], 'Bern', true])).toEqual({
    values: ['9', '10', 'Aarau', 'Bern', 'true'],
    codes: Uint8Array.from([3, 1, noFacet, 2, 0, noFacet, 3, 4]),
  })
})

test('no value, or more than two hundred: nothing to choose from', () => {
  expect(build([undefined, null])).toBeUndefined()
  expect(build(Array.from({ length: 200 }, (_, place) => `v${place}`))?.values).toHaveLength(200)
  expect(build(Array.from({ length: 201 }, (_, place) => `v${place}`))).toBeUndefined()
})
