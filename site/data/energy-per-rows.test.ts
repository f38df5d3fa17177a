import type { RunMeta } from 'registry'
import { expect, test } from 'vitest'
import { energyPerRows } from './energy-per-rows.ts'

const run = (energies: readonly (number | undefined)[], success: number) =>
  ({
    execution: { segments: energies.map((energy) => (energy === undefined ? {} : { energy_joules: energy })) },
    results: { success },
  }) as RunMeta

test('Joules per 1,000 successful rows over all starts; absent where one was not measured', () => {
  expect(energyPerRows(run([300, 200], 250))).toBe(2000)
  expect(energyPerRows(run([300, undefined], 250))).toBeUndefined()
  expect(energyPerRows(run([], 250))).toBeUndefined()
  expect(energyPerRows(run([300], 0))).toBeUndefined()
})
