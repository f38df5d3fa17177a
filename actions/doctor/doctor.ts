import { execFile } from 'node:child_process'
import { access, constants, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Model } from 'registry'
import { weightsPath, llamaCppFolder } from '../adapters/cache-folder.ts'
import { readGpus } from '../engines/gpu.ts'
import { findVllm } from '../engines/vllm-plan.ts'

const run = promisify(execFile)

export interface DoctorCheck {
  name: string
  ok: boolean
  found: string
  /** the command that mends it */
  mend?: string
}

export interface DoctorInputs {
  cache: string
  spool: string
  /** catalog models with their slugs */
  models: ReadonlyMap<string, Model>
  /** faults of the ledger one stands in; undefined where there is none */
  ledgerProblems?: readonly string[]
}

/** Looks at what the verbs need on this machine; changes nothing. */
export async function doctor(inputs: DoctorInputs): Promise<DoctorCheck[]> {
  const programs = await Promise.all([
    checkProgram('git', ['--version'], 'apt-get install git'),
    checkProgram('git-lfs', ['version'], 'apt-get install git-lfs'),
    checkProgram('npm', ['--version'], 'install Node with npm'),
    checkProgram(
      'python3',
      ['-m', 'pip', '--version'],
      'apt-get install python3-pip (or let weights come from the hub)',
    ),
    checkProgram('chromium', ['--version'], 'apt-get install chromium (for tests only)', process.env['CHROMIUM']),
  ])
  return [
    checkNode(),
    ...programs,
    await checkWritable('spool', inputs.spool),
    await checkEngineFolder(inputs.cache),
    await checkVllm(),
    ...(await Promise.all(
      [...inputs.models].flatMap(([slug, model]) =>
        model.weights ? [checkWeights(inputs.cache, slug, model.weights)] : [],
      ),
    )),
    checkLedger(inputs.ledgerProblems),
  ]
}

function checkNode(): DoctorCheck {
  const ok = Number(process.versions.node.split('.')[0]) >= 24
  return { name: 'node', ok, found: process.version, ...(ok ? {} : { mend: 'install Node 24 or newer' }) }
}

async function checkProgram(name: string, args: string[], mend: string, path = name): Promise<DoctorCheck> {
  try {
    const { stdout } = await run(path, args)
    return { name, ok: true, found: stdout.split('\n')[0]?.trim() ?? '' }
  } catch {
    return { name, ok: false, found: 'not found', mend }
  }
}

async function checkWritable(name: string, folder: string): Promise<DoctorCheck> {
  for (let path = folder; ;) {
    try {
      await access(path, constants.W_OK)
      return { name, ok: true, found: folder }
    } catch (error) {
      const parent = path.replace(/\/[^/]*$/, '') || '/'
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path)
        return {
          name,
          ok: false,
          found: `${folder}: not writable`,
          mend: 'name another folder with --spool or BATCHLEDGER_SPOOL',
        }
      path = parent
    }
  }
}

async function checkEngineFolder(cache: string): Promise<DoctorCheck> {
  const folder = llamaCppFolder(cache)
  const found = await stat(folder).catch(() => undefined)
  return {
    name: 'llama-cpp',
    ok: found !== undefined,
    found: found ? folder : 'not installed',
    ...(found ? {} : { mend: 'batchledger fetch' }),
  }
}

/** vLLM is asked for only where there is a GPU for it. */
async function checkVllm(): Promise<DoctorCheck> {
  const [program, gpus] = [await findVllm(process.env), await readGpus()]
  const onWhat = gpus.length === 0 ? 'no GPU' : gpus.map(({ name, memory_gb: gb }) => `${name}, ${gb} GB`).join('; ')
  if (program !== undefined) return { name: 'vllm', ok: true, found: `${program} (${onWhat})` }
  return {
    name: 'vllm',
    ok: gpus.length === 0,
    found: `not installed (${onWhat})`,
    ...(gpus.length === 0 ? {} : { mend: 'install vLLM, or name its program with BATCHLEDGER_VLLM' }),
  }
}

async function checkWeights(cache: string, slug: string, weights: NonNullable<Model['weights']>): Promise<DoctorCheck> {
  const path = weightsPath(cache, weights)
  const found = await stat(path).catch(() => undefined)
  const ok = found?.size === weights.bytes
  const state = found ? `${path}: ${found.size} bytes, expected ${weights.bytes}` : 'not here'
  return {
    name: `weights of ${slug}`,
    ok,
    found: ok ? path : state,
    ...(ok ? {} : { mend: `batchledger fetch ${slug}` }),
  }
}

function checkLedger(problems: readonly string[] | undefined): DoctorCheck {
  if (problems === undefined) return { name: 'ledger', ok: true, found: 'none here' }
  if (problems.length === 0) return { name: 'ledger', ok: true, found: 'no faults' }
  return {
    name: 'ledger',
    ok: false,
    found: `${problems.length} faults, the first: ${problems[0]}`,
    mend: 'batchledger verify',
  }
}
