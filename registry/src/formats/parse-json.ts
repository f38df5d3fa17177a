import type { z } from 'zod'
import { describeJsonError } from './describe-json-error.ts'
import type { Parsed } from './parse-yaml.ts'

/** Reads one JSON text by its schema; every fault as `<file>: <key>: <finding>`. Never throws. */
export function parseJson<S extends z.ZodType>(text: string, file: string, schema: S): Parsed<z.output<S>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { problems: [`${file}: ${describeJsonError(error)}`] }
  }
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data, problems: [] }
  return {
    problems: result.error.issues.map((issue) => {
      const key = issue.path.join('.')
      return `${file}: ${key === '' ? '' : `${key}: `}${issue.message}`
    }),
  }
}
