import { delimiter } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { installProgram } from '../../test/support/fake-vllm.ts'
import { makeFolder } from '../../test/support/make-ledger.ts'
import { integratePower, parsePower, samplePower } from './gpu-power.ts'
import { parseGpus, pickGpus, readGpus } from './gpu.ts'

const a = 'GPU-11111111-aaaa'
const b = 'GPU-22222222-bbbb'
const gpus = [
  { index: 0, uuid: a, partitioned: false },
  { index: 1, uuid: b, partitioned: false },
]

/** Puts an nvidia-smi that runs this script in front of PATH. */
async function withNvidiaSmi(script: string): Promise<void> {
  const folder = await makeFolder()
  await installProgram(folder, 'nvidia-smi', script)
  const before = process.env['PATH'] ?? ''
  process.env['PATH'] = `${folder}${delimiter}${before}`
  onTestFinished(() => {
    process.env['PATH'] = before
  })
}

test('GPUs are read as nvidia-smi tells them, those with a partition marked', async () => {
  await withNvidiaSmi(`case "$*" in *mig.mode.current*) ;; *) exit 1 ;; esac
echo '0, NVIDIA RTX A4000, ${a}, 570.86.15, 16376, [N/A]'
echo '1, NVIDIA H100 80GB HBM3, ${b}, 570.86.15, 81559, Enabled'
echo 'Field "x" is not a valid field to query.'`)
  expect(await readGpus()).toEqual([
    { index: 0, name: 'NVIDIA RTX A4000', uuid: a, driver: '570.86.15', memory_gb: 17.2, partitioned: false },
    { index: 1, name: 'NVIDIA H100 80GB HBM3', uuid: b, driver: '570.86.15', memory_gb: 85.5, partitioned: true },
  ])
})

test('no nvidia-smi, one that fails and one that talks of something else are no GPU', async () => {
  await withNvidiaSmi('echo "NVIDIA-SMI has failed because it couldn’t communicate with the NVIDIA driver."; exit 9')
  expect(await readGpus()).toEqual([])
  expect(parseGpus('No devices were found\n')).toEqual([])
})

test.each<[string | undefined, number, string[]]>([
  [undefined, 1, [a]],
  [undefined, 2, [a, b]],
  ['1', 1, [b]],
  ['1,0', 2, [b, a]],
  ['GPU-2222', 1, [b]],
  ['0,7,1', 2, [a]],
  ['', 1, []],
  ['MIG-1234', 1, []],
])('with CUDA_VISIBLE_DEVICES %j a run of %d takes %j', (visible, count, expected) => {
  expect(pickGpus(gpus, visible, count).map(({ uuid }) => uuid)).toEqual(expected)
})

describe('energy', () => {
  const at = (seconds: number) => 1_800_000_000_000 + seconds * 1000
  const sample = (seconds: number, watts: number, uuid = a) => ({ at: at(seconds), uuid, watts })

  test('a line of power has a time in the machine’s own zone', () => {
    expect(parsePower(`2026/11/24 12:00:01.250, ${a}, 71.32`)).toEqual({
      at: new Date(2026, 10, 24, 12, 0, 1, 250).getTime(),
      uuid: a,
      watts: 71.32,
    })
    expect(parsePower(`2026/11/24 12:00:01.250, ${a}, [N/A]`)).toBeUndefined()
    expect(parsePower('Unable to determine the device handle')).toBeUndefined()
  })

  test('is the trapezoid of all GPUs together, the ends held', () => {
    const samples = [sample(1, 100), sample(2, 200), sample(1, 10, b), sample(3, 10, b)]
    // a: 100 × 1 s + 150 × 1 s + 200 × 2 s; b: 10 × 4 s
    expect(integratePower(samples, [a, b], at(0), at(4))).toBe(650 + 40)
  })

  test.each([
    ['a gap over 5 s', [sample(1, 100), sample(6.1, 100)], 7],
    ['a late start', [sample(5.1, 100), sample(6, 100)], 7],
    ['an early end', [sample(1, 100)], 6.1],
    ['a clock set back', [sample(3, 100), sample(2, 100)], 4],
    ['no sample', [], 1],
    ['one of two GPUs', [sample(1, 100, b)], 2],
  ])('with %s is absent', (_, samples, end) => {
    expect(integratePower(samples, [a], at(0), at(end))).toBeUndefined()
  })

  test('a gap of 5 s is none', () => {
    expect(integratePower([sample(0, 100), sample(5, 100)], [a], at(0), at(5))).toBe(500)
  })

  test('is sampled by one nvidia-smi, of the run’s own GPUs, and of none that is cut into parts', async () => {
    await withNvidiaSmi(`case "$*" in *"-l 1 -i ${a}") ;; *) exit 1 ;; esac
while :; do echo "$(date '+%Y/%m/%d %H:%M:%S.%3N'), ${a}, 100.00"; sleep 0.1; done`)
    const end = samplePower(gpus.slice(0, 1))
    const before = Date.now()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const joules = (await end()) ?? 0
    const seconds = (Date.now() - before) / 1000
    expect(joules).toBeGreaterThan(95)
    expect(joules).toBeLessThanOrEqual(100 * seconds)
    expect(await samplePower([{ uuid: a, partitioned: true }])()).toBeUndefined()
    expect(await samplePower([])()).toBeUndefined()
  })
})
