import { isDeepStrictEqual } from 'node:util'
import { parseDocument } from 'yaml'
import { datasetSchema, parseYaml } from 'registry'

/**
 * A dataset's entry with its labels named. The line goes to the end, so that nothing people wrote moves; where the YAML
 * is written so that this would not read as a member, it is written anew.
 * @param entry YAML that holds no `labels`
 */
export function nameLabels(entry: string, path: string): string {
  const wanted = { ...(parseDocument(entry).toJS() as object), labels: path }
  const appended = `${entry.replace(/\n*$/, '\n')}labels: ${path}\n`
  if (isDeepStrictEqual(parseYaml(appended, 'entry', datasetSchema).value, datasetSchema.parse(wanted))) return appended
  const document = parseDocument(entry)
  document.set('labels', path)
  return document.toString()
}
