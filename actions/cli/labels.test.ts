import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError, type Label } from 'registry'
import { promptSha256, readCatalog, sha256 } from 'registry/node'
import { describe, expect, test, vi } from 'vitest'
import { addForge } from '../../test/support/add-forge.ts'
import { expectGolden } from '../../test/support/expect-golden.ts'
import { addRemote, makeLedger, writeDataset, type TestLedger } from '../../test/support/make-ledger.ts'
import { runCli } from '../../test/support/run-cli.ts'
import { peopleText } from '../../test/support/write-ledger.ts'
import { git } from '../adapters/git.ts'
import { verifyChange } from '../verify-results/verify-change.ts'
import { verifyResults } from '../verify-results/verify-results.ts'

// several Git processes each, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

async function promptOf(ledger: TestLedger): Promise<string> {
  const rubric = (await readCatalog(ledger.folder)).rubrics.get('verdict_v1')
  if (!rubric) throw new UserError('no rubric', [])
  return promptSha256(rubric)
}

/** Labels of `people`, in a file beside the ledger. */
async function writeLabels(
  ledger: TestLedger,
  labels: readonly Partial<Label>[],
  name = 'labels.jsonl',
): Promise<string> {
  const prompt = await promptOf(ledger)
  const path = join(dirname(ledger.folder), name)
  const text = labels.map((label, at) => {
    const whole = {
      custom_id: `person-${at + 1}`,
      field: 'recommendation',
      value: 'Yes',
      rater: 'ann',
      date: '2026-11-24',
      prompt_sha256: prompt,
      selection: 'random',
      ...label,
    }
    return `${JSON.stringify(whole)}\n`
  })
  await writeFile(path, text.join(''))
  return path
}

const cliOf =
  (ledger: TestLedger, env: Record<string, string> = {}) =>
  (...args: string[]) =>
    runCli(['labels', 'add', ...args], { cwd: ledger.folder, env: { BATCHLEDGER_TOKEN: '', ...env } })

const path = 'registry/labels/people.jsonl'

test('labels become a branch and a pull request once; merged, verify and the row-free check hold', async () => {
  const ledger = await makeLedger(3)
  const { server, remote } = await addForge(ledger, { kind: 'gitea' })
  const cli = cliOf(ledger, { BATCHLEDGER_TOKEN: server.token })
  const file = await writeLabels(ledger, [{}, { value: 'No', note: '<script> of @everyone' }])
  const before = await git(ledger.folder, ['status', '--porcelain=v2'])
  const added = await cli(file, '--pull-request', '--json')
  expect(added).toMatchObject({ code: 0, stderr: '' })
  await expectGolden('labels-add', added.stdout, dirname(ledger.folder))
  expect(await git(ledger.folder, ['status', '--porcelain=v2'])).toBe(before)
  const { branch, commit } = JSON.parse(added.stdout) as { branch: string; commit: string }
  expect(await git(remote, ['diff', '--name-only', `main..${branch}`])).toBe(`registry/datasets/people.yaml\n${path}\n`)
  const again = JSON.parse((await cli(file, '--pull-request', '--json')).stdout) as object
  expect(again).toMatchObject({ branch, commit, already: true, pull_request: { number: 1, created: false } })

  await git(ledger.folder, ['fetch', '--quiet', remote, branch])
  const judged = await verifyChange({ repository: ledger.folder, base: 'main', head: commit, mode: 'row-free' }, {})
  expect(judged).toMatchObject({ ok: true, kind: 'none', description: 'row-free check: no run in this change' })
  await git(remote, ['update-ref', 'refs/heads/main', commit])
  await git(ledger.folder, ['pull', '--quiet', '--ff-only', remote, 'main'])
  const { problems } = await verifyResults({ ledger: ledger.folder, runIds: [] })
  expect(problems.filter((problem) => !problem.includes('metadata.json'))).toEqual([])
  expect(JSON.parse((await cli(file, '--json')).stdout)).toMatchObject({ where: 'nowhere', unchanged: 2, added: 0 })

  // a second rater, and the first one's other mind
  const more = await writeLabels(ledger, [{ value: 'Maybe', date: '2026-11-25' }, { rater: 'bob' }])
  const second = JSON.parse((await cli(more, '--json')).stdout) as { branch: string }
  expect(second).toMatchObject({ where: 'branch', added: 1, replaced: 1, remote: 'origin' })
  expect((await git(remote, ['show', `${second.branch}:${path}`])).trimEnd().split('\n')).toHaveLength(3)
  expect(await git(remote, ['diff', '--name-only', `main..${second.branch}`])).toBe(`${path}\n`)
})

test('a ledger without a remote gets the branch here, and is told how to go on', async () => {
  const ledger = await makeLedger(2)
  await addRemote(ledger)
  await git(ledger.folder, ['remote', 'remove', 'origin'])
  const file = await writeLabels(ledger, [{}])
  const { code, stdout } = await cliOf(ledger)(file)
  expect(code).toBe(0)
  const branch = /labels\/people-[0-9a-f]{12}/.exec(stdout)?.[0] ?? ''
  expect(stdout).toContain(`git merge ${branch}`)
  expect(await git(ledger.folder, ['show', `${branch}:${path}`])).toBe(await readFile(file, 'utf8'))
  const refused = await cliOf(ledger)(file, '--pull-request')
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('has no remote')])
})

