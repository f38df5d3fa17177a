import { expect, test } from 'vitest'
import type { Label } from 'registry'
import type { Keeper } from '../keeper.ts'
import { LabelStore } from './label-store.ts'

const place = { ledger: 'ours', dataset: 'notes/1', promptSha256: 'a'.repeat(64) }
const label = (id: string, value: Label['value'], rest: Partial<Label> = {}): Label => ({
  custom_id: id,
  field: 'mood',
  value,
  rater: 'ann',
  date: '2026-11-24',
  prompt_sha256: place.promptSha256,
  selection: 'disagreement',
  ...rest,
})

/** As much as a browser's storage does, with a limit of characters. */
class Kept implements Keeper {
  readonly entries = new Map<string, string>()
  limit = Number.POSITIVE_INFINITY
  getItem(key: string): string | null {
    return this.entries.get(key) ?? null
  }
  setItem(key: string, text: string): void {
    if (text.length > this.limit) throw new DOMException('too much', 'QuotaExceededError')
    this.entries.set(key, text)
  }
  removeItem(key: string): void {
    this.entries.delete(key)
  }
}

test('labels, rater and walk are found again; other prompts and datasets have their own', () => {
  const kept = new Kept()
  const store = new LabelStore(place, kept)
  store.setRater('ann')
  store.setWalk('mode=blind&seed=7')
  store.put(label('__proto__', 'Good', { note: 'line\nbreak' }))
  store.put(label('b', false, { field: 'is_polite' }))
  const again = new LabelStore(place, kept).state
  expect(again.labels).toEqual(store.state.labels)
  expect(again.labels).toHaveLength(2)
  expect(again).toMatchObject({ rater: 'ann', walk: 'mode=blind&seed=7', fault: undefined })
  expect(new LabelStore({ ...place, promptSha256: 'b'.repeat(64) }, kept).state.labels).toEqual([])
  expect(new LabelStore({ ...place, dataset: 'notes' }, kept).state.labels).toEqual([])
})

test('a later word of the same rater replaces the earlier one; another rater’s stays', () => {
  const store = new LabelStore(place, new Kept())
  store.put(label('a', 'Good'))
  store.put(label('a', 'Bad', { rater: 'bo' }))
  store.put(label('a', 'Fair'))
  expect(store.state.labels.map(({ rater, value }) => [rater, value])).toEqual([
    ['bo', 'Bad'],
    ['ann', 'Fair'],
  ])
  store.remove(label('a', 'anything'))
  expect(store.state.labels.map(({ rater }) => rater)).toEqual(['bo'])
  store.clear()
  expect(store.state.labels).toEqual([])
})

test('two open pages add to each other', () => {
  const kept = new Kept()
  const [one, other] = [new LabelStore(place, kept), new LabelStore(place, kept)]
  one.put(label('a', 'Good'))
  other.put(label('b', 'Bad'))
  let told = 0
  one.subscribe(() => told++)
  one.refresh()
  expect(told).toBe(1)
  expect(one.state.labels.map(({ custom_id: id }) => id)).toEqual(['a', 'b'])
})

test('full storage: what is marked stays in the page, is said, and is stored once there is room', () => {
  const kept = new Kept()
  const store = new LabelStore(place, kept)
  store.put(label('a', 'Good'))
  kept.limit = 10
  store.put(label('b', 'Bad'))
  store.remove(label('a', 'Good'))
  expect(store.state.labels.map(({ custom_id: id }) => id)).toEqual(['b'])
  expect(store.state.fault).toContain('its storage is full')
  expect(store.isUnsaved).toBe(true)
  expect(new LabelStore(place, kept).state.labels.map(({ custom_id: id }) => id)).toEqual(['a'])
  kept.limit = Number.POSITIVE_INFINITY
  store.put(label('c', 'Fair'))
  expect(store.state.fault).toBeUndefined()
  expect(store.isUnsaved).toBe(false)
  expect(new LabelStore(place, kept).state.labels.map(({ custom_id: id }) => id)).toEqual(['b', 'c'])
})

test('forbidden storage: everything works in the page, with a warning', () => {
  const store = new LabelStore(place, undefined)
  store.setRater('ann')
  store.put(label('a', 'Good'))
  expect(store.state.labels).toHaveLength(1)
  expect(store.state.rater).toBe('ann')
  expect(store.state.fault).toContain('storage is switched off')
})

test('stored lines that are no labels are kept as they stand', () => {
  const kept = new Kept()
  const store = new LabelStore(place, kept)
  store.put(label('a', 'Good'))
  const [key = ''] = kept.entries.keys()
  const strange = ['{"custom_id":"x"}', 'not JSON', '{"selection":"guess"}']
  kept.entries.set(key, `${strange.join('\n')}\n${kept.entries.get(key)}`)
  store.put(label('b', 'Bad'))
  expect(store.state.strange).toEqual(strange)
  expect(store.state.labels.map(({ custom_id: id }) => id)).toEqual(['a', 'b'])
  expect(kept.entries.get(key)).toContain('not JSON')
})
