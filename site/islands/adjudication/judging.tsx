import { useEffect } from 'preact/hooks'
import type { CompareIndex } from '../../data/compare-data.ts'
import { makeVisible } from '../../data/make-visible.ts'
import type { DataSource } from '../data-source.ts'
import { resolveChoice } from '../resolve-choice.ts'
import { BlindWalk } from './blind-walk.tsx'
import { useLabels } from './use-labels.ts'
import type { Walk } from './walk-mode.ts'

interface Props {
  source: DataSource
  /** the ledger's name */
  ledger: string
  index: CompareIndex
  /** the runs that the comparison has ticked: they say which prompt is judged */
  runs: readonly string[] | undefined
  walk: Walk
  leave: () => void
}

/** The compare page while someone judges with the models hidden. */
export function Judging({ source, ledger, index, runs, walk, leave }: Props) {
  const set = index.sets[resolveChoice(index, runs).runs[0]?.set ?? -1]
  const labels = useLabels(ledger, index.dataset.id, set?.promptSha256)
  useEffect(() => {
    document.title = `Judge: ${makeVisible(index.dataset.title)}`
  }, [index])
  if (set?.items === undefined || labels === undefined || set.note !== undefined)
    return (
      <p class="notice bad">
        Nothing can be judged here:{' '}
        {makeVisible(
          set?.note ??
            set?.problem ??
            (set ? 'these runs don’t record their prompt' : 'no run of this dataset is ticked'),
        )}
        .{' '}
        <button type="button" onClick={leave}>
          Back to the comparison
        </button>
      </p>
    )
  return <BlindWalk source={source} set={set} items={set.items} labels={labels} walk={walk} leave={leave} />
}
