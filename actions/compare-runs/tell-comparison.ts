import {
  describeAsk,
  formatChance,
  formatCoefficient,
  formatCount,
  formatPoints,
  formatRate,
  formatShare,
  notMeasured,
  type Agreement,
  type Cascade,
  type Comparison,
  type FieldComparison,
} from 'registry'
import type { Block } from './blocks.ts'
import { tellLabels } from './tell-labels.ts'
import { interval, namesOf, pointed, type Names } from './tell-figures.ts'

/** A comparison as a person reads it: the headline field in full, the others in one table. Pure. */
export function tellComparison(comparison: Comparison): Block[] {
  const names = namesOf(comparison)
  const headline = comparison.fields.find(({ field }) => field === comparison.items.field) as FieldComparison
  const others = comparison.fields.filter((field) => field !== headline)
  return [
    ...tellRuns(comparison),
    ...tellField(headline, names),
    ...(headline.labels ? tellLabels(headline, names) : []),
    ...tellDifferences(headline, names),
    ...tellRanking(headline, names),
    ...tellReplicates(headline, names),
    ...(others.length > 0 ? tellOthers(others, names) : []),
    ...tellSpeed(comparison),
    ...(comparison.cascade ? tellCascade(comparison, comparison.cascade, headline, names) : []),
    ...tellItems(comparison),
    ...tellMethod(comparison),
  ]
}

function tellRuns({ dataset, runs, forced, warnings }: Comparison): Block[] {
  return [
    {
      heading: `${runs.length} ${runs.length === 1 ? 'run' : 'runs'} on ${dataset.name}, ${formatCount(dataset.count)} items`,
    },
    {
      rows: [['', 'model', 'run'], ...runs.map(({ name, model, run_id: runId }) => [name, model.name, runId])],
      left: [0, 1, 2],
    },
    ...forced.map((reason) => ({ line: `NOT COMPARABLE, forced: ${reason}` })),
    ...warnings.map((warning) => ({ line: `warning: ${warning}` })),
  ]
}

function titleOf({ field, title, type, scale, primary }: FieldComparison): string {
  const kind = scale ? `${type}, ${scale.length} values` : type
  return `${title ?? field} (${primary ? 'primary, ' : ''}${kind})`
}

function tellField(field: FieldComparison, names: Names): Block[] {
  const { runs, items, pairs } = field
  const letters = runs.map(({ run_id: runId }) => names(runId))
  const reasons = [...new Set(runs.flatMap(({ unusable }) => Object.keys(unusable)))]
  const rows = [
    ['verdicts', ...letters],
    ...(field.scale ?? []).map((value) => [value].concat(runs.map(({ values }) => formatCount(values?.[value] ?? 0)))),
    ...(field.scale
      ? []
      : [
          [
            'mean',
            ...runs.map(({ mean }) =>
              mean === null || mean === undefined ? notMeasured : String(Number(mean.toPrecision(4))),
            ),
          ],
        ]),
    ['usable', ...runs.map(({ usable }) => formatCount(usable))],
    ...reasons.map((reason) =>
      [`not usable: ${reason}`].concat(runs.map(({ unusable }) => formatCount(unusable[reason] ?? 0))),
    ),
    ...(runs.length > 2 ? [['against a majority', ...runs.map(({ outliers }) => formatCount(outliers))]] : []),
  ]
  return [
    { heading: titleOf(field) },
    { rows, left: [0] },
    ...unsaid(field, names, 'here'),
    ...(pairs.length === 0
      ? []
      : [
          { line: '' },
          {
            line: `Of ${formatCount(items.total)} items all usable verdicts agree on ${formatCount(items.agree)} and differ on ${formatCount(items.disagree)}; on ${formatCount(items.error)} some run has no usable verdict.`,
          },
          { line: '' },
          { rows: pairTableOf(field, names), left: [0] },
          ...tellDropped(field, names),
          ...tellAlpha(field),
        ]),
  ]
}

/** A run that always says one thing has no say in agreement; worth a line. */
function unsaid({ runs, field }: FieldComparison, names: Names, told: 'here' | 'elsewhere'): Block[] {
  return runs.flatMap(({ run_id: runId, usable, values = {} }) => {
    const [most, count] = Object.entries(values).sort(([, a], [, b]) => b - a)[0] ?? ['', 0]
    return usable > 1 && count / usable >= 0.9
      ? [
          {
            line: `note: ${told === 'here' ? '' : `in ${field} `}${names(runId)} says “${most}” on ${formatCount(count)} of its ${formatCount(usable)} usable items: agreement with it is mostly agreement with that one word`,
          },
        ]
      : []
  })
}

