import type { Model } from 'registry'

/** A model as a run's meta needs it. */
export interface ResolvedModel {
  slug: string
  name: string
  hubId: string
  /** absent for one that the catalog doesn't have yet */
  entry?: Model
}

/** The letters and digits of a name, since people write one model in many ways. */
export function foldName(name: string): string {
  return name
    .replace(/^.*[/\\]/, '')
    .replace(/\.gguf$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}

/** The catalog's model that a name means: its slug, name, repository or weights file, however it is written. */
export function findModel(named: string, models: ReadonlyMap<string, Model>): ResolvedModel | undefined {
  const folded = foldName(named)
  for (const [slug, entry] of models)
    if (namesOf(slug, entry).some((name) => foldName(name) === folded)) return resolved(slug, entry)
  return undefined
}

/** A model the catalog doesn't have, named after what the rows or a claim call it. */
export function proposeModel(named: string): ResolvedModel {
  const last = named.replace(/^.*[/\\]/, '').replace(/\.gguf$/i, '')
  const slug = last
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 100)
  const repository = /^[\w.-]+\/[\w.-]+$/.test(named) ? named : undefined
  const usable = slug === '' ? 'unnamed' : slug
  return { slug: usable, name: last === '' ? usable : last, hubId: repository ?? `unknown/${usable}` }
}

/** Whether a name that may leave parts out (`qwen3_4b`) can mean the model. */
export function canMean(claimed: string, model: ResolvedModel): boolean {
  const folded = foldName(claimed)
  const names = [model.slug, model.hubId, model.name, ...(model.entry ? namesOf(model.slug, model.entry) : [])]
  return names.map(foldName).some((name) => name.includes(folded) || folded.includes(name))
}

/** Finds the catalog's models in file names, with any or no separator between their parts. */
export function modelPatterns(models: ReadonlyMap<string, Model>): RegExp[] {
  return [...models].flatMap(([slug, entry]) =>
    namesOf(slug, entry).map((name) => {
      const parts = name.replace(/^.*\//, '').match(/[a-z]+|\d+/gi) ?? []
      return new RegExp(`(?<![a-z0-9])${parts.join('[-_. ]*')}(?![a-z0-9])`, 'i')
    }),
  )
}

function namesOf(slug: string, entry: Model): string[] {
  return [slug, entry.name, entry.hub_id, ...(entry.weights ? [entry.weights.file] : [])]
}

function resolved(slug: string, entry: Model): ResolvedModel {
  return { slug, name: entry.name, hubId: entry.hub_id, entry }
}
