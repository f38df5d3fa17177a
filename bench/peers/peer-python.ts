import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../actions/adapters/cache-folder.ts'

/** Peers in Python: their virtual environment, and package → the name it is imported by. */
const peers = {
  clients: { venv: 'bench-venv', packages: { openai: 'openai', aiohttp: 'aiohttp', duckdb: 'duckdb' } },
  logs: {
    venv: 'bench-import-venv',
    packages: { mlflow: 'mlflow', pandas: 'pandas', 'inspect-ai': 'inspect_ai' },
  },
  statistics: { venv: 'bench-statistics-venv', packages: { 'scikit-learn': 'sklearn', numpy: 'numpy' } },
}

/** The Python of the peers' virtual environment, which is made on the first call (PyPI, 60 to 200 MB). */
export function peerPython(kind: keyof typeof peers): string {
  const { venv: name, packages } = peers[kind]
  const venv = join(cacheFolder(process.env), name)
  const python = join(venv, 'bin', 'python')
  if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', venv], { stdio: ['ignore', 2, 2] })
  if (!imports(python, Object.values(packages))) {
    const wanted = Object.keys(packages)
    console.error(`bench: pip install ${wanted.join(' ')} into ${venv}`)
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...wanted], { stdio: ['ignore', 2, 2] })
  }
  return python
}

function imports(python: string, modules: readonly string[]): boolean {
  try {
    execFileSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
