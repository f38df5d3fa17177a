import { formatCsvLine, type Agreement, type Comparison, type CsvCell, type Figure } from 'registry'

/** Every figure of a comparison, one a line: of a run (`a`), of a pair (`a`, `b`) or of all (neither). Pure. */
export function figuresCsv({ fields, runs, pareto }: Comparison): string {
  const lines: CsvCell[][] = [['field', 'a', 'b', 'reading', 'figure', 'value', 'low', 'high', 'n']]
  for (const field of fields) {
    const add = (a: string, b: string, reading: string, name: string, figure: Figure, n: number) =>
      lines.push([field.field, a, b, reading, name, ...cells(figure), n])
    const count = (a: string, name: string, value: number) =>
      add(a, '', 'usable', name, { value, low: null, high: null }, field.items.total)
    for (const name of ['agree', 'disagree', 'error'] as const) count('', `items: ${name}`, field.items[name])
    for (const run of field.runs) {
      count(run.run_id, 'usable', run.usable)
      for (const [reason, items] of Object.entries(run.unusable)) count(run.run_id, `not usable: ${reason}`, items)
      for (const [value, items] of Object.entries(run.values ?? {})) count(run.run_id, `value: ${value}`, items)
    }
    for (const reading of ['usable', 'with_repaired'] as const) {
      for (const pair of field.pairs)
        for (const [name, figure] of figuresOf(pair[reading]))
          add(pair.a, pair.b, reading, name, figure, name === 'strict' ? field.items.total : pair[reading].paired)
      add('', '', reading, 'alpha', field.all[reading], field.items.total)
      for (const run of field.labels?.runs ?? []) {
        const { accuracy: value, low, high, labelled } = run[reading]
        add(run.run_id, '', reading, 'accuracy', { value, low, high }, labelled)
      }
      for (const again of field.replicates)
        for (const [name, figure] of figuresOf(again[reading]))
          add(again.run_id, again.again, reading, `again: ${name}`, figure, again[reading].paired)
    }
    for (const { better, worse, difference } of field.ranking?.differences ?? [])
      add(better, worse, 'usable', `difference in ${field.ranking?.by}`, difference, field.ranking?.items ?? 0)
    for (const pair of field.differences?.pairs ?? []) {
      const of = field.differences?.of
      add(
        pair.a,
        pair.b,
        'usable',
        `difference in ${of}`,
        { value: pair.difference, low: null, high: null },
        pair.items,
      )
      add(pair.a, pair.b, 'usable', `McNemar p of ${of}`, { value: pair.p, low: null, high: null }, pair.items)
      add(
        pair.a,
        pair.b,
        'usable',
        `McNemar p of ${of} (Holm)`,
        { value: pair.p_holm, low: null, high: null },
        pair.items,
      )
    }
  }
  for (const { run_id: runId, speed } of runs)
    for (const [name, value] of Object.entries(speed)) lines.push(['', runId, '', '', name, value])
  for (const { run_id: runId, on_front: front } of pareto.runs)
    if (front !== null)
      lines.push([pareto.field, runId, '', '', `unbeaten in ${pareto.quality} and ${pareto.speed}`, front])
  return lines.map((line) => formatCsvLine(line.map((cell) => oneLine(cell)))).join('')
}

/** The items of a comparison, one a line. Pure. */
export function itemsCsv({ items, runs }: Comparison): string {
  const withIds = items.listed.some(({ custom_id: id }) => id !== undefined)
  const head = ['position', ...(withIds ? ['custom_id'] : []), 'distance', ...runs.map(({ run_id: runId }) => runId)]
  const lines = items.listed.map(({ position, custom_id: id, distance, verdicts }) => [
    position,
    ...(withIds ? [id] : []),
    distance ?? undefined,
    ...verdicts,
  ])
  return [head, ...lines].map((line) => formatCsvLine(line.map((cell) => oneLine(cell)))).join('')
}

function figuresOf(agreement: Agreement): [string, Figure][] {
  const { raw, strict, kappa, ac, alpha, distance } = agreement
  return [
    ['raw', raw],
    ['strict', strict],
    ...(kappa ? ([['kappa', kappa]] as [string, Figure][]) : []),
    ...(ac ? ([['ac', ac]] as [string, Figure][]) : []),
    ['alpha', alpha],
    ['distance', { value: distance, low: null, high: null }],
  ]
}

function cells({ value, low, high }: Figure): CsvCell[] {
  return [value ?? undefined, low ?? undefined, high ?? undefined]
}

/** No line of the file but those we begin: a runner obeys what stands at a line's start. */
function oneLine(cell: CsvCell): CsvCell {
  return typeof cell === 'string' ? cell.replaceAll(/\r\n?|\n/g, '␤') : cell
}
