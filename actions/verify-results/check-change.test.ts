import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UserError, type RunMeta } from 'registry'
import { formatJson, indexPath, metaPathOf, sha256 } from 'registry/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitEdits, makeChange, type Edit, type TestChange } from '../../test/support/make-change.ts'
import { git } from '../adapters/git.ts'
import { LfsServerError } from '../adapters/lfs-batch.ts'
import { askFolder } from './remote-objects.ts'
import { verifyChange, type ChangeOutcome, type VerifyChangeInputs } from './verify-change.ts'

const show = (change: TestChange, path: string) => git(change.ledger.folder, ['show', `${change.head}:${path}`])

async function verify(change: TestChange, inputs: Partial<VerifyChangeInputs> = {}): Promise<ChangeOutcome> {
  const url = pathToFileURL(change.remote).href
  const askObjects = askFolder(url)
  return verifyChange(
    {
      repository: change.ledger.folder,
      base: change.base,
      head: change.head,
      mode: 'row-free',
      lfsUrl: url,
      ...inputs,
    },
    askObjects ? { askObjects } : {},
  )
}

/** The run's change with edits, as one commit on main. */
async function tamper(change: TestChange, edits: readonly Edit[]): Promise<string[]> {
  const { ledger, base, head } = change
  const tampered = await commitEdits(ledger.folder, { parent: base, tree: head, edits })
  const { ok, faults } = await verify(change, { head: tampered })
  expect(ok).toBe(faults.length === 0)
  return faults
}

const withMeta = (meta: RunMeta, change: (meta: RunMeta) => unknown): Edit => ({
  path: metaPathOf(meta),
  text: formatJson(change(meta)),
})

