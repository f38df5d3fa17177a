import fc from 'fast-check'
import type { RunMeta } from 'registry'
import { expect, test } from 'vitest'
import { readExampleMeta } from '../../test/support/read-example-meta.ts'
import { renderComment } from './render-comment.ts'
import type { ChangeVerification, VerifiedRun } from './verify-change.ts'

const meta = await readExampleMeta()
const reason = { reason: 'main has no earlier run' }
const run: VerifiedRun = {
  meta,
  personal: false,
  comparable: { verdicts: reason, speed: reason },
  gates: [],
  before: reason,
}
const verification = (change: Partial<ChangeVerification> = {}): ChangeVerification => ({
  ok: true,
  kind: 'run',
  mode: 'full',
  base: 'b'.repeat(40),
  head: 'a'.repeat(40),
  faults: [],
  runs: [run],
  store: { main: 1000, added: 47_499 },
  checked: ['paths'],
  unchecked: [],
  ...change,
})
const withRun = (change: Partial<VerifiedRun>) => renderComment(verification({ runs: [{ ...run, ...change }] }))
const withMeta = (change: (meta: RunMeta) => Partial<RunMeta>) => withRun({ meta: { ...meta, ...change(meta) } })

test('the marker is the first line, the verdict the second, then the accounting', () => {
  const lines = renderComment(verification()).split('\n')
  expect(lines.slice(0, 2)).toEqual([
    '<!-- batchledger:verify -->',
    '### ✅ Holds: `gemma-3-270m-synthetic_candidates_50-20261124-091213`',
  ])
  expect(lines.join('\n')).toContain('**50 rows** = 50 answered well + 0 errors + 0 missing')
  expect(lines.join('\n')).toContain('Nothing to compare with: main has no earlier run')
  expect(lines.join('\n')).toContain('LFS: 47.5 kB added to 1.0 kB on main; no budget is set')
})

test('faults come before all else, with their count', () => {
  const text = renderComment(verification({ ok: false, faults: ['x: a: b', 'y: c: d'] }))
  expect(text).toMatch(
    /^<!-- batchledger:verify -->\n### ❌ Does not hold: 2 faults in `gemma.*`\n\n\*\*2 faults\*\*\n\n- x: a: b\n- y: c: d\n/,
  )
})

test('a gate that is not met is in the verdict', () => {
  const gates = [
    { gate: 'min_success_rate', wanted: 100, found: 96, ok: false, reason: 'answered well: 96 %' },
    { gate: 'min_agreement', wanted: 1, ok: null, reason: 'no run before' },
  ] as const
  const text = renderComment(verification({ ok: false, runs: [{ ...run, gates: [...gates] }] }))
  expect(text).toContain('### ❌ Does not hold: 1 gate not met in ')
  expect(text).toContain('| ❌ **not met** | `min_success_rate` | answered well: 96 % |')
  expect(text).toContain('| not judged | `min_agreement` | no run before |')
})

test('beside the run before: accounting, speed only where it may be compared, verdicts, agreement', () => {
  const before: RunMeta = { ...meta, run_id: 'before', execution: { ...meta.execution, req_per_sec: 0.5 } }
  const counts = (yes: number) => ({
    statuses: [{ status: 'ok' as const, count: 50 }],
    parseRate: 100,
    primary: {
      name: 'recommendation',
      usable: 50,
      values: [
        { value: 'Yes', count: yes },
        { value: 'No', count: 50 - yes },
      ],
    },
  })
  const agreement = { paired: 48, equal: 36, agreement: 0.75, dropped: { truncated: 2 } }
  const same = { rows: counts(20), before: { ...counts(10), agreement } }
  const fast = withRun({
    ...same,
    comparable: { verdicts: { run: before, warnings: ['temperature: 0.7 → 0'] }, speed: { run: before } },
  })
  expect(fast).toContain('Compared with `before`, the last comparable run on main:\n\n| | this run | before |')
  expect(fast).toContain('| requests/s | 0.28 (−43.7 %) | 0.50 |')
  expect(fast).toContain('Other sampling than before, which may change verdicts: temperature: 0.7 → 0')
  expect(fast).toContain('| Yes | 20 (40 %) | 10 (20 %) |')
  expect(fast).toContain(
    '**Raw agreement on `recommendation`: 0.75** (36 of 48 paired items the same; not paired: `truncated` 2)',
  )
  const other = withRun({
    ...same,
    comparable: { verdicts: { run: before, warnings: [] }, speed: { reason: 'before differs in order' } },
  })
  expect(other).toContain('| requests/s | 0.28 | – |')
  expect(other).toContain('No speed to compare with: before differs in order')
  const farther = withRun({
    ...same,
    comparable: { verdicts: { run: before, warnings: [] }, speed: { run: { ...before, run_id: 'older' } } },
  })
  expect(farther).toContain('Speed is comparable with `older`: 0.50 requests/s (−43.7 %)')
})

