import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { comparisonSchema } from 'registry'
import { expect, test } from 'vitest'
import { expectGolden } from '../../test/support/expect-golden.ts'
import { makeFolder } from '../../test/support/make-ledger.ts'
import { runCli, type CliResult } from '../../test/support/run-cli.ts'

const example = fileURLToPath(new URL('../../examples/ledger', import.meta.url))
const tickets = ['--dataset', 'synthetic_tickets_30']
const compare = async (ledger: string, ...args: string[]): Promise<CliResult> =>
  runCli(['compare', '--ledger', ledger, ...args], { cwd: ledger, env: { BATCHLEDGER_CACHE: await makeFolder() } })

test('--json is one object of the published shape', async () => {
  const result = await compare(example, ...tickets, '--cascade', 'A,B', '--item', '#4', '--json')
  expect(result).toMatchObject({ code: 0, stderr: '' })
  comparisonSchema.parse(JSON.parse(result.stdout))
  await expectGolden('compare', result.stdout, example)
})

test('the table fits a terminal and says what the figures are worth', async () => {
  for (const dataset of ['synthetic_tickets_30', 'synthetic_candidates_50']) {
    const { stdout, code } = await compare(example, '--dataset', dataset, '--cascade', 'A,B')
    expect(code).toBe(0)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
  }
  const { stdout } = await compare(example, ...tickets)
  expect(stdout).toMatch(/A {2}12 of 30 {2}40\.0 \[24\.6, 57\.7\]/)
  expect(stdout).toContain('Always saying “billing” would be right on 6 of 30 (20.0 %).')
  expect(stdout).toContain('not shown to differ')
})

test('--item stands side by side and marks what differs', async () => {
  const { stdout } = await compare(example, ...tickets, '--item', 'ticket-0004')
  expect(stdout).toContain('category: ≠ the runs differ, label feature_request')
  expect(stdout).toMatch(/^≠ A {2}other ✗ +≠ B {2}billing ✗$/m)
})

test('--csv: every figure on a line, or with --filter the items; cells that start a formula don’t', async () => {
  const figures = (await compare(example, ...tickets, '--csv')).stdout
  expect(figures).toMatch(/^field,a,b,reading,figure,value,low,high,n\r\n/)
  expect(figures).toMatch(/^category,gemma[^,]*,smollm2[^,]*,usable,raw,0\.2333\d*,0\.1,0\.4,30\r$/m)
  expect(figures).toMatch(/,difference in accuracy,0\.1666\d*,-0\.0333\d*,/)
  const ledger = join(await makeFolder(), 'ledger')
  await cp(example, ledger, { recursive: true })
  const items = (await compare(ledger, ...tickets, '--filter', 'disagree', '--csv')).stdout
  expect(items.split('\r\n')).toHaveLength(23 + 2)
  // ids of another dataset file would be refused by its digest, so the rows' own are changed: then they say what items are
  const path = join(ledger, 'registry/datasets/synthetic_tickets_30.jsonl')
  const ids = ['=', '+', '-', '@', '\t', '\r'].map((first) => `${first}=1`)
  await writeFile(path, (await readFile(path, 'utf8')).replace('ticket-0001', 'other'))
  for (const [model, time] of [
    ['gemma-3-270m', '091551'],
    ['smollm2-135m', '091516'],
  ]) {
    const rows = join(ledger, `results/${model}/synthetic_tickets_30_20261124_${time}.jsonl`)
    let text = await readFile(rows, 'utf8')
    for (const [place, id] of ids.entries()) text = text.replace(`"ticket-000${place + 4}"`, JSON.stringify(id))
    await writeFile(rows, text)
  }
  const edited = await compare(ledger, ...tickets)
  expect(edited).toMatchObject({ code: 2 })
  expect(edited.stderr).toContain('its sha256 is not the meta')
  const labels = join(ledger, 'registry/labels/synthetic_tickets_30.jsonl')
  await writeFile(labels, (await readFile(labels, 'utf8')).split('\n').slice(10).join('\n'))
  const { stdout } = await compare(ledger, ...tickets, '--filter', 'disagree', '--csv', '--force')
  const cells = stdout.split('\r\n').map((line) => line.split(',')[1]?.replaceAll('"', '') ?? '')
  for (const id of ids) expect(cells).toContain(id.startsWith('\r') ? '␤=1' : `'${id}`)
  for (const line of stdout.split(/\r\n|\r|\n/)) expect(line).not.toMatch(/(^|,|")[=+\-@\t](?!\d*\.?\d+(,|$))/)
})

test(
  'personal data: ids in no output that isn’t a terminal unless asked for, and never in Markdown',
  { timeout: 90_000 },
  async () => {
    const ledger = join(await makeFolder(), 'ledger')
    await cp(example, ledger, { recursive: true })
    const entry = join(ledger, 'registry/datasets/synthetic_tickets_30.yaml')
    const text = await readFile(entry, 'utf8')
    await writeFile(
      entry,
      text.replace('privacy: synthetic', 'privacy: personal').replace('location: ledger', 'location: lfs'),
    )
    for (const format of [[], ['--json'], ['--csv', '--filter', 'disagree'], ['--md', '--with-ids']]) {
      const { stdout, stderr, code } = await compare(ledger, ...tickets, ...format)
      expect(code).toBe(0)
      expect(stdout + stderr).not.toMatch(/ticket-\d/)
    }
    expect((await compare(ledger, ...tickets, '--with-ids')).stdout).toMatch(/ticket-\d/)
    const refused = await compare(ledger, ...tickets, '--item', '#4')
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('--with-ids')
  },
)

test('--md gives tables a forge renders', async () => {
  const { stdout } = await compare(example, ...tickets, '--md')
  expect(stdout).toMatch(/^### 2 runs on synthetic_tickets_30/)
  expect(stdout).toContain('| A–B | 30 |')
})
