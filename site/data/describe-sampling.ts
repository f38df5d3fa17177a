/** Sampling as pages show it: each value as JSON. */
export function describeSampling(sampling: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(sampling).map(([name, value]) => [name, JSON.stringify(value) ?? '–']))
}
