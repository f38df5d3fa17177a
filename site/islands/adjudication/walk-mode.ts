import { encodeText } from '../../data/encode-text.ts'

/** Judging without the models in sight: a seeded sample in the order drawn, or every item in the dataset's order. */
export type WalkMode = { kind: 'blind'; seed: number; size: number } | { kind: 'all' }

/** A mode, and the one field to judge; every field where none is named. */
export interface Walk {
  mode: WalkMode
  field: string | undefined
}

export const usualSize = 100

/** Most items a sample is drawn of: nobody judges more by hand. */
const mostDrawn = 10_000

/** Reads `mode`, `seed` and `n` of the compare page's address; undefined is the ordinary comparison. */
export function readMode(parameters: URLSearchParams): WalkMode | undefined {
  const kind = parameters.get('mode')
  if (kind === 'all') return { kind }
  if (kind !== 'blind') return undefined
  return {
    kind,
    seed: wholeNumber(parameters.get('seed'), 2 ** 32 - 1) ?? 1,
    size: Math.max(1, wholeNumber(parameters.get('n'), mostDrawn) ?? usualSize),
  }
}

/** The parameters that say a mode, in their order. */
export function modeParts(mode: WalkMode | undefined): [string, string | undefined][] {
  return mode?.kind === 'blind'
    ? [
        ['mode', 'blind'],
        ['seed', String(mode.seed)],
        ['n', String(mode.size)],
      ]
    : [['mode', mode?.kind]]
}

export function readWalk(query: string): Walk | undefined {
  const parameters = new URLSearchParams(query)
  const mode = readMode(parameters)
  return mode && { mode, field: parameters.get('field') ?? undefined }
}

export function writeWalk({ mode, field }: Walk): string {
  return [...modeParts(mode), ['field', field]]
    .flatMap(([name = '', value]) => (value === undefined ? [] : [`${name}=${encodeText(value)}`]))
    .join('&')
}

function wholeNumber(text: string | null, most: number): number | undefined {
  return text !== null && /^\d{1,10}$/.test(text) && Number(text) <= most ? Number(text) : undefined
}
