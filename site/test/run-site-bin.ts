import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const siteBin = fileURLToPath(new URL('../bin/batchledger-site.ts', import.meta.url))

export interface BinResult {
  code: number
  stdout: string
  stderr: string
}

/** Runs `batchledger-site` as a command of its own, as the CLI does. */
export function runSiteBin(args: readonly string[], cwd = process.cwd()): Promise<BinResult> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [siteBin, ...args], { cwd, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
}
