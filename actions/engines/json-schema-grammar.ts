/** A schema the grammar cannot hold the model to; the message names the place in the schema. */
export class SchemaError extends Error {
  override name = 'SchemaError'
}

type Schema = Record<string, unknown>

const annotations = new Set(
  '$schema $id $comment $defs definitions title description default examples format deprecated readOnly writeOnly'.split(
    ' ',
  ),
)

const known: Record<string, readonly string[]> = {
  string: ['minLength', 'maxLength'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems'],
  boolean: [],
  null: [],
}

// llama.cpp expands {m,n} into that many rules and refuses more than 2000
const maxRepetitions = 2000
const maxEnumeratedRange = 1000

// Whitespace is fixed, as in Python's json.dumps: a small model given the choice can emit blanks until max_tokens.
const colon = '": "'
const comma = '", "'

const baseRules: Record<string, string> = {
  char: String.raw`[^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})`,
  string: String.raw`"\"" char* "\""`,
  integer: '"-"? ("0" | [1-9] [0-9]{0,15})',
  number: 'integer ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?',
  boolean: '"true" | "false"',
  null: '"null"',
  value: 'object | array | string | number | boolean | null',
  object: `"{" (string ${colon} value (${comma} string ${colon} value)*)? "}"`,
  array: `"[" (value (${comma} value)*)? "]"`,
}

/** GBNF for "any JSON object", as OpenAI's response_format json_object asks. */
export function jsonObjectGrammar(): string {
  return printGrammar('object', new Map(Object.entries(baseRules)))
}

/**
 * GBNF (llama.cpp's grammars/README.md) that admits exactly one JSON text valid under `schema`: properties in the
 * schema's order, optional ones may be left out, no others unless additionalProperties is given, one space after
 * colons and commas.
 * @throws SchemaError for a keyword the grammar cannot enforce: better refused than silently not kept
 */
export function jsonSchemaGrammar(schema: unknown): string {
  const rules = new Map(Object.entries(baseRules))
  const root = new GrammarWriter(schema, rules).ruleFor(schema, '#')
  return printGrammar(root, rules)
}

function printGrammar(root: string, rules: Map<string, string>): string {
  return [`root ::= ${root}`, ...[...rules].map(([name, body]) => `${name} ::= ${body}`)].join('\n')
}

class GrammarWriter {
  readonly #document: unknown
  readonly #rules: Map<string, string>
  readonly #references = new Map<string, string>()

  constructor(document: unknown, rules: Map<string, string>) {
    this.#document = document
    this.#rules = rules
  }

  ruleFor(schema: unknown, at: string): string {
    if (schema === true) return 'value'
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
      throw new SchemaError(`${at}: expected a schema object, found ${JSON.stringify(schema) ?? 'nothing'}`)
    return this.#ruleForObject(schema as Schema, at)
  }

  #ruleForObject(schema: Schema, at: string): string {
    if ('$ref' in schema) return this.#only(schema, ['$ref'], at, () => this.#reference(schema['$ref'], at))
    if ('const' in schema) return this.#only(schema, ['const', 'type'], at, () => literal(schema['const']))
    if ('enum' in schema)
      return this.#only(schema, ['enum', 'type'], at, () =>
        this.#add(list(schema['enum'], `${at}/enum`).map(literal).join(' | ')),
      )
    for (const key of ['anyOf', 'oneOf', 'allOf']) {
      if (!(key in schema)) continue
      const options = list(schema[key], `${at}/${key}`)
      if (key === 'allOf' && options.length > 1)
        throw new SchemaError(`${at}/allOf: more than one part is not supported by the embedded engine`)
      return this.#only(schema, [key, 'type'], at, () =>
        this.#add(options.map((option, index) => this.ruleFor(option, `${at}/${key}/${index}`)).join(' | ')),
      )
    }
    const types = typesOf(schema, at)
    if (types === undefined) return this.#only(schema, [], at, () => 'value')
    for (const type of types)
      if (!(type in known)) throw new SchemaError(`${at}/type: unknown type ${JSON.stringify(type)}`)
    return this.#only(schema, ['type', ...types.flatMap((type) => known[type] ?? [])], at, () => {
      const bodies = types.map((type) => this.#typed(type, schema, at))
      return bodies.length === 1 ? (bodies[0] ?? '') : this.#add(bodies.join(' | '))
    })
  }

  #typed(type: string, schema: Schema, at: string): string {
    if (type === 'object') return this.#object(schema, at)
    if (type === 'array') return this.#array(schema, at)
    if (type === 'string') return this.#string(schema, at)
    if (type === 'integer' || type === 'number') return this.#number(type, schema, at)
    return type
  }

  #string(schema: Schema, at: string): string {
    const bounds = repetitions(schema, 'minLength', 'maxLength', at)
    return bounds === undefined ? 'string' : this.#add(String.raw`"\"" char${bounds} "\""`)
  }

  #number(type: 'integer' | 'number', schema: Schema, at: string): string {
    const bound = (key: string) => {
      const value = schema[key]
      if (value === undefined) return undefined
      if (typeof value !== 'number' || !Number.isInteger(value))
        throw new SchemaError(`${at}/${key}: only whole bounds are supported by the embedded engine`)
      return value
    }
    const above = bound('exclusiveMinimum')
    const below = bound('exclusiveMaximum')
    let low = bound('minimum')
    let high = bound('maximum')
    if (low === undefined && high === undefined && above === undefined && below === undefined) return type
    if (type === 'integer') {
      low ??= above === undefined ? undefined : above + 1
      high ??= below === undefined ? undefined : below - 1
    }
    if (low === undefined || (type === 'number' && (above !== undefined || low < 0)))
      throw new SchemaError(`${at}: ${type} needs a minimum the embedded engine can keep (0 or above for number)`)
    if (high === undefined && below === undefined) {
      if (low > 1 || low < 0) throw new SchemaError(`${at}/minimum: without a maximum only 0 and 1 are supported`)
      const whole = low === 0 ? '("0" | [1-9] [0-9]{0,15})' : '([1-9] [0-9]{0,15})'
      return this.#add(type === 'integer' ? whole : `${whole} ("." [0-9]{1,16})?`)
    }
    const last = high ?? below ?? low
    if (last < low || last - low > maxEnumeratedRange)
      throw new SchemaError(
        `${at}: a range from ${low} to ${last} is not supported, at most ${maxEnumeratedRange} wide`,
      )
    const whole = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => `"${from + index}"`).join(' | ')
    if (type === 'integer') return this.#add(whole(low, last))
    const inner = last > low ? `(${whole(low, last - 1)}) ("." [0-9]{1,16})?` : ''
    return this.#add([inner, high === undefined ? '' : `"${last}" ("." "0"{1,16})?`].filter(Boolean).join(' | '))
  }

  #array(schema: Schema, at: string): string {
    const prefix = list(schema['prefixItems'] ?? [], `${at}/prefixItems`)
    const min = count(schema, 'minItems', at) ?? 0
    const max = count(schema, 'maxItems', at)
    if (prefix.length > 0) {
      if (schema['items'] !== false && max !== prefix.length)
        throw new SchemaError(`${at}/prefixItems: say items: false; a tuple of open length is not supported`)
      const parts = prefix.map((item, index) => this.ruleFor(item, `${at}/prefixItems/${index}`))
      return this.#add(`"[" ${parts.join(` ${comma} `)} "]"`)
    }
    const item = this.ruleFor(schema['items'] ?? true, `${at}/items`)
    if (max === 0) return this.#add('"[]"')
    const more = `(${comma} ${item})${range(Math.max(0, min - 1), max === undefined ? undefined : max - 1)}`
    return this.#add(min === 0 ? `"[" (${item} ${more})? "]"` : `"[" ${item} ${more} "]"`)
  }

  #object(schema: Schema, at: string): string {
    const properties = (schema['properties'] ?? {}) as Schema
    const names = Object.keys(properties)
    const required = new Set(list(schema['required'] ?? [], `${at}/required`))
    for (const name of required)
      if (typeof name !== 'string' || !(name in properties))
        throw new SchemaError(`${at}/required: ${JSON.stringify(name)} is not among the properties`)
    const extra = schema['additionalProperties']
    if (names.length === 0 && (extra === undefined || extra === true)) return 'object'
    const pairs = names.map(
      (name) => `${literal(name)} ${colon} ${this.ruleFor(properties[name], `${at}/properties/${name}`)}`,
    )
    const open = extra === undefined || extra === false ? undefined : this.ruleFor(extra, `${at}/additionalProperties`)
    const openPair = open === undefined ? undefined : `string ${colon} ${open}`

    // tail(i, started): what may follow once the properties before i are settled; two rules a property, whatever the
    // number of optional ones
    const tails = new Map<string, string>()
    const tail = (index: number, started: boolean): string => {
      const key = `${index} ${started}`
      const made = tails.get(key)
      if (made !== undefined) return made
      const name = names[index]
      let body: string
      if (name === undefined) {
        if (openPair === undefined) return ''
        body = started ? `(${comma} ${openPair})*` : `(${openPair} (${comma} ${openPair})*)?`
      } else {
        const here = `${started ? `${comma} ` : ''}${pairs[index]} ${tail(index + 1, true)}`
        if (required.has(name)) return here
        body = `${here} | ${tail(index + 1, started) || '""'}`
      }
      const rule = this.#add(body)
      tails.set(key, rule)
      return rule
    }
    return this.#add(`"{" ${tail(0, false)} "}"`)
  }

  #reference(reference: unknown, at: string): string {
    if (typeof reference !== 'string' || !reference.startsWith('#'))
      throw new SchemaError(`${at}/$ref: only references inside the schema are supported`)
    const made = this.#references.get(reference)
    if (made !== undefined) return made
    const target = reference
      .split('/')
      .slice(1)
      .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((node, part) => (node as Schema | undefined)?.[part], this.#document)
    if (target === undefined) throw new SchemaError(`${at}/$ref: ${reference} points at nothing`)
    // named before it is written: a schema may refer to itself
    const name = `ref${this.#references.size}`
    this.#references.set(reference, name)
    this.#rules.set(name, '')
    this.#rules.set(name, this.ruleFor(target, reference))
    return name
  }

  #only(schema: Schema, keys: readonly string[], at: string, write: () => string): string {
    for (const key of Object.keys(schema))
      if (!keys.includes(key) && !annotations.has(key))
        throw new SchemaError(`${at}/${key}: this keyword is not supported by the embedded engine`)
    return write()
  }

  #add(body: string): string {
    for (const [name, existing] of this.#rules) if (existing === body) return name
    const name = `r${this.#rules.size}`
    this.#rules.set(name, body)
    return name
  }
}

