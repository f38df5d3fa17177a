import { cp } from 'node:fs/promises'
import type { RunMeta } from 'registry'
import { startVllmProtocolServer } from '../servers/vllm-protocol-server.ts'
import { runTestBatch } from './run-test-batch.ts'
import { writeDataset, type TestLedger } from './write-ledger.ts'

const says = (value: string, reasoning: string) => JSON.stringify({ recommendation: { value, reasoning } })

/** Ids, titles and answers that would act somewhere, if anything took them for more than text. */
export const hostileItems = [
  { id: '=cmd()', title: '=HYPERLINK("http://x","y")', answer: says('Yes', '=1+1') },
  { id: '@SUM(1)', title: '+1', answer: says('No', '-2+3') },
  { id: '__proto__', title: 'a,"b";c', answer: says('Maybe', '\tindented\r\nand more') },
  { id: '-1', title: 'nul \0 inside', answer: says('Yes', 'nul \0 inside') },
  { id: 'emoji 🙂', title: '🙂 👩‍🔬', answer: says('Strong Yes', 'half a pair: \uD83D') },
  { id: "it's; DROP TABLE rows", title: '<script>alert(1)</script>', answer: says('Strong No', '::set-env name=A::b') },
  { id: 'long', title: 'one megabyte', answer: says('Yes', 'x'.repeat(1_000_000)) },
  { id: 'case', title: 'needs a repair', answer: says('yes', 'lower case') },
  { id: 'prose', title: 'no verdict', answer: "=cmd|'/C calc'!A0" },
  { id: 'refused', title: 'an error', answer: undefined },
] as const

/** The row that gets no answer. */
export const refusal = '=the engine refuses'

/** A real run of `tiny` over `hostile`, its bundle laid into results/; the dataset names title and facet of an item. */
export async function addHostileRun(ledger: TestLedger): Promise<RunMeta> {
  const records = hostileItems.map(({ id, title }, place) => ({
    custom_id: id,
    place,
    title,
    team: place % 2 === 0 ? '=even' : 'odd',
  }))
  await writeDataset(
    ledger,
    'hostile',
    records.map((record) => `${JSON.stringify(record)}\n`).join(''),
    'item: { title: /title, facets: { team: /team } }\n',
  )
  const itemOf = (body: unknown) => hostileItems[Number(/place\\?":(\d+)/.exec(JSON.stringify(body))?.[1] ?? 0)]
  await using server = await startVllmProtocolServer({
    answer: (body) => itemOf(body)?.answer ?? '',
    fault: (body) =>
      itemOf(body)?.answer === undefined
        ? { status: 400, body: { error: { message: refusal, code: 400 } } }
        : undefined,
  })
  const inputs = { dataset: 'hostile' }
  const { meta, folder } = await runTestBatch(ledger, { baseUrl: server.baseUrl, inputs, deps: { again: true } })
  await cp(folder, ledger.folder, { recursive: true })
  return meta
}
