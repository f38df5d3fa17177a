import { counts, statusName, UserError, valueOf, verdictStatuses, type FieldCodes, type JudgedItems } from 'registry'

const kinds = ['agree', 'disagree', 'error'] as const

/** A run as a filter may call it: its letter, its model's slug or its id. */
export interface NamedRun {
  name: string
  slug: string
  runId: string
}

/**
 * A filter as a test of positions: `agree`, `disagree`, `error`, or runs with what they say, `A=Yes,B=No`; what a run says
 * is a value of the field, a status (`truncated`, `missing`, …) or `unusable`.
 * @throws UserError with every part that means nothing
 */
export function parseFilter(
  filter: string,
  runs: readonly NamedRun[],
  codes: FieldCodes,
  { patterns, judgements }: JudgedItems,
): (position: number) => boolean {
  const kind = kinds.find((name) => name === filter)
  if (kind) return (position) => judgements[patterns.patternOf[position] as number]?.[kind] === true
  const problems: string[] = []
  const tests = filter.split(/,(?=[^,=]+=)/).map((part) => {
    const [, name = '', value = ''] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(part) ?? []
    const run = findRun(name, runs)
    const says = run === undefined ? undefined : parseSaying(value, run, codes)
    if (says) return says
    problems.push(
      name === ''
        ? `${JSON.stringify(part)}: expected agree, disagree, error, or RUN=VALUE`
        : run === undefined
          ? `${JSON.stringify(name)} is none of the runs: ${runs.map((one) => `${one.name} (${one.slug})`).join(', ')}`
          : `${JSON.stringify(value)} is no verdict of ${codes.field.title ?? 'the field'}: expected ${[...valuesOf(codes), 'unusable', 'missing', ...verdictStatuses].join(', ')}`,
    )
    return () => false
  })
  if (problems.length > 0) throw new UserError('the filter means nothing here', problems)
  return (position) => tests.every((test) => test(position))
}

/** The place of the run that a person means, by letter, slug or id; undefined where it is none or several. */
export function findRun(name: string, runs: readonly NamedRun[]): number | undefined {
  const found = runs.flatMap((run, place) =>
    run.runId === name || run.slug === name || run.name.toLowerCase() === name.toLowerCase() ? [place] : [],
  )
  return found.length === 1 ? found[0] : undefined
}

function parseSaying(value: string, run: number, codes: FieldCodes): ((position: number) => boolean) | undefined {
  const own = codes.codes.usable[run] as Int32Array
  const statuses = codes.statuses[run] as Uint8Array
  const { numbers } = codes
  if (numbers && value !== '' && Number.isFinite(Number(value))) {
    const tolerance = codes.field.type === 'number' ? codes.field.tolerance : 0
    return (position) => {
      const code = own[position] as number
      return code >= 0 && Math.abs((numbers[code] as number) - Number(value)) <= tolerance
    }
  }
  const code = valuesOf(codes).indexOf(value)
  if (code >= 0) return (position) => own[position] === code
  if (value === 'unusable') return (position) => !counts(statuses[position] as number, 'usable')
  if (value === 'missing' || verdictStatuses.some((status) => status === value))
    return (position) => statusName(statuses[position] as number) === value
  return undefined
}

function valuesOf(codes: FieldCodes): string[] {
  return codes.numbers ? [] : Array.from({ length: codes.size }, (_, code) => valueOf(codes, code))
}