describe('every fault at once, with its place, and nothing is pushed', () => {
  test('lines, ids, fields, values, prompts and contradictions', async () => {
    const ledger = await makeLedger(2)
    const remote = await addRemote(ledger)
    const cli = cliOf(ledger)
    const file = await writeLabels(ledger, [
      { custom_id: 'nobody' },
      { custom_id: 'person-1', field: 'constructor' },
      { custom_id: 'person-1', value: 'Perhaps' },
      { custom_id: 'person-1', prompt_sha256: 'b'.repeat(64) },
    ])
    const wrong = await cli(file, '--dataset', 'people')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain(`${file}:1: people holds no such custom_id`)
    expect(wrong.stderr).toContain(`${file}:2: field is constructor`)
    expect(wrong.stderr).toContain(`${file}:3: value is not one of`)
    expect(wrong.stderr).toContain(`${file}:4: prompt_sha256 is of another prompt`)
    await writeFile(file, '{"custom_id": 1}\nnot json\n')
    const unread = await cli(file)
    expect(unread.stderr).toMatch(/labels\.jsonl:1: custom_id[^]*labels\.jsonl:2: not JSON/)
    await writeFile(file, '\n')
    expect((await cli(file)).stderr).toContain('holds no label')
    expect((await cli('nowhere.jsonl')).stderr).toContain('nowhere.jsonl: no such file')
    expect((await cli(await writeLabels(ledger, [{}]), '--dataset', 'nothing')).stderr).toContain('known: people')
    expect(await git(remote, ['branch', '--list'])).toBe('* main\n')
  })

  test('which dataset is found by prompt and ids; where two could be meant, it is asked', async () => {
    const ledger = await makeLedger(2)
    await writeDataset(ledger, 'others', peopleText(2).replaceAll('person-', 'other-'))
    await writeDataset(ledger, 'twins', peopleText(2).replace('"years":0', '"years":9'))
    await addRemote(ledger)
    const cli = cliOf(ledger)
    const other = await writeLabels(ledger, [{ custom_id: 'other-1' }], 'other.jsonl')
    expect(JSON.parse((await cli(other, '--json')).stdout)).toMatchObject({ dataset: 'others', added: 1 })
    const { code, stderr } = await cli(await writeLabels(ledger, [{}]))
    expect([code, stderr]).toEqual([2, expect.stringContaining('people, twins: each could be meant')])
    const lost = await writeLabels(ledger, [{ prompt_sha256: 'c'.repeat(64) }], 'lost.jsonl')
    expect((await cli(lost)).stderr).toContain('prompt_sha256 is of no dataset')
  })
})

test('labels whose ids nobody can check are not pushed as those of the one dataset that asks their prompt', async () => {
  const ledger = await makeLedger(2)
  const remote = await addRemote(ledger)
  const file = await writeLabels(ledger, [{ custom_id: 'Jane Roe' }])
  await rm(join(ledger.folder, 'registry/datasets/people.jsonl'))
  const cli = cliOf(ledger)
  const { code, stderr } = await cli(file)
  expect([code, stderr]).toEqual([2, expect.stringContaining('name it with --dataset people if they are')])
  expect(await git(remote, ['branch', '--list'])).toBe('* main\n')
  const named = await cli(file, '--dataset', 'people')
  expect([named.code, named.stderr]).toEqual([0, expect.stringContaining('custom_ids were not checked')])
})

test('labels of a personal dataset stay on this machine, in a file that Git ignores', async () => {
  const ledger = await makeLedger(2)
  const text = peopleText(2)
  await ledger.write(
    'registry/datasets/people.yaml',
    `title: people\nformat: records\nfile: registry/datasets/people.jsonl\nlocation: runner\nsha256: ${sha256(text)}\ncount: 2\nprivacy: personal\ncreated: 2026-11-24\nrubric: verdict_v1\n`,
  )
  await ledger.write('.gitignore', '/registry/datasets/people.jsonl\n')
  const remote = await addRemote(ledger)
  const cli = cliOf(ledger)
  const file = await writeLabels(ledger, [{ note: 'knows her' }])
  const refused = await cli(file)
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(`add /${path} to .gitignore`)])
  await ledger.write('.gitignore', `/registry/datasets/people.jsonl\n/${path}\n`)
  const kept = await cli(file, '--json')
  expect(kept.code).toBe(0)
  expect(kept.stderr).toContain('plain Git can’t forget')
  expect(JSON.parse(kept.stdout)).toMatchObject({ where: 'here', file: path, added: 1 })
  expect(await readFile(join(ledger.folder, path), 'utf8')).toBe(await readFile(file, 'utf8'))
  expect((await stat(join(ledger.folder, path))).mode & 0o777).toBe(0o600)
  expect(await git(ledger.folder, ['status', '--porcelain', '--', 'registry'])).toBe('')
  expect(await git(remote, ['branch', '--list'])).toBe('* main\n')
})
