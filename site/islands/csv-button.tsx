import { useEffect, useRef, useState } from 'preact/hooks'
import { makeVisible } from '../data/make-visible.ts'
import type { DataSource } from './data-source.ts'
import { downloadFile } from './download-file.ts'
import { loadHeadsOf } from './use-heads.ts'
import type { Selection } from './use-selection.ts'
import { linesAPart, writeCsv } from './write-csv.ts'

interface Props {
  source: DataSource
  selection: Selection
  /** id of the dataset, for the file's name */
  dataset: string
  shown: Uint32Array
}

/** Saves the shown items as a CSV file; a long list is written piece by piece and can be stopped. */
export function CsvButton({ source, selection, dataset, shown }: Props) {
  const [share, setShare] = useState<number>()
  const [fault, setFault] = useState<string>()
  const stop = useRef<AbortController | undefined>(undefined)
  useEffect(() => () => stop.current?.abort(), [])
  const save = async () => {
    const controller = new AbortController()
    stop.current = controller
    setShare(0)
    setFault(undefined)
    const { items, runs, data, fields } = selection
    const parts: string[] = []
    try {
      const lines = writeCsv(
        {
          fields,
          runs: runs.map(({ runId }, place) => ({ runId, fields: data[place]?.fields ?? new Map() })),
          headOf: (position) => source.head(items, position),
          loadHeads: (positions) => loadHeadsOf(source, items, positions),
        },
        shown,
        controller.signal,
      )
      for await (const part of lines) {
        parts.push(part)
        setShare(Math.min(1, (parts.length * linesAPart) / shown.length))
      }
      const name = `${dataset}-${shown.length}-items.csv`.replaceAll(/[^\w.-]/g, '_')
      // a byte order mark, without which spreadsheets take the text for another encoding
      downloadFile(name, ['\uFEFF', ...parts], 'text/csv;charset=utf-8')
    } catch (error) {
      if (!controller.signal.aborted) setFault((error as Error).message)
    }
    setShare(undefined)
  }
  if (share !== undefined)
    return (
      <button type="button" class="csv" onClick={() => stop.current?.abort()}>
        Stop the CSV ({Math.round(share * 100)} %)
      </button>
    )
  return (
    <>
      <button type="button" class="csv" disabled={shown.length === 0} onClick={() => void save()}>
        Save as CSV
      </button>
      {fault !== undefined && <span role="alert">The CSV can’t be written: {makeVisible(fault)}</span>}
    </>
  )
}
