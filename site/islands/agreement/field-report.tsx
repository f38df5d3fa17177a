import type { VNode } from 'preact'
import { bootstrapSettings, formatCount } from 'registry'
import { AgreementMatrix } from './agreement-matrix.tsx'
import { hasRepairs, kindOf, titleOf, type AgreementView } from './agreement-view.ts'
import { CascadeReport } from './cascade-report.tsx'
import { ConfusionTables } from './confusion-tables.tsx'
import type { FigureName } from './figure-notes.ts'
import { whyNoAlpha } from './fields-table.tsx'
import { IntervalBar } from './interval-bar.tsx'
import { LabelsReport } from './labels-report.tsx'
import { PairsTable } from './pairs-table.tsx'
import { ParetoReport } from './pareto-report.tsx'
import { DifferencesReport, RankingReport } from './ranking-report.tsx'
import { ReplicatesTable } from './replicates-table.tsx'
import { ReportSection } from './report-section.tsx'
import { spellCoefficient, spellInterval } from './spell-figures.ts'
import { tellOneSided, VerdictTable } from './verdict-table.tsx'

/** Everything about one field: the same in the built page and for runs the reader chose. */
export function FieldReport(view: AgreementView) {
  const { figures, set } = view
  const { comparison } = set
  const several = figures.runs.length > 1
  const sections = sectionsOf(view)
  return (
    <article class="field-report" aria-labelledby="field-title" data-field={comparison.field}>
      <h2 id="field-title">
        {titleOf(set)} <span class="kind">{kindOf(set)}</span>
      </h2>
      {several && <Headline {...view} />}
      <ul class="contents" aria-label="On this page">
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
      {sections.map(({ content, ...section }) => (
        <ReportSection key={section.id} {...section}>
          {content}
        </ReportSection>
      ))}
      <p class="note-line method">
        Intervals are 95 %: a percentile bootstrap of {formatCount(bootstrapSettings.resamples)} over items (
        {bootstrapSettings.generator}, seed {bootstrapSettings.seed}, quantiles {bootstrapSettings.quantiles}), for
        accuracy Wilson’s. The same figures as <code>batchledger compare --json</code>.
      </p>
    </article>
  )
}

interface Section {
  id: string
  title: string
  notes: readonly FigureName[]
  content: VNode
}

/** The parts there is something to say in, in their order. */
function sectionsOf(view: AgreementView): Section[] {
  const { figures, set } = view
  const { labels, ranking, differences, statistics, replicates } = set.comparison
  const several = figures.runs.length > 1
  const kappa: FigureName[] = !statistics.kappa
    ? []
    : statistics.kappa === 'quadratic'
      ? ['weightedKappa', 'ac2']
      : ['kappa', 'ac1']
  const parts: (Section | false | undefined)[] = [
    several && {
      id: 'matrix',
      title: 'Run against run',
      notes: ['raw', 'strict', ...kappa, 'alpha', 'interval'],
      content: (
        <div class="beside">
          <AgreementMatrix {...view} />
          <PairsTable {...view} />
        </div>
      ),
    },
    several &&
      set.confusion.length > 0 && {
        id: 'confusion',
        title: 'Where they differ',
        notes: ['raw'],
        content: (
          <>
            <p class="note-line">
              A row is what the first run says, a column what the second says of the same items; outlined cells are
              agreement.
              {view.dataset !== undefined && ' A number leads to its items.'}
            </p>
            <ConfusionTables {...view} />
          </>
        ),
      },
    {
      id: 'verdicts',
      title: 'What each run says',
      notes: ['strict'],
      content: (
        <>
          <VerdictTable {...view} />
          <ul class="lines">
            {tellOneSided(view).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      ),
    },
    labels && {
      id: 'labels',
      title: 'Against labels',
      notes: ['accuracy'],
      content: <LabelsReport {...view} labels={labels} />,
    },
    ranking && {
      id: 'ranking',
      title: ranking.by === 'accuracy' ? 'Ranking by accuracy' : 'Ranking by closeness',
      notes: ['ranking', 'interval'],
      content: <RankingReport {...view} ranking={ranking} />,
    },
    differences &&
      differences.pairs.length > 0 && {
        id: 'differences',
        title: 'Differences between runs',
        notes: ['mcnemar', 'holm'],
        content: <DifferencesReport {...view} differences={differences} />,
      },
    {
      id: 'pareto',
      title: 'Speed and quality',
      notes: labels ? ['pareto', 'accuracy'] : ['pareto'],
      content: <ParetoReport {...view} />,
    },
    set.cascades.length > 0 && {
      id: 'cascade',
      title: 'Asking a second model only where it matters',
      notes: ['cascade', 'pareto'],
      content: <CascadeReport {...view} />,
    },
    replicates.length > 0 && {
      id: 'replicates',
      title: 'The same model again',
      notes: ['raw', 'interval'],
      content: <ReplicatesTable {...view} />,
    },
  ]
  return parts.filter((part): part is Section => Boolean(part))
}

function Headline({ figures, set }: AgreementView) {
  const { items, all, statistics } = set.comparison
  const { value } = all.usable
  const more = all.with_repaired
  return (
    <>
      <p>
        Of {formatCount(items.total)} items all usable verdicts agree on <b>{formatCount(items.agree)}</b> and differ on{' '}
        <b>{formatCount(items.disagree)}</b>; on <b>{formatCount(items.error)}</b> some run has no usable verdict.
        Agreement is not correctness: runs may agree on what is wrong.
      </p>
      <dl class="figures">
        <div>
          <dt>
            Krippendorff’s alpha ({statistics.alpha}) over{' '}
            {figures.runs.length === 2 ? 'both' : `all ${figures.runs.length}`} runs
          </dt>
          <dd>
            {value === null ? <span class="none">{whyNoAlpha(set)}</span> : spellCoefficient(value)}
            {value !== null && <span class="range">{spellInterval(all.usable, spellCoefficient)}</span>}
            <IntervalBar {...all.usable} from={-1} to={1} />
          </dd>
        </div>
        <div>
          <dt>with repaired verdicts</dt>
          <dd>
            {!hasRepairs(set) ? (
              <span class="none">the same, none was repaired</span>
            ) : more.value === null ? (
              <span class="none">{whyNoAlpha(set)}</span>
            ) : (
              <>
                {spellCoefficient(more.value)}
                <span class="range">{spellInterval(more, spellCoefficient)}</span>
                <IntervalBar {...more} from={-1} to={1} />
              </>
            )}
          </dd>
        </div>
      </dl>
    </>
  )
}
