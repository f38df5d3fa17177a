import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { UserError } from 'registry'
import { git, GitError } from '../adapters/git.ts'
import type { Shard } from '../run-batch/plan-run.ts'

export interface LedgerOptions {
  ledger?: string
  json?: boolean
}

/** The two options of every verb that reads a ledger. */
export function withLedger(command: Command): Command {
  return withJson(command.option('--ledger <dir>', 'the ledger (default: the Git repository you stand in)'))
}

export function withJson(command: Command): Command {
  return command.option('--json', 'one JSON object on standard output; progress and messages go to standard error')
}

export function parseCount(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('expected a whole number of at least 1')
  return value
}

export function parseNatural(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('expected a whole number of at least 0')
  return value
}

const longestSeconds = 2_147_483

/** Whole seconds that a timer can hold: up to 24 days. */
export function parseSeconds(text: string): number {
  const value = parseNatural(text)
  if (value > longestSeconds) throw new InvalidArgumentError(`expected at most ${longestSeconds} seconds`)
  return value
}

export function parseShare(text: string): number {
  const value = Number(text)
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('expected a share from 0 to 1')
  return value
}

/** `a,b` → a and b; spaces round the commas don't count. */
export function parseList(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  if (names.includes('')) throw new InvalidArgumentError('expected names with commas between, e.g. a,b')
  return names
}

/** `2/4` → part 1 (from 0) of 4 */
export function parseShard(text: string): Shard {
  const [, part = '', of = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const shard = { index: Number(part) - 1, count: Number(of) }
  if (shard.index < 0 || shard.count < 1 || shard.index >= shard.count)
    throw new InvalidArgumentError('expected i/n with 1 ≤ i ≤ n')
  return shard
}

/** The ledger's folder, absolute. @throws UserError when there is none */
export async function findLedger(options: LedgerOptions): Promise<string> {
  const folder = options.ledger === undefined ? await findRepository() : resolve(options.ledger)
  const has = await Promise.all([isFolder(join(folder, 'registry')), isFolder(join(folder, 'results'))])
  if (has.includes(true)) return folder
  throw new UserError('no ledger here', [
    `${folder}: holds neither registry/ nor results/: go to a ledger's repository or name one with --ledger DIR`,
  ])
}

/** As findLedger, but none is no fault unless one was named. */
export async function findLedgerIfAny(options: LedgerOptions): Promise<string | undefined> {
  try {
    return await findLedger(options)
  } catch (error) {
    if (error instanceof UserError && options.ledger === undefined) return undefined
    throw error
  }
}

async function findRepository(): Promise<string> {
  try {
    return (await git(process.cwd(), ['rev-parse', '--show-toplevel'])).trim()
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    throw new UserError('no ledger here', [
      `${process.cwd()}: not in a Git repository: go to a ledger's repository or name one with --ledger DIR`,
    ])
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() ?? false
}
