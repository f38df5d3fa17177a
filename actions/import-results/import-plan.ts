import type { Dataset, KnownFrom, RunOrigin } from 'registry'
import type { Conflict, CountedRows } from './cross-examine.ts'
import type { FoundSource, LeftOutFile } from './find-sources.ts'
import type { SourcePart } from './read-source.ts'
import type { KnownDataset, ProposedDataset } from './recognise-dataset.ts'
import type { ResolvedModel } from './resolve-model.ts'
import type { Claim } from './source-row.ts'

/** One run that an import makes. */
export interface PlannedRun {
  runId: string
  source: FoundSource
  part: SourcePart
  sourceSha256: string
  sourceBytes: number
  /** rows of the source, all of its models together */
  sourceRows: number
  model: ResolvedModel
  dataset: KnownDataset | ProposedDataset
  datasetKnown: boolean
  /** rows named by their position that take the dataset's ids in order */
  renamed?: ReadonlyMap<string, string>
  startedAt: number
  completedAt?: number
  durationSeconds?: number
  vllmVersion?: string
  command?: string
  promptTemplate?: string
  engine?: string
  rubric?: string
  counted: CountedRows
  failure?: { code: string; message: string }
  leftOut: RunOrigin['left_out']
  inputsSha256?: string
  /** the source tells what was asked */
  hasInputs: boolean
  conflicts: Conflict[]
  knownFrom: Record<string, KnownFrom>
  notes: string[]
}

export interface Duplicate {
  file: string
  /** the file or the run that holds the same rows */
  of: string
  inLedger: boolean
  rows: number
}

export interface RefusedFile {
  file: string
  rows: number
  reason: string
}

export interface ImportPlan {
  runs: PlannedRun[]
  duplicates: Duplicate[]
  /** files with rows that can't be imported as they are */
  refused: RefusedFile[]
  leftOut: LeftOutFile[]
  newModels: ResolvedModel[]
  newDatasets: (KnownDataset | ProposedDataset)[]
  notes: string[]
  /** every file with rows, and what is no row in it */
  sources: readonly ReadSourceFile[]
}

/** What a person says of all that is imported. */
export interface GivenFacts {
  model?: string
  dataset?: string
  rubric?: string
  privacy: Dataset['privacy']
}

/** A source with all that was read of it. */
export interface ReadSourceFile {
  source: FoundSource
  shown: string
  sha256: string
  bytes: number
  rows: number
  parts: SourcePart[]
  leftOut: RunOrigin['left_out']
  refused?: string
  positional: boolean
  inputsSha256?: string
  claims: Claim[]
}

export function isProposed(dataset: KnownDataset | ProposedDataset): dataset is ProposedDataset {
  return !('entry' in dataset)
}

/** Rows of a run, told as it will stand in its meta. */
export function rowsOf({ part, leftOut }: Pick<PlannedRun, 'part' | 'leftOut'>): { imported: number; leftOut: number } {
  return { imported: part.customIds.length, leftOut: leftOut.reduce((sum, { rows }) => sum + rows, 0) }
}