function pairTableOf(field: FieldComparison, names: Names): string[][] {
  const { kappa, ac } = field.statistics
  const head = ['agreement', 'n paired', 'raw %', 'strict %']
  if (kappa) head.push(kappa === 'quadratic' ? 'kappa (quadratic)' : "Cohen's kappa", `Gwet's ${ac}`)
  else head.push('alpha (interval)')
  const rowOf = (label: string, agreement: Agreement) => [
    label,
    formatCount(agreement.paired),
    interval(agreement.raw, formatShare),
    pointed(agreement.strict, formatShare),
    ...(agreement.kappa && agreement.ac
      ? [interval(agreement.kappa, formatCoefficient), interval(agreement.ac, formatCoefficient)]
      : [interval(agreement.alpha, formatCoefficient)]),
  ]
  return [
    head,
    ...field.pairs.flatMap((pair) => {
      const label = `${names(pair.a)}–${names(pair.b)}`
      const same = pair.with_repaired.paired === pair.usable.paired
      return same ? [rowOf(label, pair.usable)] : [rowOf(label, pair.usable), rowOf('  +repaired', pair.with_repaired)]
    }),
  ]
}

function tellDropped({ pairs, items }: FieldComparison, names: Names): Block[] {
  const lines = pairs.flatMap(({ a, b, usable }) => {
    const dropped = Object.entries(usable.dropped).sort(([, one], [, other]) => other - one)
    if (dropped.length === 0) return []
    const count = items.total - usable.paired
    return [
      `${names(a)}–${names(b)}: ${formatCount(count)} dropped (${dropped.map(([reason, one]) => `${formatCount(one)} ${reason}`).join(', ')})`,
    ]
  })
  const repaired = pairs.some(({ usable, with_repaired: more }) => more.paired !== usable.paired)
  return [
    ...(lines.length === 0 ? [{ line: 'Every item is paired: none was dropped.' }] : lines.map((line) => ({ line }))),
    ...(repaired ? [] : [{ line: 'With repaired verdicts: the same, none was repaired.' }]),
  ]
}

function tellAlpha({ all, statistics, runs, pairs }: FieldComparison): Block[] {
  const repaired = pairs.some(({ usable, with_repaired: more }) => more.paired !== usable.paired)
  const more = repaired ? `; with repaired ${interval(all.with_repaired, formatCoefficient)}` : ''
  const undefinedOnes = pairs.some(({ usable }) => usable.kappa?.value === null && usable.paired > 0)
  return [
    {
      line: `Krippendorff's alpha (${statistics.alpha}) over ${runs.length === 2 ? 'both' : `all ${runs.length}`} runs: ${interval(all.usable, formatCoefficient)}${more}`,
    },
    ...(undefinedOnes
      ? [{ line: 'undefined: each of both runs always says one thing, so chance alone explains it' }]
      : []),
    { line: 'Agreement is not correctness: runs may agree on what is wrong.' },
  ]
}

function tellDifferences({ differences }: FieldComparison, names: Names): Block[] {
  if (!differences || differences.pairs.length === 0) return []
  const right = differences.of === 'accuracy' ? 'right' : 'positive'
  return [
    {
      heading: `Difference in ${differences.of} (exact McNemar, Holm over ${differences.pairs.length === 1 ? 'one pair' : `${differences.pairs.length} pairs`})`,
      level: 2,
    },
    {
      rows: [
        ['', 'n', 'points', 'first only', 'second only', 'p', 'p (Holm)', 'at 5 %'],
        ...differences.pairs.map((pair) => [
          `${names(pair.a)}–${names(pair.b)}`,
          formatCount(pair.items),
          pair.difference === null ? notMeasured : formatPoints(pair.difference),
          formatCount(pair.only_a),
          formatCount(pair.only_b),
          formatChance(pair.p),
          formatChance(pair.p_holm),
          pair.p_holm < 0.05 ? 'differ' : 'not shown to differ',
        ]),
      ],
      left: [0, 7],
    },
    { line: `first only: items ${right} in the first run of the pair and not in the second.` },
  ]
}

