import { mostFacetValues, noFacet } from './compare-data.ts'

/** Gathers the values a facet takes, item by item. */
export class FacetBuilder {
  readonly #placeOf = new Map<string, number>()
  #places: number[] | undefined = []

  /** Numbers, texts and truth values count; an item with anything else has no value. */
  add(value: unknown): void {
    if (!this.#places) return
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      this.#places.push(noFacet)
      return
    }
    const text = String(value)
    const place = this.#placeOf.get(text) ?? this.#placeOf.size
    this.#placeOf.set(text, place)
    this.#places.push(place)
    if (this.#placeOf.size > mostFacetValues) this.#places = undefined
  }

  /** Values in order, numbers by size; undefined where there are none, or too many to choose from. */
  end(): { values: string[]; codes: Uint8Array } | undefined {
    if (!this.#places || this.#placeOf.size === 0) return undefined
    const values = [...this.#placeOf.keys()].sort(
      new Intl.Collator('en', { numeric: true, sensitivity: 'variant' }).compare,
    )
    const codeAt = new Uint8Array(256).fill(noFacet)
    for (const [code, value] of values.entries()) codeAt[this.#placeOf.get(value) as number] = code
    return { values, codes: Uint8Array.from(this.#places, (place) => codeAt[place] as number) }
  }
}
