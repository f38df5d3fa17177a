import { makeVisible } from './make-visible.ts'

/** A line of a run's log as a reader sees it. */
export interface LogLine {
  /** ISO 8601 in UTC, where the line begins with it */
  at?: string
  text: string
  kind: 'error' | 'warning' | 'plain'
}

const timestamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z) ?/
const colours = /\u001B\[[\d;]*m/g

/**
 * A log's line apart: when, and what. Colours are dropped, a progress bar's returns become line breaks, and what is left
 * of what steers a terminal is named. Pure.
 */
export function readLogLine(line: string): LogLine {
  const plain = line.replaceAll(colours, '').replaceAll(/\r+$/g, '').replaceAll(/\r+/g, '\n')
  const at = timestamp.exec(plain)?.[1]
  const text = makeVisible(at === undefined ? plain : plain.replace(timestamp, ''))
  return { ...(at === undefined || Number.isNaN(Date.parse(at)) ? {} : { at }), text, kind: kindOf(text) }
}

function kindOf(text: string): LogLine['kind'] {
  const head = text.slice(0, 200)
  if (/\b(?:error|critical|fatal|traceback|exception)\b/i.test(head)) return 'error'
  return /\bwarn(?:ing)?\b/i.test(head) ? 'warning' : 'plain'
}
