import { createReadStream } from 'node:fs'

export interface FileLine {
  text: string
  /** byte offset of the line's first byte */
  offset: number
  /** bytes without the line break */
  length: number
  /** 1 for the first line */
  number: number
  /** false for a last line without a line break: it may be torn */
  ended: boolean
}

/** A file's lines in order, with their byte places; holds one chunk and one line at a time. An empty last line is none. */
export async function* readLines(path: string, from = 0): AsyncGenerator<FileLine> {
  let rest: Buffer[] = []
  let restBytes = 0
  let offset = from
  let number = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18, start: from }) as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      const line = restBytes > 0 ? Buffer.concat([...rest, chunk.subarray(start, end)]) : chunk.subarray(start, end)
      number++
      yield { text: line.toString('utf8'), offset, length: line.length, number, ended: true }
      offset += line.length + 1
      rest = []
      restBytes = 0
      start = end + 1
    }
    if (start < chunk.length) {
      rest.push(chunk.subarray(start))
      restBytes += chunk.length - start
    }
  }
  if (restBytes > 0)
    yield { text: Buffer.concat(rest).toString('utf8'), offset, length: restBytes, number: number + 1, ended: false }
}
