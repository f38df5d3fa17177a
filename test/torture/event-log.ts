import { closeSync, openSync, readSync } from 'node:fs'

/**
 * What job and server have written so far, read on from where the last look ended. The one file is appended to by both, so
 * its order is the order of things: a request that stands behind its row's acknowledgement was sent again.
 */
export class EventLog {
  /** custom_ids in the order they were acknowledged */
  readonly acknowledged = new Set<string>()
  readonly acknowledgedTwice: string[] = []
  readonly sentAgain: string[] = []
  readonly enginePids: number[] = []
  requests = 0
  /** how often a job had asked everything, and went on to its bundle */
  askedAll = 0
  readonly #path: string
  readonly #buffer = Buffer.alloc(1 << 16)
  #offset = 0
  #rest = ''

  constructor(path: string) {
    this.#path = path
  }

  /** Reads what is new. */
  look(): this {
    const file = openSync(this.#path, 'r')
    try {
      for (;;) {
        const bytes = readSync(file, this.#buffer, 0, this.#buffer.length, this.#offset)
        if (bytes === 0) return this
        this.#offset += bytes
        const lines = (this.#rest + this.#buffer.toString('utf8', 0, bytes)).split('\n')
        this.#rest = lines.pop() ?? ''
        for (const line of lines) this.#take(line)
      }
    } finally {
      closeSync(file)
    }
  }

  #take(line: string): void {
    const what = line.slice(2)
    switch (line.charAt(0)) {
      case 'A':
        if (this.acknowledged.has(what)) this.acknowledgedTwice.push(what)
        this.acknowledged.add(what)
        break
      case 'R':
        this.requests++
        if (this.acknowledged.has(what)) this.sentAgain.push(what)
        break
      case 'D':
        this.askedAll++
        break
      case 'E':
        this.enginePids.push(Number(what))
        break
      default:
        throw new Error(`${this.#path}: not an event: ${line}`)
    }
  }
}
