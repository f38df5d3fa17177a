import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const input = (name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
const inputs = new Set(['REPOSITORY', 'REF', 'TOKEN', 'PATH', 'FETCH-DEPTH', 'PERSIST-CREDENTIALS', 'LFS'])
const unknown = Object.keys(process.env).filter((key) => key.startsWith('INPUT_') && !inputs.has(key.slice(6)))
if (unknown.length > 0) {
  process.stdout.write(`::error::the stand-in for actions/checkout does not know ${unknown.join(', ')}\n`)
  process.exit(1)
}

const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd()
const folder = resolve(workspace, input('path'))
if (folder !== workspace && !folder.startsWith(`${workspace}/`))
  throw new Error(`path ${input('path')} leaves the workspace`)
const server = process.env.GITHUB_SERVER_URL
const repository = input('repository')
const same = repository === process.env.GITHUB_REPOSITORY
const event = process.env.GITHUB_REF ?? ''
const ref = input('ref') || (same ? process.env.GITHUB_SHA : 'HEAD')
const branch =
  input('ref') === '' && same && event.startsWith('refs/heads/') ? event.slice('refs/heads/'.length) : undefined
const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${input('token')}`).toString('base64')}`
const lfs = input('lfs') === 'true'

const env = {
  ...process.env,
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: `http.${server}/.extraheader`,
  GIT_CONFIG_VALUE_0: header,
  ...(lfs ? {} : { GIT_LFS_SKIP_SMUDGE: '1' }),
}
const git = (...args) => execFileSync('git', args, { cwd: folder, env, stdio: ['ignore', 2, 2] })

mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
git('init', '--quiet', '--initial-branch=main')
git('remote', 'add', 'origin', `${server}/${repository}`)
const depth = Number(input('fetch-depth'))
if (depth === 0)
  git('fetch', '--quiet', '--prune', 'origin', '+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*')
git('fetch', '--quiet', '--no-tags', ...(depth > 0 ? [`--depth=${depth}`] : []), 'origin', ref)
if (branch === undefined) git('checkout', '--quiet', '--detach', 'FETCH_HEAD')
else {
  git('update-ref', `refs/remotes/origin/${branch}`, 'FETCH_HEAD')
  git('checkout', '--quiet', '-B', branch, `refs/remotes/origin/${branch}`)
}
if (lfs) {
  git('lfs', 'install', '--local')
  git('lfs', 'pull', 'origin')
}
if (input('persist-credentials') === 'true') git('config', '--local', `http.${server}/.extraheader`, header)
