/** A value of a record as people read it: a list has a line for each entry, an object's members stand as `name: value`. */
export function spellOut(value: unknown): string {
  if (Array.isArray(value)) return value.map((entry) => inOneLine(entry)).join('\n')
  if (typeof value === 'object' && value !== null) return members(value).join('\n')
  return inOneLine(value)
}

function inOneLine(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(inOneLine).join(', ')
  if (typeof value === 'object' && value !== null) return members(value).join(', ')
  return JSON.stringify(value) ?? ''
}

function members(value: object): string[] {
  return Object.entries(value).map(([name, entry]) => {
    const text = inOneLine(entry)
    return `${name.replaceAll('_', ' ')}: ${typeof entry === 'object' && entry !== null ? `(${text})` : text}`
  })
}
