import { LineCounter, isNode, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'

export type Parsed<T> = { value: T; problems: [] } | { value?: never; problems: string[] }

/**
 * Reads one authored YAML text by its schema. Every fault is told, each as `<file>:<line>: <key>: <finding>`;
 * a value comes only without faults. Never throws.
 */
export function parseYaml<S extends z.ZodType>(text: string, file: string, schema: S): Parsed<z.output<S>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0)
    return { problems: document.errors.map((error) => `${file}:${lines.linePos(error.pos[0]).line}: ${error.message}`) }
  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    // an alias to nothing, or one that would unfold without end
    return { problems: [`${file}:1: ${(error as Error).message}: write the value out`] }
  }
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data, problems: [] }
  return {
    problems: result.error.issues.map((issue) => {
      const key = issue.path.join('.')
      return `${file}:${lineOf(document, lines, issue.path)}: ${key === '' ? '' : `${key}: `}${issue.message}`
    }),
  }
}

/** The line of the deepest part of a path that stands in the document. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}