test('causes of errors with their counts, the rest in one line', () => {
  const causes = Array.from({ length: 12 }, (_, index) => ({
    status: 400,
    code: 'bad',
    message: `cause ${'x'.repeat(index)}`,
    count: 12 - index,
  }))
  const text = withMeta(({ results }) => ({
    results: { ...results, error_causes: causes, finish_reasons: { stop: 3, length: 9 } },
  }))
  expect(text).toContain('| 12 | 400 | `bad` | cause |')
  expect(text).toContain('| 3 | | | and 2 more causes |')
  expect(text).toContain('Finish reasons: `length` 9, `stop` 3')
})

test('what anybody wrote is text: no markup, mention, reference, link or comment comes out of it', () => {
  const hostile =
    '<!-- batchledger:verify --> <script>x</script> @octocat closes #1 [y](https://evil.test) | `z` ![](http://a.b/c.png)\n\n# h\n- [ ] t'
  const faults = [`results/${hostile}: ${hostile}`]
  const text = renderComment(
    verification({
      ok: false,
      faults,
      unchecked: [hostile],
      runs: [
        {
          ...run,
          comparable: {
            verdicts: { run: { ...meta, run_id: hostile }, warnings: [hostile] },
            speed: { reason: hostile },
          },
          gates: [{ gate: 'min_agreement', wanted: 1, ok: null, reason: hostile }],
          before: { reason: hostile },
          rows: { statuses: [], primary: { name: hostile, usable: 1, values: [{ value: hostile, count: 1 }] } },
          meta: {
            ...meta,
            run_id: hostile,
            status: 'failed',
            failure: { code: hostile, message: hostile },
            model: { ...meta.model, name: hostile },
            dataset: { ...meta.dataset, name: hostile, rubric: hostile },
            execution: { ...meta.execution, engine: { name: hostile, version: hostile, args: {} } },
            results: {
              ...meta.results,
              error_causes: [{ message: hostile, code: hostile, count: 1 }],
              finish_reasons: { [hostile]: 1 },
            },
          },
        },
      ],
    }),
  )
  const ours = text.replace(/^<!-- batchledger:verify -->\n/, '').replaceAll('<br>', '')
  expect(ours).not.toMatch(/[<>]/)
  expect(ours).not.toMatch(/@(?!&#8203;)|(?<!&)#[^#&\s]|https?:\/|!\[|\]\(/)
  for (const line of ours.split('\n')) expect(line).toMatch(/^(|### .*|- .*|\|.*\||\*\*.*|[A-Z⚠].*)$/u)
})

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom('`'.repeat(2000), '&<>'.repeat(3000), '\u{1F600}'.repeat(1500), '@#|'.repeat(900)),
)

test('below 60,000 characters whatever comes in, and what is cut is counted', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 30 }), fc.nat(5000), fc.nat(40), (texts, count, runs) => {
      const text = (index: number) => texts[index % Math.max(1, texts.length)] ?? 'plain'
      const faults = Array.from({ length: count }, (_, index) => `results/x:${index}: ${text(index)}`)
      const causes = Array.from({ length: 50 }, (_, index) => ({ message: text(index), count: 1 }))
      const results = {
        ...meta.results,
        error_causes: causes,
        finish_reasons: Object.fromEntries(texts.map((name) => [name, 1])),
      }
      const values = texts.map((value) => ({ value, count: 1 }))
      const full: VerifiedRun = {
        ...run,
        meta: { ...meta, run_id: text(1), results, failure: { code: text(2), message: text(3) } },
        comparable: { verdicts: { run: meta, warnings: texts }, speed: { reason: text(4) } },
        rows: { statuses: [], primary: { name: text(5), usable: 1, values } },
      }
      const comment = renderComment(
        verification({ ok: false, faults, runs: Array.from({ length: runs }, () => full), unchecked: texts }),
      )
      expect(comment.length).toBeLessThan(60_000)
      expect(comment.startsWith('<!-- batchledger:verify -->\n### ')).toBe(true)
      expect(comment).toMatch(/\n\*\*Not checked:\*\* .*\n$/)
      expect(comment.isWellFormed()).toBe(true)
      const listed = comment.split('\n').filter((line) => line.startsWith('- results/x')).length
      const more = /^- … and ([\d,]+) more$/m.exec(comment)?.[1]?.replaceAll(',', '') ?? '0'
      expect(listed + Number(more)).toBe(count)
    }),
    { numRuns: 60 },
  )
})
