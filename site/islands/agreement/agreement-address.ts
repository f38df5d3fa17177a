import { encodeText } from '../../data/encode-text.ts'

/** What the address of the agreement page says. */
export interface AgreementAddress {
  /** run ids; undefined when it names none: then the built page's are shown */
  runs: readonly string[] | undefined
  /** a field's name */
  field: string | undefined
}

export function readAddress(query: string): AgreementAddress {
  const parameters = new URLSearchParams(query)
  const runs = parameters.getAll('runs').flatMap((value) => value.split(','))
  return {
    runs: parameters.has('runs') ? [...new Set(runs.filter((run) => run !== ''))] : undefined,
    field: parameters.get('field') ?? undefined,
  }
}

/** `?runs=a,b&field=x`; what is undefined is left out. */
export function writeAddress({ runs, field }: AgreementAddress): string {
  const parts = [
    ...(runs ? [`runs=${runs.map(encodeText).join(',')}`] : []),
    ...(field === undefined ? [] : [`field=${encodeText(field)}`]),
  ]
  return `?${parts.join('&')}`
}
