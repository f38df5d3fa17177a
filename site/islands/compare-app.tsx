import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import type { CompareIndex } from '../data/compare-data.ts'
import { makeVisible } from '../data/make-visible.ts'
import { Judging } from './adjudication/judging.tsx'
import { CompareItems } from './compare-items.tsx'
import { movePair, type CompareState } from './compare-state.ts'
import type { DataSource } from './data-source.ts'
import { DatasetTabs } from './dataset-tabs.tsx'
import { resolveChoice } from './resolve-choice.ts'
import { RunPicker } from './run-picker.tsx'
import { useAddress, type Update } from './use-address.ts'
import { useSelection } from './use-selection.ts'

interface Props {
  source: DataSource
  /** the way to the site's root */
  root: string
  /** the ledger's name, which labels are kept under */
  ledger: string
  /** id → page name of every dataset that has runs */
  datasets: ReadonlyMap<string, string>
  /** the one to take when the address names none */
  only: string | undefined
}

export function CompareApp({ source, root, ledger, datasets, only }: Props) {
  const [state, update] = useAddress(only)
  const page = state.dataset === undefined ? undefined : datasets.get(state.dataset)
  const [index, fault] = useIndex(source, page)
  if (page === undefined)
    return (
      <>
        <h1>Compare</h1>
        <p class="notice bad" role="alert">
          There is no dataset {makeVisible(state.dataset ?? '')} with runs here. <a href="?">Choose another</a>.
        </p>
      </>
    )
  return (
    <>
      <nav class="path" aria-label="Breadcrumb">
        <ol>
          <li>
            <a href={`${root}datasets/`}>Datasets</a>
          </li>
          <li>
            <a href={`${root}datasets/${page}/`}>{makeVisible(state.dataset ?? '')}</a>
          </li>
          <li>
            <span aria-current="page">Compare</span>
          </li>
        </ol>
      </nav>
      <h1>Compare: {makeVisible(index?.dataset.title ?? state.dataset ?? '')}</h1>
      {fault !== undefined && (
        <p class="notice bad" role="alert">
          The list of runs can’t be read: {fault}
        </p>
      )}
      {index === undefined ? (
        fault === undefined && <p class="empty">Loading…</p>
      ) : state.mode ? (
        <Judging
          source={source}
          ledger={ledger}
          index={index}
          runs={state.runs}
          walk={{ mode: state.mode, field: state.only ? state.field : undefined }}
          leave={() => update({ mode: undefined }, true)}
        />
      ) : (
        <Comparison source={source} root={root} ledger={ledger} index={index} state={state} update={update} />
      )}
    </>
  )
}

function Comparison({
  source,
  root,
  ledger,
  index,
  state,
  update,
}: Pick<Props, 'source' | 'root' | 'ledger'> & { index: CompareIndex; state: CompareState; update: Update }) {
  const choice = useMemo(() => resolveChoice(index, state.runs), [index, state.runs])
  const { selection, fault, loading } = useSelection(source, index, choice.runs)
  const toggle = useCallback(
    (runId: string) => {
      const chosen = new Set(choice.runs.map((run) => run.runId))
      if (!chosen.delete(runId)) {
        if (choice.blocked.has(runId)) return
        chosen.add(runId)
      }
      const runs = index.runs.map((run) => run.runId).filter((id) => chosen.has(id))
      const before = choice.runs.map((run) => run.runId)
      update({ runs, pair: movePair(state.pair, before, runs) })
    },
    [choice, index, update, state.pair],
  )
  useEffect(() => {
    document.title = `Compare: ${makeVisible(index.dataset.title)}`
  }, [index])
  const chosen = choice.runs.map(({ runId }) => runId)
  return (
    <>
      <DatasetTabs
        dataset={index.dataset}
        root={root}
        at="compare"
        runs={chosen}
        usual={chosen.length === 0 || isSame(chosen, index.preselected)}
        canCompare
      />
      {index.problem !== undefined && <p class="notice bad">Nothing to compare: {makeVisible(index.problem)}</p>}
      <RunPicker root={root} index={index} choice={choice} toggle={toggle} />
      {choice.refused.length > 0 && (
        <div class="notice" role="status">
          Left out:
          <ul>
            {choice.refused.map((line) => (
              <li key={line}>{makeVisible(line)}</li>
            ))}
          </ul>
        </div>
      )}
      {fault !== undefined && (
        <p class="notice bad" role="alert">
          The rows can’t be read: {fault}
        </p>
      )}
      {choice.runs.length === 0 && index.problem === undefined && (
        <p class="empty">Tick at least two runs to see where they agree; with one, its verdicts are listed.</p>
      )}
      {loading && selection === undefined && <p class="empty">Loading…</p>}
      {selection !== undefined && choice.runs.length > 0 && (
        <CompareItems
          source={source}
          ledger={ledger}
          index={index}
          selection={selection}
          state={state}
          update={update}
          toggle={toggle}
          busy={loading}
        />
      )}
    </>
  )
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each))
}

function useIndex(source: DataSource, page: string | undefined): [CompareIndex | undefined, string | undefined] {
  const [found, setFound] = useState<{ index?: CompareIndex; fault?: string }>({})
  useEffect(() => {
    let current = true
    if (page !== undefined)
      source.index(page).then(
        (index) => current && setFound({ index }),
        (error: Error) => current && setFound({ fault: error.message }),
      )
    return () => {
      current = false
    }
  }, [source, page])
  return [found.index, found.fault]
}
