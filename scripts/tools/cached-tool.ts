import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../actions/adapters/cache-folder.ts'
import { UserError } from 'registry'

/** Where a tool of this name and version lies in the cache, whether it is there or not. */
export function toolFolder(name: string, version: string): string {
  return join(cacheFolder(process.env), 'tools', `${name}-${version}`)
}

/**
 * A folder that `make` fills once; later calls find it. It is made under another name and moved into place, so an
 * interrupted or simultaneous call leaves no half of it.
 * @param make fills the folder it is given; what it throws passes through and leaves nothing
 */
export function makeOnce(folder: string, make: (folder: string) => void): string {
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.${randomBytes(4).toString('hex')}.unfinished`
  mkdirSync(unfinished, { recursive: true })
  try {
    make(unfinished)
    renameSync(unfinished, folder)
  } catch (error) {
    // somebody else was faster: theirs is as good
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

export interface PythonTool {
  name: string
  version: string
  /** requirements as pip takes them, pinned */
  packages: readonly string[]
  /** what it is needed for, in the message when there is no Python */
  why: string
}

/**
 * Packages from PyPI, installed on the first call into a folder of their own: not a venv, which can't be moved into place.
 * @returns what to put into the environment for `python3 -m …`, and where a program of theirs lies
 * @throws UserError when there is no Python with pip
 */
export function pythonTool({ name, version, packages, why }: PythonTool): {
  env: Record<string, string>
  program(program: string): string
} {
  const path = toolFolder(name, version)
  if (!existsSync(path)) need('python3', `python3 with pip (${why})`, ['-m', 'pip', '--version'])
  makeOnce(path, (target) => {
    const options = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--no-warn-script-location']
    run('python3', ['-m', 'pip', 'install', ...options, '--target', target, ...packages])
  })
  return { env: { PYTHONPATH: path }, program: (program) => join(path, 'bin', program) }
}

export interface GoTool {
  name: string
  version: string
  package: string
  /** what it is needed for, in the message when there is no Go */
  why: string
}

/** A program that `go install` builds on the first call. @throws UserError when there is no Go */
export function goTool({ name, version, package: path, why }: GoTool): string {
  const folder = toolFolder(name, version)
  if (!existsSync(folder)) need('go', `Go, https://go.dev/dl (${why})`, ['version'])
  makeOnce(folder, (target) =>
    run('go', ['install', '-trimpath', `${path}@v${version}`], { GOBIN: target, CGO_ENABLED: '0' }),
  )
  return join(folder, name)
}

/** @throws UserError when the program can't be started */
export function need(program: string, what: string, args: readonly string[] = ['--version']): void {
  if (spawnSync(program, args, { stdio: 'ignore' }).status === 0) return
  throw new UserError('a program is missing', [
    `${[program, ...args].join(' ')}: does not work here; this needs ${what}: install it and run again`,
  ])
}

function run(program: string, args: readonly string[], env: Record<string, string> = {}): void {
  execFileSync(program, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } })
}