function tellRanking({ ranking }: FieldComparison, names: Names): Block[] {
  if (!ranking) return []
  const isAccuracy = ranking.by === 'accuracy'
  const score = (value: number) => (isAccuracy ? `${formatShare(value)} %` : formatCoefficient(value))
  return [
    {
      heading: isAccuracy
        ? `Ranking by accuracy, on the ${formatCount(ranking.items)} labelled items usable in all runs`
        : `Ranking by closeness to the other runs (not correctness), on the ${formatCount(ranking.items)} items usable in all`,
      level: 2,
    },
    {
      line: `  ${ranking.runs.map(({ run_id: runId, score: value }) => `${names(runId)} ${score(value)}`).join(', ')}${isAccuracy ? '' : ' (mean distance, 0 is closest)'}`,
    },
    ...ranking.differences.map(({ better, worse, difference }) => {
      const span = isAccuracy ? `${interval(difference, formatPoints)} points` : interval(difference, formatCoefficient)
      const unsure = difference.low !== null && difference.high !== null && difference.low <= 0 && difference.high >= 0
      return {
        line: `  ${names(better)} against ${names(worse)}: ${span}${unsure ? ': the interval holds 0, so the order may be chance' : ''}`,
      }
    }),
  ]
}

function tellReplicates({ replicates }: FieldComparison, names: Names): Block[] {
  if (replicates.length === 0) return []
  return [
    { heading: 'The same model again (how far a run agrees with itself)', level: 2 },
    {
      rows: [
        ['', 'n paired', 'raw %', "Cohen's kappa", 'other run'],
        ...replicates.map(({ run_id: runId, again, usable }) => [
          names(runId),
          formatCount(usable.paired),
          interval(usable.raw, formatShare),
          usable.kappa ? interval(usable.kappa, formatCoefficient) : notMeasured,
          again,
        ]),
      ],
      left: [0, 4],
    },
  ]
}

function tellOthers(fields: readonly FieldComparison[], names: Names): Block[] {
  return [
    { heading: 'Other fields (one in full: --field NAME)' },
    {
      rows: [
        ['field', '', 'n paired', 'raw %', 'strict %', 'kappa', 'AC'],
        ...fields.flatMap(({ field, pairs }) =>
          pairs.map(({ a, b, usable }, place) => [
            place === 0 ? field : '',
            `${names(a)}–${names(b)}`,
            formatCount(usable.paired),
            interval(usable.raw, formatShare),
            pointed(usable.strict, formatShare),
            usable.kappa ? pointed(usable.kappa, formatCoefficient) : notMeasured,
            usable.ac ? pointed(usable.ac, formatCoefficient) : notMeasured,
          ]),
        ),
      ],
      left: [0, 1],
    },
    ...fields.flatMap((field) => unsaid(field, names, 'elsewhere')),
  ]
}

function tellSpeed({ runs, pareto }: Comparison): Block[] {
  const marks = pareto.runs.some(({ on_front: front }) => front !== null)
  const energy = runs.some(({ speed }) => speed.joules_per_1000_rows !== undefined)
  return [
    { heading: 'Speed beside quality' },
    {
      rows: [
        [
          '',
          'req/s',
          'prompt tokens/s',
          'output tokens/s',
          ...(energy ? ['J per 1,000 rows'] : []),
          `${pareto.quality} %`,
          ...(marks ? ['unbeaten'] : []),
        ],
        ...runs.map(({ name, speed }, place) => [
          name,
          formatRate(speed.req_per_sec),
          formatRate(speed.prompt_tokens_per_sec),
          formatRate(speed.output_tokens_per_sec),
          ...(energy
            ? [speed.joules_per_1000_rows === undefined ? notMeasured : formatRate(speed.joules_per_1000_rows)]
            : []),
          quality(pareto.runs[place]?.quality),
          ...(marks ? [pareto.runs[place]?.on_front === true ? 'yes' : 'no'] : []),
        ]),
      ],
      left: [0],
    },
    {
      line: marks
        ? `unbeaten: no other run is as good in ${pareto.quality} of ${pareto.field} and as fast in req/s, and better in one.`
        : `Who is unbeaten can’t be said: ${pareto.not_comparable.length > 0 ? 'the speeds are not comparable' : 'a figure is missing'}.`,
    },
    ...pareto.not_comparable.map((reason) => ({ line: `speeds differ by ${reason}` })),
    ...(pareto.quality === 'accuracy'
      ? []
      : [{ line: 'There are no labels: the share of usable verdicts is no measure of whether they are right.' }]),
    ...(energy ? [] : [{ line: 'Energy: not measured.' }]),
  ]
}

