import { encodeText } from '../../data/encode-text.ts'
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { AgreementFigures } from '../../data/agreement-data.ts'
import type { CompareIndex } from '../../data/compare-data.ts'
import { makeVisible } from '../../data/make-visible.ts'
import type { DataSource } from '../data-source.ts'
import { readAddress, writeAddress, type AgreementAddress } from './agreement-address.ts'
import { ChosenRuns } from './chosen-runs.tsx'
import { FieldReport } from './field-report.tsx'
import { FieldsTable } from './fields-table.tsx'
import { RunChooser } from './run-chooser.tsx'
import { useFigures, type FiguresState } from './use-figures.ts'

export interface AgreementPlace {
  /** the site's root as a whole address */
  root: string
  /** the dataset's page name and id */
  page: string
  dataset: string
  /** run ids whose figures the built page holds */
  built: readonly string[]
  /** the field it shows */
  field: string
  /** what the build drew; hidden while other runs are shown */
  drawn: HTMLElement
  source: DataSource
}

/** Other runs than the built page's: chosen here, figured in a worker, shown in the built page's place. */
export function AgreementApp(place: AgreementPlace) {
  const { root, page, built, drawn, source } = place
  const [address, go] = useAddress()
  const asked = address.runs
  const isBuilt =
    asked === undefined || (asked.length === built.length && asked.every((runId) => built.includes(runId)))
  const [open, setOpen] = useState(!isBuilt)
  const { index, fault } = useIndex(source, page, open)
  const [ticked, setTicked] = useState<readonly string[]>(asked ?? built)
  const { state, cancel, retry } = useFigures({ root, page }, isBuilt || asked.length === 0 ? undefined : asked)
  useEffect(() => {
    drawn.hidden = !isBuilt
  }, [drawn, isBuilt])
  useEffect(() => {
    // the built page of that field is there already
    if (isBuilt && address.field !== undefined && address.field !== place.field)
      location.replace(`${root}datasets/${page}/agreement/${encodeText(address.field)}/`)
  }, [isBuilt, address.field, place.field, root, page])
  return (
    <>
      <details class="choose" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Compare other runs</summary>
        {fault !== undefined && (
          <p class="notice bad" role="alert">
            The list of runs can’t be read: {fault}
          </p>
        )}
        {open && index === undefined && fault === undefined && <p class="empty">Loading…</p>}
        {index && (
          <RunChooser
            root={root}
            index={index}
            ticked={ticked}
            setTicked={setTicked}
            shown={asked ?? built}
            compare={(runs) => go({ runs, field: address.field })}
          />
        )}
      </details>
      {!isBuilt && (
        <p class="note-line">
          These are runs you chose. <a href="?">Back to the newest run of each model</a>
        </p>
      )}
      <Progress state={state} cancel={cancel} retry={retry} />
      {state.kind === 'figures' && <Figures {...place} figures={state.figures} address={address} go={go} />}
    </>
  )
}

function Progress({ state, cancel, retry }: { state: FiguresState; cancel: () => void; retry: () => void }) {
  return (
    <div role="status" class="working">
      {state.kind === 'working' && (
        <p>
          <progress value={state.done} max={state.of} aria-label="Comparing" /> Comparing: {state.text}{' '}
          <button type="button" onClick={cancel}>
            Cancel
          </button>
        </p>
      )}
      {state.kind === 'cancelled' && (
        <p class="notice">
          Cancelled.{' '}
          <button type="button" onClick={retry}>
            Compare after all
          </button>
        </p>
      )}
      {state.kind === 'fault' && (
        <p class="notice bad">
          The runs can’t be compared: {makeVisible(state.message)}{' '}
          <button type="button" onClick={retry}>
            Try again
          </button>
        </p>
      )}
    </div>
  )
}

function Figures({
  root,
  dataset,
  figures,
  address,
  go,
}: Pick<AgreementPlace, 'root' | 'dataset'> & {
  figures: AgreementFigures
  address: AgreementAddress
  go: (address: AgreementAddress) => void
}) {
  const set = figures.fields.find(({ comparison }) => comparison.field === address.field) ?? figures.fields[0]
  if (!set) return <p class="empty">These runs have no field that could be compared.</p>
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-field]') : null
    const field = link?.dataset['field']
    if (field === undefined || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go({ runs: address.runs, field })
  }
  return (
    // keys reach the links themselves: this only spares a reload
    <div class="own-figures" onClick={follow}>
      <ChosenRuns figures={figures} root={root} />
      <FieldsTable
        figures={figures}
        current={set.comparison.field}
        hrefOf={({ comparison }) => writeAddress({ runs: address.runs, field: comparison.field })}
      />
      <FieldReport key={set.comparison.field} figures={figures} set={set} root={root} dataset={dataset} />
    </div>
  )
}

function useAddress(): [AgreementAddress, (address: AgreementAddress) => void] {
  const [address, setAddress] = useState(() => readAddress(location.search))
  useEffect(() => {
    const goBack = () => setAddress(readAddress(location.search))
    addEventListener('popstate', goBack)
    return () => removeEventListener('popstate', goBack)
  }, [])
  const go = useCallback((next: AgreementAddress) => {
    history.pushState(null, '', writeAddress(next))
    setAddress(next)
  }, [])
  return [address, go]
}

function useIndex(source: DataSource, page: string, wanted: boolean): { index?: CompareIndex; fault?: string } {
  const [found, setFound] = useState<{ index?: CompareIndex; fault?: string }>({})
  useEffect(() => {
    if (!wanted) return undefined
    let current = true
    source.index(page).then(
      (index) => current && setFound({ index }),
      (error: Error) => current && setFound({ fault: error.message }),
    )
    return () => {
      current = false
    }
  }, [source, page, wanted])
  return found
}
