import { encodeText } from '../../data/encode-text.ts'
import type { Label } from 'registry'
import { findKeeper, type Keeper } from '../keeper.ts'
import { isSameSubject, readLabelLines, writeLabelLines, type LabelLines, type Subject } from './label-lines.ts'

/** What labels belong to: a ledger's dataset as it was asked. */
export interface LabelPlace {
  ledger: string
  dataset: string
  promptSha256: string
}

export interface LabelState extends LabelLines {
  rater: string | undefined
  /** the query of the walk last begun, so that it can be gone on with */
  walk: string | undefined
  /** what the browser would not keep, and what to do about it */
  fault: string | undefined
}

type Change = (lines: LabelLines) => LabelLines

const raterKey = 'batchledger-rater'

/**
 * A rater's labels, kept in the browser as the lines they are exported as. Each change is made on what is stored at that
 * moment, so that two open pages don't overwrite each other; what can't be stored stays in the page, is said, and is tried
 * again with the next change.
 */
export class LabelStore {
  readonly #key: string
  readonly #keeper: Keeper | undefined
  readonly #listeners = new Set<() => void>()
  #pending: Change[] = []
  #rater: string | undefined
  #walk: string | undefined
  #fault: string | undefined
  #state: LabelState

  /** @param keeper undefined where the browser forbids storage */
  constructor({ ledger, dataset, promptSha256 }: LabelPlace, keeper: Keeper | undefined) {
    this.#key = ['batchledger-labels', ledger, dataset, promptSha256].map(encodeText).join('/')
    this.#keeper = keeper
    this.#state = this.#look()
  }

  get state(): LabelState {
    return this.#state
  }

  /** whether labels exist in this page only */
  get isUnsaved(): boolean {
    return this.#pending.length > 0
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  put(label: Label): void {
    this.#change(({ labels, strange }) => ({
      labels: [...labels.filter((other) => !isSameSubject(other, label)), label],
      strange,
    }))
  }

  remove(subject: Subject): void {
    this.#change(({ labels, strange }) => ({
      labels: labels.filter((other) => !isSameSubject(other, subject)),
      strange,
    }))
  }

  clear(): void {
    this.#change(() => ({ labels: [], strange: [] }))
  }

  setRater(name: string): void {
    this.#rater = name
    this.#keep(raterKey, name)
    this.refresh()
  }

  setWalk(query: string): void {
    if (query === this.#state.walk) return
    this.#walk = query
    this.#keep(`${this.#key}/walk`, query)
    this.refresh()
  }

  /** Looks again, after another page of this browser changed something. */
  refresh(): void {
    this.#state = this.#look()
    for (const listener of this.#listeners) listener()
  }

  #change(change: Change): void {
    this.#pending.push(change)
    const lines = this.#apply()
    const text = writeLabelLines(lines)
    if (this.#keep(this.#key, text)) {
      this.#pending = []
      this.#fault = undefined
    }
    this.refresh()
  }

  #apply(): LabelLines {
    return this.#pending.reduce((lines, change) => change(lines), readLabelLines(this.#read(this.#key) ?? ''))
  }

  #look(): LabelState {
    const lines = this.#apply()
    return {
      ...lines,
      rater: this.#rater ?? this.#read(raterKey) ?? undefined,
      walk: this.#walk ?? this.#read(`${this.#key}/walk`) ?? undefined,
      fault: this.#fault,
    }
  }

  #read(key: string): string | null {
    return this.#keeper?.getItem(key) ?? null
  }

  #keep(key: string, text: string): boolean {
    try {
      if (!this.#keeper) throw new Error('storage is switched off')
      if (text === '') this.#keeper.removeItem(key)
      else this.#keeper.setItem(key, text)
      return true
    } catch (error) {
      const reason = (error as Error).name === 'QuotaExceededError' ? 'its storage is full' : (error as Error).message
      this.#fault = `labels: this browser doesn’t keep them (${reason}). What you mark stays in this page only: export it before you close the page.`
      return false
    }
  }
}

const stores = new Map<string, LabelStore>()

/** The one store of a place in this page. */
export function openLabelStore(place: LabelPlace): LabelStore {
  const key = JSON.stringify([place.ledger, place.dataset, place.promptSha256])
  let store = stores.get(key)
  if (!store) {
    store = new LabelStore(place, findKeeper())
    stores.set(key, store)
  }
  return store
}
