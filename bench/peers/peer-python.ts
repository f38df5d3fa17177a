import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../actions/adapters/cache-folder.ts'

const packages = ['openai', 'aiohttp', 'duckdb']

/** The Python of the peers' virtual environment, which is made on the first call (PyPI, about 100 MB). */
export function peerPython(): string {
  const venv = join(cacheFolder(process.env), 'bench-venv')
  const python = join(venv, 'bin', 'python')
  if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', venv], { stdio: ['ignore', 2, 2] })
  if (!imports(python)) {
    console.error(`bench: pip install ${packages.join(' ')} into ${venv}`)
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], { stdio: ['ignore', 2, 2] })
  }
  return python
}

function imports(python: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${packages.join(', ')}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
