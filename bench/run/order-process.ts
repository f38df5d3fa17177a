import { fileURLToPath } from 'node:url'
import { blocksPerRow, hashPrefix, orderByPrefix } from '../../actions/run-batch/order-requests.ts'
import { peakBytes } from './peak-bytes.ts'

export interface OrderUsage {
  hashSeconds: number
  orderSeconds: number
  /** what stays: hashes and the order */
  heldBytes: number
  /** what the sort takes for a while, as far as it raised the process's peak */
  sortBytes: number
}

export const orderProgram = fileURLToPath(import.meta.url)

const families = 20
const familyLetters = 2048

if (import.meta.main)
  process.stdout.write(`${JSON.stringify(orderPrompts(...(process.argv.slice(2).map(Number) as [number, number])))}\n`)

/** Prompts of `families` rubrics, of which the first half is the rubric's and the second the row's, in mixed order. */
function orderPrompts(rows: number, letters: number): OrderUsage {
  const heads = Array.from({ length: families }, (_, family) =>
    `rubric ${family} `.repeat(familyLetters / 8).slice(0, familyLetters),
  )
  const hashes = new Uint32Array(rows * blocksPerRow)
  let hashMs = 0
  for (let start = 0; start < rows; start += 1000) {
    const prompts = Array.from({ length: Math.min(1000, rows - start) }, (_, index) =>
      flat(
        `${heads[((start + index) * 7) % families]}${`row ${start + index} `.repeat(letters / 8)}`.slice(0, letters),
      ),
    )
    const begin = performance.now()
    for (const [index, prompt] of prompts.entries()) hashPrefix(prompt, hashes, start + index)
    hashMs += performance.now() - begin
  }
  const positions = Uint32Array.from({ length: rows }, (_, position) => position)
  const before = peakBytes()
  const begin = performance.now()
  const order = orderByPrefix(hashes, positions)
  return {
    hashSeconds: hashMs / 1000,
    orderSeconds: (performance.now() - begin) / 1000,
    heldBytes: hashes.byteLength + order.byteLength,
    sortBytes: peakBytes() - before,
  }
}

/** One piece of memory, as JSON.stringify gives it: a text of many pieces would be joined inside the measured time. */
function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}
