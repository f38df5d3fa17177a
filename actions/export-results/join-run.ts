import { join } from 'node:path'
import { parseRow, readVerdict, type Dataset, type ParsedRow, type Rubric, type RunMeta, type Verdict } from 'registry'
import { readLines, refusePointer, scanItems } from 'registry/node'

/** One item of a run: what the dataset says of it, and what came of it. */
export interface JoinedItem {
  customId: string
  /** the ordinal in the dataset, from 0; absent where the dataset isn't at hand */
  position?: number
  /** the dataset's line, where it is at hand */
  record?: Record<string, unknown>
  /** absent: the item is missing in the run */
  answer?: {
    row: ParsedRow
    /** absent: no rubric to read it by */
    verdict?: Verdict
  }
}

export interface JoinSource {
  /** the ledger's folder */
  ledger: string
  meta: RunMeta
  /** absent: the run names none, or the catalog doesn't have it */
  rubric?: Rubric
  /** the entry of the dataset the run was made of, where its rows are at hand and are what the entry says */
  dataset?: Dataset
}

/**
 * A run's items one by one in the dataset's order, each with its row and verdict; items without a row too, where the
 * dataset is at hand. Rows and dataset stand in the same order, so both are read once, side by side, and one line of each
 * is held. Lines that are no rows, ids that stand twice, are unknown or out of order go to `problems` as `path:line: …`;
 * rows from the first unknown or misplaced id on come last, without a position.
 * @throws UserError when the rows are a Git LFS pointer or missing
 */
export async function* joinRun(source: JoinSource, problems: string[]): AsyncGenerator<JoinedItem> {
  const { ledger, meta, dataset } = source
  await refusePointer(ledger, meta.files.results)
  const answers = readAnswers(source, problems)
  if (dataset === undefined) {
    for await (const { customId, answer } of answers) yield { customId, answer }
    return
  }
  let next = await answers.next()
  let position = -1
  for await (const item of scanItems(ledger, dataset)) {
    // told when the dataset was checked
    if (item.problem !== undefined) continue
    position++
    const { customId, record } = item
    if (next.done !== true && next.value.customId === customId) {
      yield { customId, position, record, answer: next.value.answer }
      next = await answers.next()
    } else yield { customId, position, record }
  }
  let first: number | undefined
  let left = 0
  for (; next.done !== true; next = await answers.next()) {
    first ??= next.value.line
    left++
    yield { customId: next.value.customId, answer: next.value.answer }
  }
  if (first !== undefined)
    problems.push(
      `${meta.files.results}:${first}: its custom_id is not in ${meta.dataset.name}, or stands out of the dataset’s order; ${left} rows from here on have no position: restore the file with git checkout`,
    )
}

interface Answer {
  customId: string
  line: number
  answer: NonNullable<JoinedItem['answer']>
}

async function* readAnswers(
  { ledger, meta, rubric }: JoinSource,
  problems: string[],
): AsyncGenerator<Answer, undefined> {
  const path = meta.files.results
  const seen = new Map<string, number>()
  for await (const line of readLines(join(ledger, path))) {
    const { row, problem } = parseRow(line.text)
    if (row === undefined) {
      problems.push(`${path}:${line.number}: ${problem}`)
      continue
    }
    const earlier = seen.get(row.customId)
    if (earlier !== undefined) {
      problems.push(`${path}:${line.number}: the custom_id stands in line ${earlier} too`)
      continue
    }
    seen.set(row.customId, line.number)
    const verdict = rubric === undefined ? {} : { verdict: readVerdict(row, rubric) }
    yield { customId: row.customId, line: line.number, answer: { row, ...verdict } }
  }
  return undefined
}