const pointer = (oid: string, size: number) =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`

test('a published run holds, and what was checked is said', async () => {
  const change = await makeChange()
  const outcome = await verify(change)
  expect(outcome.faults).toEqual([])
  expect(outcome).toMatchObject({
    ok: true,
    kind: 'run',
    description: 'row-free check: holds: 5 of 5 rows answered well',
  })
  expect(outcome.checked).toContain('objects on the LFS server')
  expect(outcome.unchecked).toEqual(['the rows (the full check reads them)'])
  expect(outcome.store).toEqual({
    main: change.before.files.bytes.results + change.before.files.bytes.log,
    added: change.meta.files.bytes.results + change.meta.files.bytes.log,
  })
  // the same in a bare repository, where nothing is checked out
  await git(change.ledger.folder, ['push', '--quiet', 'origin', `${change.base}:refs/heads/main`])
  expect((await verify(change, { repository: change.remote })).ok).toBe(true)
})

describe('of one published run', () => {
  let change: TestChange
  let row: string
  let log: string
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'batchledger-test-'))
    change = await makeChange({ root })
    row = change.meta.files.results
    log = change.meta.files.log
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  test.each<[string, Edit, RegExp]>([
    [
      'a workflow edited',
      { path: '.github/workflows/run-batch.yml', text: 'on: push\n' },
      /^\.github\/workflows\/run-batch\.yml: is added beside a run, and it is what the runners run/,
    ],
    [
      '.lfsconfig redirected',
      { path: '.lfsconfig', text: '[lfs]\nurl = https://evil.test\n' },
      /^\.lfsconfig: is added beside a run, and it says where rows are sent/,
    ],
    [
      '.gitattributes emptied',
      { path: '.gitattributes', text: '' },
      /^\.gitattributes: is changed beside a run, and it says what travels through LFS/,
    ],
    [
      '.gitattributes below results/',
      { path: 'results/tiny/.gitattributes', text: '* -filter\n' },
      /^results\/tiny\/\.gitattributes: belongs to no run of this change/,
    ],
    [
      'the policy widened',
      { path: 'registry/policy.yaml', text: 'lfs: {}\n' },
      /^registry\/policy\.yaml: is added beside a run, and it is what runs are judged by/,
    ],
    [
      'the index edited along',
      { path: indexPath, text: '{}\n' },
      /^results\/metadata\.json: is changed beside a run: the index is written on main/,
    ],
    [
      'an other file in results/',
      { path: 'results/notes.txt', text: 'hello\n' },
      /^results\/notes\.txt: belongs to no run/,
    ],
  ])('%s is refused, and nothing else is told', async (_name, edit, finding) => {
    expect(await tamper(change, [edit])).toEqual([expect.stringMatching(finding)])
  })

  test('rows, log and meta of a run on main may not be changed, deleted or renamed', async () => {
    const { before } = change
    const text = await show(change, before.files.results)
    const moved = before.files.results.replace('people_', 'persons_')
    expect(await tamper(change, [{ path: before.files.results, text: `${text} ` }])).toEqual([
      expect.stringMatching(
        /^results\/tiny\/people_20261120_.*\.jsonl: is changed, it stands on main: a run is write-once/,
      ),
    ])
    expect(await tamper(change, [withMeta(before, (meta) => ({ ...meta, status: 'failed' }))])).toEqual([
      expect.stringMatching(/\.meta\.json: is changed, it stands on main/),
    ])
    expect(await tamper(change, [{ path: before.files.log }])).toEqual([
      expect.stringMatching(/^results\/tiny\/people_20261120_.*\.log: is deleted, it stands on main/),
    ])
    expect(await tamper(change, [{ path: before.files.results }, { path: moved, text }])).toEqual([
      expect.stringMatching(/people_20261120_.*is deleted, it stands on main: .*renamed/),
      expect.stringMatching(/persons_20261120_.*belongs to no run/),
    ])
  })

  test.each([
    ['120000', /is a symbolic link \(mode 120000\)/],
    ['100755', /is executable \(mode 100755\)/],
    ['160000', /is a submodule \(mode 160000\)/],
  ])('mode %s is refused', async (mode, finding) => {
    const text = await show(change, row)
    const faults = await tamper(change, [{ path: row, text, mode }])
    expect(faults).toEqual([expect.stringMatching(finding)])
    expect(await tamper(change, [{ path: metaPathOf(change.meta), text: '../../x', mode }])).toEqual(
      expect.arrayContaining([expect.stringMatching(finding)]),
    )
  })

  test('a pointer in another form is none', async () => {
    const text = await show(change, row)
    for (const [forged, finding] of [
      [`${text}x-extra 1\n`, /\.jsonl: is no Git LFS pointer in its plain form/],
      [text.replace('\noid', '\next-0-a sha256:00\noid'), /no Git LFS pointer/],
      [text.trimEnd(), /no Git LFS pointer/],
      [text.replaceAll('\n', '\r\n'), /no Git LFS pointer/],
      ['{"custom_id":"person-1"}\n', /no Git LFS pointer .*found 25 bytes/],
      ['{"custom_id":"person-1"}\n'.repeat(100), /no Git LFS pointer .*found 2500 bytes/],
      ['', /\.jsonl: is empty, the meta has \d+ bytes/],
    ] as const)
      expect(await tamper(change, [{ path: row, text: forged }])).toEqual([expect.stringMatching(finding)])
  })

  test('a pointer that names another object, or one nobody holds', async () => {
    const { files } = change.meta
    expect(await tamper(change, [{ path: row, text: pointer(files.sha256.log, files.bytes.log) }])).toEqual([
      expect.stringMatching(/\.jsonl: the pointer names sha256 .*, the meta has/),
      expect.stringMatching(/\.jsonl: the pointer names \d+ bytes, the meta has/),
    ])
    const nobody = sha256('nobody')
    const edited = withMeta(change.meta, (meta) => ({
      ...meta,
      files: { ...files, sha256: { ...files.sha256, log: nobody } },
    }))
    expect(await tamper(change, [{ path: log, text: pointer(nobody, files.bytes.log) }, edited])).toEqual([
      expect.stringMatching(
        /\.log: the LFS server does not hold sha256 .*\(no such object\): publish the bundle again/,
      ),
    ])
  })

  test('a run is whole: without its log, its rows or its meta it is none', async () => {
    expect(await tamper(change, [{ path: log }])).toEqual([
      expect.stringMatching(/\.log: the meta names it, the change does not bring it/),
    ])
    expect(await tamper(change, [{ path: metaPathOf(change.meta) }])).toEqual([
      expect.stringMatching(/\.jsonl: belongs to no run/),
      expect.stringMatching(/\.log: belongs to no run/),
    ])
  })

  test.each<[string, (meta: RunMeta) => unknown, RegExp[]]>([
    ['no JSON', () => undefined, [/\.meta\.json: not JSON/]],
    ['a member the schema refuses', (meta) => ({ ...meta, status: 'fine' }), [/\.meta\.json: status: /]],
    ['a member the format lacks', (meta) => ({ ...meta, person: 'Jane' }), [/holds more than the format has/]],
    [
      'a run id of another path',
      (meta) => ({ ...meta, run_id: meta.run_id.replace('080000', '080001') }),
      [/the meta is of tiny-people-20261121-080001, which stands at/, /files\.results is/, /files\.log is/],
    ],
    [
      'a run id of another model',
      (meta) => ({ ...meta, run_id: 'big-people-20261121-080000' }),
      [/run_id is big-people-20261121-080000, expected tiny-/],
    ],
    ['a model main does not have', (meta) => ({ ...meta, model: { ...meta.model, id: 'x/y' } }), [/model\.id is x\/y/]],
    [
      'a rubric main does not have',
      (meta) => ({ ...meta, dataset: { ...meta.dataset, rubric: 'other' } }),
      [/names registry\/rubrics\/other\.yaml, which main does not have/],
    ],
    [
      'another prompt',
      (meta) => ({ ...meta, dataset: { ...meta.dataset, prompt_sha256: '0'.repeat(64) } }),
      [/verdict_v1\.yaml: its prompt part differs/],
    ],
    [
      'another dataset',
      (meta) => ({ ...meta, dataset: { ...meta.dataset, sha256: '0'.repeat(64) } }),
      [/people\.yaml: sha256 differs/],
    ],
    [
      'a success rate too good',
      (meta) => ({ ...meta, results: { ...meta.results, success_rate: 99 } }),
      [/success_rate is 99, success \/ total is 100/],
    ],
    [
      'a speed too good',
      (meta) => ({ ...meta, execution: { ...meta.execution, req_per_sec: 1e6 } }),
      [/req_per_sec is 1000000/],
    ],
    [
      'causes of errors that are none',
      (meta) => ({ ...meta, results: { ...meta.results, error_causes: [{ message: 'm', count: 2 }] } }),
      [/error_causes count 2 rows, errors is 0/],
    ],
    [
      'finish reasons that don’t add up',
      (meta) => ({ ...meta, results: { ...meta.results, finish_reasons: { stop: 9 } } }),
      [/finish_reasons count 9 rows, success is 5/],
    ],
    ['a status without its reason', (meta) => ({ ...meta, status: 'partial' }), [/status is partial without a reason/]],
  ])('a meta with %s is told', async (_name, edit, findings) => {
    const path = metaPathOf(change.meta)
    const made = edit(change.meta)
    const faults = await tamper(change, [{ path, text: made === undefined ? '{' : formatJson(made) }])
    expect(faults).toEqual(findings.map((finding) => expect.stringMatching(finding) as unknown))
  })

  test('a member that stands twice is told', async () => {
    const text = await show(change, metaPathOf(change.meta))
    const twice = text.replace('"schema_version": 1,', '"schema_version": 1,\n  "status": "failed",')
    expect(twice).not.toBe(text)
    expect(await tamper(change, [{ path: metaPathOf(change.meta), text: twice }])).toEqual([
      expect.stringMatching(/is not written as batchledger writes it/),
    ])
  })

  test('paths that differ only in letter case are told', async () => {
    const text = await show(change, row)
    expect(await tamper(change, [{ path: row.replace('people_', 'People_'), text }])).toEqual([
      expect.stringMatching(/differ only in letter case/),
      expect.stringMatching(/belongs to no run/),
    ])
    expect(await tamper(change, [{ path: 'Results/tiny/x.jsonl', text }])).toEqual([
      expect.stringMatching(/^Results\/tiny\/x\.jsonl: Results and results differ only in letter case/),
      expect.stringMatching(/^Results\/tiny\/x\.jsonl: Results\/tiny and results\/tiny differ/),
    ])
  })

  test('content that a commit brings and the next one takes away would stay in main’s history', async () => {
    const { ledger, base, head } = change
    const rows = '{"custom_id":"person-1","text":"secret"}\n'
    const first = await commitEdits(ledger.folder, { parent: base, tree: head, edits: [{ path: row, text: rows }] })
    const second = await commitEdits(ledger.folder, { parent: first, tree: head, edits: [] })
    expect((await verify(change, { head: second })).faults).toEqual([
      `${row}: a commit of this change holds content that its end does not, and a merge would bring it to main for good: make one commit of it (git reset --soft origin/main && git commit)`,
    ])
    const gone = await commitEdits(ledger.folder, {
      parent: first,
      tree: base,
      edits: [{ path: 'README.md', text: 'x\n' }],
    })
    expect(await verify(change, { head: gone })).toMatchObject({ ok: false, kind: 'none' })
  })

  test('main may have gone on: the change is compared with where it parted, write-once with main as it is', async () => {
    const { ledger, base, head } = change
    const later = await commitEdits(ledger.folder, {
      parent: base,
      tree: base,
      edits: [{ path: 'README.md', text: 'later\n' }],
    })
    expect((await verify(change, { base: later })).ok).toBe(true)
    expect((await verify(change, { base: head })).kind).toBe('none')
    const other = await commitEdits(ledger.folder, {
      parent: base,
      tree: head,
      edits: [withMeta(change.meta, (meta) => ({ ...meta, execution: { ...meta.execution, concurrency: 9 } }))],
    })
    expect((await verify(change, { base: other })).faults).toEqual([
      expect.stringMatching(/\.jsonl: stands on main already, with the same content/),
      expect.stringMatching(/\.log: stands on main already, with the same content/),
      expect.stringMatching(/\.meta\.json: stands on main already, with other content/),
    ])
  })

  test('a change without a run is not ours to judge', async () => {
    const { ledger, base } = change
    const code = await commitEdits(ledger.folder, {
      parent: base,
      tree: base,
      edits: [{ path: 'README.md', text: 'x\n' }],
    })
    expect(await verify(change, { head: code })).toMatchObject({
      ok: true,
      kind: 'none',
      description: 'row-free check: no run in this change',
    })
  })

  test('the index alone may be changed, to exactly what the metas say', async () => {
    const { ledger, base } = change
    const text = await git(ledger.folder, ['show', `${base}:${indexPath}`])
    const onMain = await commitEdits(ledger.folder, {
      parent: base,
      tree: base,
      edits: [{ path: indexPath, text: '{}\n' }],
    })
    const good = await commitEdits(ledger.folder, { parent: onMain, tree: base, edits: [{ path: indexPath, text }] })
    expect(await verify(change, { base: onMain, head: good })).toMatchObject({ ok: true, kind: 'index' })
    const byHand = await commitEdits(ledger.folder, {
      parent: base,
      tree: base,
      edits: [{ path: indexPath, text: text.replace('completed', 'failed') }],
    })
    expect((await verify(change, { head: byHand })).faults).toEqual([
      expect.stringMatching(/does not say what the runs’ metas say: it is not edited by hand/),
    ])
    const gone = await commitEdits(ledger.folder, { parent: base, tree: base, edits: [{ path: indexPath }] })
    expect((await verify(change, { head: gone })).faults).toEqual([
      `${indexPath}: is deleted: write it with batchledger register`,
    ])
  })

  test('refs that are none, and commits with nothing in common, are the caller’s mistake', async () => {
    await expect(verify(change, { head: '--upload-pack=x' })).rejects.toThrow(UserError)
    await expect(verify(change, { base: 'nowhere' })).rejects.toThrow(UserError)
    const { folder } = change.ledger
    const tree = (await git(folder, ['rev-parse', `${change.head}^{tree}`])).trim()
    const orphan = (await git(folder, ['commit-tree', tree, '-m', 'Orphan'])).trim()
    await expect(verify(change, { head: orphan })).rejects.toMatchObject({
      problems: [expect.stringMatching(/has no commit in common with main/)],
    })
  })

  test('everything is told at once', async () => {
    const faults = await tamper(change, [
      { path: '.lfsconfig', text: '[lfs]\n' },
      { path: change.before.files.log },
      { path: row, text: 'rows\n' },
      withMeta(change.meta, (meta) => ({ ...meta, status: 'partial' })),
    ])
    expect(faults).toHaveLength(4)
  })

  test('an object the server lost is told', async () => {
    const { sha256: digests } = change.meta.files
    const stored = join(
      change.remote,
      'lfs',
      'objects',
      digests.results.slice(0, 2),
      digests.results.slice(2, 4),
      digests.results,
    )
    await rm(stored)
    expect(await tamper(change, [])).toEqual([expect.stringMatching(/\.jsonl: the LFS server does not hold sha256/)])
    await writeFile(stored, 'torn')
    expect(await tamper(change, [])).toEqual([expect.stringMatching(/it holds 4 bytes, not \d+/)])
  })
})

test('a history that parted from main in several points can’t hide what a merge would take away', async () => {
  const { ledger, base, head, before } = await makeChange()
  const runGit = (...args: string[]) => git(ledger.folder, args)
  const commit = async (tree: string, parents: readonly string[], at: string) => {
    const env = { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at }
    const args = ['commit-tree', `${tree}^{tree}`, ...parents.flatMap((parent) => ['-p', parent]), '-m', 'x']
    return (await git(ledger.folder, args, { env })).trim()
  }
  const root = (await runGit('rev-list', '--max-parents=0', base)).trim()
  // main: two pull requests, one of them a run, both merged; both their ends are points where the change parts from main
  const withRun = await commit(base, [root], '2026-11-20T10:00:00Z')
  const note = { path: 'NOTES.md', text: 'a note\n' }
  const noted = await commit(
    await commitEdits(ledger.folder, { parent: root, tree: root, edits: [note] }),
    [root],
    '2026-11-20T11:00:00Z',
  )
  const merged = await commitEdits(ledger.folder, { parent: base, tree: base, edits: [note] })
  const main = await commit(merged, [noted, withRun], '2026-11-20T12:00:00Z')
  // the change: what `noted` has and the new run, but not the run on main, although it is an ancestor
  const whole = await commitEdits(ledger.folder, { parent: base, tree: head, edits: [note] })
  const paths = [before.files.results, before.files.log, metaPathOf(before), indexPath]
  const without = await commitEdits(ledger.folder, {
    parent: base,
    tree: whole,
    edits: paths.map((path) => ({ path })),
  })
  const evil = await commit(without, [noted, withRun], '2026-11-20T12:00:00Z')
  const [mergedTree = ''] = (await runGit('merge-tree', '--write-tree', main, evil)).split('\n')
  const left = (await runGit('ls-tree', '-r', '--name-only', mergedTree)).split('\n')
  expect(paths.filter((path) => left.includes(path))).toEqual([])
  const found = await verifyChange({ repository: ledger.folder, base: main, head: evil, mode: 'row-free' }, {})
  expect(found.faults).toEqual([expect.stringMatching(/^\(history\): parts from main in several points/)])
})

test('a server that only the publishing host reaches leaves the row-free check its word, and says so', async () => {
  const { ledger, base, head } = await makeChange()
  const lfsUrl = 'http://127.0.0.1:9/private'
  const inputs = { repository: ledger.folder, base, head, lfsUrl }
  const askObjects = () =>
    Promise.reject(new LfsServerError('the LFS server gives no answer', [`${lfsUrl}: can't be reached`]))
  const rowFree = await verifyChange({ ...inputs, mode: 'row-free' }, { askObjects })
  expect(rowFree).toMatchObject({ ok: true, faults: [] })
  expect(rowFree.checked).not.toContain('objects on the LFS server')
  expect(rowFree.unchecked[0]).toBe(`objects on the LFS server (${lfsUrl}: can't be reached)`)
  await expect(verifyChange({ ...inputs, mode: 'full' }, { askObjects })).rejects.toThrow(LfsServerError)
})

