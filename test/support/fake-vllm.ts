import { execFile } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { FakeVllmConfig } from '../servers/fake-vllm.ts'

const program = fileURLToPath(new URL('../servers/fake-vllm.ts', import.meta.url))

/**
 * A program `vllm` and a folder of weights below a folder of the test's own, and the environment that finds both.
 * @param more written into the weights' folder
 */
export async function installFakeVllm(
  folder: string,
  config: FakeVllmConfig = {},
  more: Record<string, string> = {},
): Promise<{ env: Record<string, string>; weights: string; program: string }> {
  const weights = join(folder, 'weights')
  const files = {
    'config.json': '{"max_position_embeddings":8192,"dtype":"bfloat16"}',
    'model.safetensors': 'not really',
    'chat_template.jinja': '{{ messages }}',
    ...more,
  }
  await mkdir(weights, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(weights, name), text)
  const own = await installProgram(folder, 'vllm', `exec '${process.execPath}' '${program}' "$@"`)
  return { env: { BATCHLEDGER_VLLM: own, FAKE_VLLM: JSON.stringify(config) }, weights, program: own }
}

/** A shell script one may run. @returns its path */
export async function installProgram(folder: string, name: string, script: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

/** Processes of a group that live, by `ps`' own words; the ended ones that wait to be noticed don't count. */
export async function processesOf(group: number): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pgid,pid,stat,args'])
  return stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`${group} `) && !/^\d+ +\d+ +Z/.test(line))
}
