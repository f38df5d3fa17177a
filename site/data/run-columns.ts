/** The columns of the table of runs, in their order. */
export const runColumns: readonly RunColumn[] = [
  { key: 'model', label: 'Model' },
  { key: 'status', label: 'Status' },
  { key: 'dataset', label: 'Dataset and rubric' },
  { key: 'items', label: 'Items', isFigure: true, down: true },
  { key: 'success', label: 'Success', isFigure: true, down: true },
  { key: 'usable', label: 'Usable', isFigure: true, down: true },
  { key: 'rate', label: 'req/s', isFigure: true, down: true },
  { key: 'prompt', label: 'Prompt tokens/s', isFigure: true, down: true },
  { key: 'output', label: 'Output tokens/s', isFigure: true, down: true },
  { key: 'duration', label: 'Duration', isFigure: true, down: true },
  { key: 'started', label: 'Started', down: true },
  { key: 'hardware', label: 'Hardware and engine' },
  { key: 'source', label: 'Source' },
]

export interface RunColumn {
  /** its name in the address */
  key: string
  label: string
  isFigure?: boolean
  /** its first click puts the largest first */
  down?: boolean
}
