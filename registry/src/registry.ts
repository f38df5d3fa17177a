export { UserError } from './user-error.ts'
export { modelSchema, type Model, type Weights } from './formats/model.ts'
export { engineArgNames, engineArgsSchema, refuseEngineArg, type EngineArgs } from './formats/engine-args.ts'
export { datasetSchema, type Dataset } from './formats/dataset.ts'
export { rubricSchema, type Rubric, type Field } from './formats/rubric.ts'
export { labelSchema, type Label } from './formats/label.ts'
export { policySchema, type Policy } from './formats/policy.ts'
export { rowSchema, batchRequestSchema, type Row, type BatchRequest } from './formats/row.ts'
export {
  runMetaSchema,
  statusSchema,
  type ErrorCause,
  type KnownFrom,
  type RunMeta,
  type RunOrigin,
  type RunStatus,
} from './formats/run-meta.ts'
export { ledgerIndexSchema, type LedgerIndex } from './formats/ledger-index.ts'
export { idSchema, slugSchema } from './formats/primitives.ts'
export { readPointer } from './formats/json-pointer.ts'
export { parseYaml, type Parsed } from './formats/parse-yaml.ts'
export { parseJson } from './formats/parse-json.ts'
export { describeJsonError } from './formats/describe-json-error.ts'
export { parseRow, readRow, type ParsedRow, type RowResult } from './rows/parse-row.ts'
export { RowCounter, round, withholdMessage, type CountedCause } from './rows/count-rows.ts'
export {
  formatBytes,
  formatChance,
  formatCoefficient,
  formatCount,
  formatDuration,
  formatPercent,
  formatPoints,
  formatRate,
  formatShare,
  formatTime,
  notMeasured,
} from './figures/format-figures.ts'
export { maskMessage } from './privacy/mask-message.ts'
export { escapeMarkdown } from './privacy/escape-markdown.ts'
export { formatCsvLine, type CsvCell } from './privacy/format-csv-line.ts'
export { neutraliseLog } from './privacy/neutralise-log.ts'
export {
  compilePrompt,
  fillTexts,
  renderCriteria,
  renderMessages,
  splitPrompt,
  type ChatMessage,
} from './rubrics/render-request.ts'
export {
  isUsable,
  parserVersion,
  readField,
  readVerdict,
  verdictStatuses,
  type FieldVerdict,
  type Verdict,
  type VerdictStatus,
  type VerdictValue,
} from './verdicts/read-verdict.ts'
export { describeRepairs } from './verdicts/describe-repairs.ts'
export { ColumnsBuilder, scaleOf, type FieldColumn, type RunColumns } from './columns/run-columns.ts'
export { judgeItem, type ItemJudgement, type Say } from './agreement/judge-item.ts'
export { rawAgreement, type RawAgreement } from './figures/raw-agreement.ts'
export { bootstrap, bootstrapSettings, type Figure } from './agreement/bootstrap.ts'
export { drawBinomial } from './agreement/draw-counts.ts'
export { jointPatterns, type JointPatterns } from './agreement/joint-patterns.ts'
export { alphaOfSamples, krippendorffAlpha, unitsOf, type Metric } from './agreement/krippendorff-alpha.ts'
export { cohenKappa, countEqual, gwetAc } from './agreement/pair-figures.ts'
export { pairTable, tableOf, uprightTable } from './agreement/pair-table.ts'
export { quantile } from './agreement/quantile.ts'
export { seedRandom, type Random } from './agreement/random.ts'
export { adjustHolm, exactMcNemar, wilson95 } from './agreement/significance.ts'
export { alignRun, type AlignedRun } from './figures/aligned-run.ts'
export { agreeTwo } from './figures/agree-pair.ts'
export { describeAsk, sumCascade } from './figures/cascade.ts'
export { countConfusion } from './figures/count-confusion.ts'
export { checkComparable, type Comparability } from './figures/check-comparable.ts'
export { compareField } from './figures/compare-field.ts'
export { codeField, valueOf, type ComparedField, type FieldCodes } from './figures/field-codes.ts'
export { countItems, judgeItems, rankItems, type JudgedItems } from './figures/judge-items.ts'
export { gatherLabels, labelledPositions, type Reference } from './figures/label-figures.ts'
export {
  addReplicate,
  cascadeOfRuns,
  drawFront,
  figureField,
  headlineOf,
  type AlignedSelection,
  type FiguredField,
} from './figures/compare-aligned.ts'
export { paretoFront } from './figures/pareto.ts'
export { describeComparedRun, findReplicates, tellIncomplete, type FiguredRun } from './figures/compared-run.ts'
export { counts, missingStatus, statusName, type AlignedField } from './figures/aligned-run.ts'
export {
  comparisonSchema,
  type Accuracy,
  type Agreement,
  type Cascade,
  type ComparedRun,
  type Comparison,
  type Differences,
  type FieldComparison,
  type LabelFigures,
  type ListedItem,
  type Pareto,
  type Ranking,
  type ShownItem,
} from './formats/comparison.ts'
