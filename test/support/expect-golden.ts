import { readFile, writeFile } from 'node:fs/promises'
import { expect } from 'vitest'

const measured = new Set(['bytes', 'duration_seconds', 'req_per_sec', 'seconds', 'load_seconds', 'memory_gb', 'cpus'])
const ofThisMachine = new Set(['host', 'found', 'url'])

/**
 * Compares one --json output with test/golden/<name>.json. What differs from run to run (times, digests, measured figures,
 * the machine, the temporary folder) is replaced by its kind first. UPDATE_GOLDEN=1 writes the file.
 */
export async function expectGolden(name: string, stdout: string, folder: string): Promise<void> {
  const path = new URL(`../golden/${name}.json`, import.meta.url)
  const text = `${JSON.stringify(normalise(JSON.parse(stdout), folder), null, 2)}\n`
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(path, text)
  expect(text).toBe(await readFile(path, 'utf8'))
}

function normalise(value: unknown, folder: string, key = ''): unknown {
  if (ofThisMachine.has(key)) return '<this machine>'
  if (measured.has(key) && typeof value === 'number') return '<measured>'
  if (key === 'log' && typeof value === 'number') return '<measured>'
  if (typeof value === 'string')
    return value
      .replaceAll(folder, '<folder>')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<timestamp>')
      .replaceAll(/\d{8}([-_])\d{6}/g, '<date>$1<time>')
      .replaceAll(/\b[0-9a-f]{64}\b/g, '<sha256>')
      .replaceAll(/\b[0-9a-f]{40}\b/g, '<commit>')
      .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
  if (Array.isArray(value)) return value.map((entry) => normalise(entry, folder))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, normalise(entry, folder, name)]))
  return value
}
