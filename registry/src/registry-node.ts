export { canonicalJson, digestFile, sha256 } from './ledger/digest.ts'
export { extractionSha256, promptSha256, readyMadePromptSha256 } from './ledger/digest-rubric.ts'
export {
  bundlePaths,
  catalogFolders,
  indexPath,
  labelsPathOf,
  lfsAttributes,
  metaPathOf,
  mintRunId,
  policyPath,
  stemOf,
  type BundlePaths,
} from './ledger/layout.ts'
export { listFolder, readCatalog, readOptional, type Catalog } from './ledger/read-catalog.ts'
export { checkPlace, readLedger, readRuns, type Ledger, type LedgerRun } from './ledger/read-ledger.ts'
export { isPointer } from './ledger/is-pointer.ts'
export { readLines, type FileLine } from './ledger/read-lines.ts'
export { readRowAt } from './ledger/read-row-at.ts'
export { readRunColumns, refusePointer, type ReadRun } from './ledger/read-run-columns.ts'
export { readRunColumnsCached } from './ledger/read-run-columns-cached.ts'
export { buildIndex, formatJson } from './ledger/build-index.ts'
export { checkDataset, datasetPath, readItems, scanItems, type DatasetItem } from './ledger/read-items.ts'
export { checkLabel, parseLabels, readLabels, readReferenceLabels } from './ledger/read-labels.ts'