function tellCascade({ runs }: Comparison, cascade: Cascade, field: FieldComparison, names: Names): Block[] {
  const [first, second] = [names(cascade.first), names(cascade.second)]
  const nameOf = (runId: string) => runs.find(({ run_id: id }) => id === runId)?.model.name ?? runId
  const labelled = cascade.steps.some(({ accuracy }) => accuracy)
  const head = [`ask ${second} where ${first} says`, 'asked', `${second}'s ${cascade.cost} %`]
  if (cascade.seconds) head.push(`× ${second}'s time`)
  head.push(`agree with ${second} %`, ...(labelled ? ['accuracy %'] : []), 'at random %', '')
  const rows = cascade.steps.map((step) => [
    describeAsk(step.ask, field.scale ?? [], field.type),
    formatCount(step.asked),
    quality(step.share_of_cost),
    ...(cascade.seconds ? [step.time_of_second === null ? notMeasured : step.time_of_second.toFixed(2)] : []),
    quality(step.agreement),
    ...(labelled ? [quality(step.accuracy?.accuracy)] : []),
    quality(step.at_random),
    step.on_front ? '*' : '',
  ])
  // a value that the first never says asks nothing new
  const told = rows.filter((row, place) => {
    const same = rows.findIndex((other) => other.slice(1).join('|') === row.slice(1).join('|'))
    return same === place || place === rows.length - 1
  })
  const measure = labelled ? 'accuracy' : `agreement with ${second}`
  return [
    {
      heading: `What if ${first} judged all, and ${second} only some? (${nameOf(cascade.first)}, then ${nameOf(cascade.second)})`,
    },
    { rows: [head, ...told], left: [0, head.length - 1] },
    {
      line: `*: better than asking as many at random, and no other row has more ${measure} at the same cost or less.${told.some((row) => row.at(-1) === '*') ? '' : ' None is.'}`,
    },
    {
      line: `Where ${first} has no usable verdict ${second} is always asked. Cost is ${second}'s own ${cascade.cost === 'tokens' ? 'prompt and output tokens' : 'items (its engine counted no tokens)'}${cascade.seconds ? `; time is ${first}'s whole run plus that share of ${second}'s, over ${second}'s alone` : '; times are left out, the speeds are not comparable'}.`,
    },
    { line: 'Chosen and measured on the same items, so the best row looks a little better than it is.' },
  ]
}

function tellItems({ items, runs, dataset }: Comparison): Block[] {
  const withIds = items.listed.some(({ custom_id: id }) => id !== undefined)
  const what = items.filter === undefined ? 'the runs disagree' : `“${items.filter}” holds`
  const shown = items.listed.length
  if (runs.length < 2 && items.filter === undefined) return []
  const heading = { heading: `Items where ${what} on ${items.field}: ${formatCount(items.matching)}` }
  if (shown === 0) return [heading, { line: 'none' }]
  return [
    heading,
    {
      rows: [
        ['#', ...(withIds ? ['custom_id'] : []), 'distance', ...runs.map(({ name }) => name)],
        ...items.listed.map(({ position, custom_id: id, distance, verdicts }) => [
          String(position),
          ...(withIds ? [id ?? ''] : []),
          distance === null ? notMeasured : distance.toFixed(2),
          ...verdicts,
        ]),
      ],
      left: [...(withIds ? [1] : []), ...runs.map((_, place) => place + (withIds ? 3 : 2))],
    },
    ...(shown < items.matching
      ? [{ line: `the ${shown} farthest apart, ties in the dataset’s order; more with --limit N` }]
      : []),
    ...(withIds || dataset.privacy !== 'personal'
      ? []
      : [{ line: 'custom_ids are personal here and left out; # is the place in the dataset' }]),
  ]
}

function tellMethod({ interval: how }: Comparison): Block[] {
  return [
    { line: '' },
    {
      line: `In brackets: 95 % intervals over items; bootstrap of ${formatCount(how.resamples)} (${how.generator}, seed ${how.seed}), for accuracy against labels Wilson. raw: equal of those paired; strict: equal of all items, failures count against. Usable verdicts only, unless “+repaired” is said.`,
    },
  ]
}

function quality(share: number | null | undefined): string {
  return share === null || share === undefined ? notMeasured : formatShare(share)
}
