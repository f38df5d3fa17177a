import { verdictStatuses, type Agreement, type FieldComparison } from 'registry'
import type { AgreementFigures, FigureSet } from './agreement-data.ts'

/** Below so many items a figure over personal data is close to saying what was judged of one of them. */
const fewestPersonal = 20

const statuses = new Set<string>([...verdictStatuses, 'missing'])

/**
 * Aggregate agreement as the public build may show it, member by member; words are redactAgreement's. Of personal data coefficients with their intervals and n only, over
 * at least 20 items: no confusion table, no counts by value, no cascade, whose small cells speak of single people. Pure.
 */
export function allowFigures(figures: AgreementFigures, personal: boolean): AgreementFigures | undefined {
  if (personal && figures.count < fewestPersonal) return undefined
  return {
    count: figures.count,
    warnings: [...figures.warnings],
    incomplete: [...figures.incomplete],
    speedProblems: [...figures.speedProblems],
    runs: figures.runs.map(({ run_id, name, model, rubric, status, started_at, speed }) => ({
      run_id,
      name,
      model: { slug: model.slug, name: model.name },
      rubric,
      status,
      started_at,
      speed: Object.fromEntries(Object.entries(speed).filter(([, value]) => typeof value === 'number')) as typeof speed,
    })),
    fields: figures.fields.map((field) => redactField(field, personal)),
  }
}

function redactField({ comparison, confusion, cascades }: FigureSet, personal: boolean): FigureSet {
  const told = redactComparison(comparison, personal)
  if (personal) return { comparison: told, confusion: [], cascades: [] }
  return {
    comparison: told,
    confusion: confusion.map((table) => table.map((row) => row.map(Number))),
    cascades: structuredClone(cascades),
  }
}

function redactComparison(of: FieldComparison, personal: boolean): FieldComparison {
  const pairsOf = (pairs: FieldComparison['pairs']) =>
    pairs
      .filter(({ usable }) => !personal || usable.paired >= fewestPersonal)
      .map(({ a, b, usable, with_repaired }) => ({
        a,
        b,
        usable: agreementOf(usable),
        with_repaired: agreementOf(with_repaired),
      }))
  return {
    field: of.field,
    ...(of.title === undefined ? {} : { title: of.title }),
    primary: of.primary,
    type: of.type,
    ...(of.scale ? { scale: [...of.scale] } : {}),
    ...(of.tolerance === undefined ? {} : { tolerance: of.tolerance }),
    statistics: { ...of.statistics },
    runs: of.runs.map(({ run_id, usable, repaired, unusable, values, mean, outliers }) => ({
      run_id,
      usable,
      repaired,
      unusable: byStatus(unusable),
      ...(personal || !values ? {} : { values: { ...values } }),
      ...(personal || mean === undefined ? {} : { mean }),
      outliers,
    })),
    items: { ...of.items },
    all: { usable: { ...of.all.usable }, with_repaired: { ...of.all.with_repaired } },
    pairs: pairsOf(of.pairs),
    ...(of.ranking && (!personal || of.ranking.items >= fewestPersonal)
      ? { ranking: structuredClone(of.ranking) }
      : {}),
    ...(of.differences && !personal ? { differences: structuredClone(of.differences) } : {}),
    ...(of.labels && (!personal || of.labels.labelled >= fewestPersonal)
      ? { labels: redactLabels(of.labels, personal) }
      : {}),
    replicates: of.replicates
      .filter(({ usable }) => !personal || usable.paired >= fewestPersonal)
      .map(({ run_id, again, usable, with_repaired }) => ({
        run_id,
        again,
        usable: agreementOf(usable),
        with_repaired: agreementOf(with_repaired),
      })),
  }
}

type Labels = NonNullable<FieldComparison['labels']>

function redactLabels(labels: Labels, personal: boolean): Labels {
  return {
    raters: [...labels.raters],
    labelled: labels.labelled,
    by_disagreement: labels.by_disagreement,
    ...(labels.commonest && !personal ? { commonest: { ...labels.commonest } } : {}),
    split: labels.split,
    other_prompt: labels.other_prompt,
    runs: labels.runs.map(({ run_id, usable, with_repaired, by_disagreement }) => ({
      run_id,
      usable: { ...usable },
      with_repaired: { ...with_repaired },
      by_disagreement: personal ? { labelled: 0, correct: 0 } : { ...by_disagreement },
    })),
    ceiling: labels.ceiling
      .filter(({ agreement }) => !personal || agreement.paired >= fewestPersonal)
      .map(({ raters: [one, other], agreement }) => ({
        raters: [one, other] as [string, string],
        agreement: agreementOf(agreement),
      })),
  }
}

/** Numbers and what made items drop out, and nothing that could be added beside them. */
function agreementOf(of: Agreement): Agreement {
  const { paired, dropped, equal, raw, strict, kappa, ac, alpha, distance } = of
  return {
    paired,
    dropped: byStatus(dropped),
    equal,
    raw: { ...raw },
    strict: { ...strict },
    ...(kappa ? { kappa: { ...kappa } } : {}),
    ...(ac ? { ac: { ...ac } } : {}),
    alpha: { ...alpha },
    distance,
  }
}

function byStatus(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([status]) => statuses.has(status)))
}