test('two runs in one change are one too many, but for a merge queue', async () => {
  const change = await makeChange()
  const { ledger, base, before, head } = change
  const empty = await commitEdits(ledger.folder, {
    parent: base,
    tree: base,
    edits: [
      { path: before.files.results },
      { path: before.files.log },
      { path: metaPathOf(before) },
      { path: indexPath },
    ],
  })
  const both = await commitEdits(ledger.folder, { parent: empty, tree: head, edits: [{ path: indexPath }] })
  expect((await verify(change, { base: empty, head: both })).faults).toEqual([
    expect.stringMatching(/^results\/: 2 runs in one change \(tiny-people-.*, tiny-people-.*\), expected 1/),
  ])
  expect((await verify(change, { base: empty, head: both, mostRuns: 2 })).ok).toBe(true)
})

test('the budget counts main and the change, and says what still fits', async () => {
  const policy = (bytes: number) => ({
    prepare: (ledger: TestChange['ledger']) =>
      ledger.write('registry/policy.yaml', `lfs: { budget_bytes: ${bytes} }\n`),
  })
  const tight = await verify(await makeChange(policy(1000)))
  expect(tight.faults).toEqual([
    expect.stringMatching(
      /^registry\/policy\.yaml: lfs\.budget_bytes is 1,000, with this change the runs weigh [\d,]+ \(.* too much\)/,
    ),
  ])
  const wide = await verify(await makeChange(policy(1_000_000)))
  const { main, added, moreRuns } = wide.store
  expect(wide.ok).toBe(true)
  expect(moreRuns).toBe(Math.floor((1_000_000 - main - added) / added))
})