function typesOf(schema: Schema, at: string): string[] | undefined {
  const type = schema['type']
  if (typeof type === 'string') return [type]
  if (Array.isArray(type) && type.length > 0 && type.every((one) => typeof one === 'string')) return type
  if (type !== undefined) throw new SchemaError(`${at}/type: expected a type name or a list of them`)
  if ('properties' in schema) return ['object']
  if ('items' in schema || 'prefixItems' in schema) return ['array']
  return undefined
}

function list(value: unknown, at: string): unknown[] {
  if (!Array.isArray(value)) throw new SchemaError(`${at}: expected a list`)
  return value
}

function count(schema: Schema, key: string, at: string): number | undefined {
  const value = schema[key]
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new SchemaError(`${at}/${key}: expected a whole number, 0 or above`)
  if (value > maxRepetitions)
    throw new SchemaError(`${at}/${key}: ${value} is not supported by the embedded engine, at most ${maxRepetitions}`)
  return value
}

function repetitions(schema: Schema, minKey: string, maxKey: string, at: string): string | undefined {
  const min = count(schema, minKey, at) ?? 0
  const max = count(schema, maxKey, at)
  if (min === 0 && max === undefined) return undefined
  if (max !== undefined && max < min) throw new SchemaError(`${at}: ${maxKey} is below ${minKey}`)
  return range(min, max)
}

function range(min: number, max: number | undefined): string {
  if (max === undefined && min === 0) return '*'
  return `{${min},${max ?? ''}}`
}

/** A GBNF string literal for the JSON text of a value; the two escape alike. */
function literal(value: unknown): string {
  return JSON.stringify(jsonText(value))
}

function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}: ${jsonText(inner)}`)
      .join(', ')}}`
  return JSON.stringify(value)
}