test('rows of a personal dataset stay where main’s policy allows, by what main says of the dataset', async () => {
  const change = await makeChange()
  const { ledger, base, head } = change
  const entry = await git(ledger.folder, ['show', `${base}:registry/datasets/people.yaml`])
  const personal = entry
    .replace('privacy: synthetic', 'privacy: personal')
    .replace('location: ledger', 'location: runner')
  const main = (policy: string) =>
    commitEdits(ledger.folder, {
      parent: base,
      tree: base,
      edits: [
        { path: 'registry/datasets/people.yaml', text: personal },
        { path: 'registry/policy.yaml', text: policy },
      ],
    })
  const bound = await main('{}\n')
  const lfsUrl = 'https://lfs.test/x'
  expect((await verify({ ...change, base: bound }, { head, lfsUrl })).faults).toEqual([
    expect.stringMatching(/dataset\.privacy is synthetic, people\.yaml says personal/),
    expect.stringMatching(/the rows are personal, and LFS keeps them at lfs\.test: .* allows loopback; add the host/),
  ])
  const hosts = (faults: readonly string[]) => faults.filter((fault) => fault.includes('LFS keeps them'))
  const free = await main('allow_hosts: { lfs: [lfs.test] }\n')
  for (const [url, commit] of [
    [lfsUrl, free],
    ['git@lfs.test:x/y.git', free],
    ['http://127.0.0.1:8080/x', bound],
    ['/srv/lfs', bound],
  ] as const)
    expect(hosts((await verify({ ...change, base: commit }, { lfsUrl: url })).faults)).toEqual([])
  expect(hosts((await verify({ ...change, base: bound }, { lfsUrl: 'git@lfs.test:x/y.git' })).faults)).toHaveLength(1)
  expect((await verify({ ...change, base: bound }, { lfsUrl: undefined })).faults.join()).toContain('is not known')
})

test('a run whose engine never started has empty rows, and an empty file is what it brings', async () => {
  const { EngineError } = await import('../engines/engine.ts')
  const engine = { start: () => Promise.reject(new EngineError('no memory')), stop: () => Promise.resolve() }
  const outcome = await verify(await makeChange({ run: { engine } }))
  expect(outcome.faults).toEqual([])
  expect(outcome.runs[0]?.meta.status).toBe('failed')
})
