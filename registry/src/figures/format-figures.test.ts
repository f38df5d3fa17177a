import { expect, test } from 'vitest'
import {
  formatBytes,
  formatChance,
  formatCoefficient,
  formatDuration,
  formatPercent,
  formatPoints,
  formatRate,
  formatShare,
  formatTime,
  notMeasured,
} from './format-figures.ts'

test('a success rate is never rounded up to 100 nor down to 0', () => {
  expect(formatPercent(100)).toBe('100 %')
  expect(formatPercent(99.9996)).toBe('99.99 %')
  expect(formatPercent(0.0004)).toBe('0.01 %')
  expect(formatPercent(0)).toBe('0 %')
  expect(formatPercent(58.3333)).toBe('58.33 %')
})

test('figures of a comparison are never rounded to a bound they don’t reach', () => {
  expect([1, 0.99996, 0.4, 0.00001, 0].map(formatShare)).toEqual(['100', '99.9', '40.0', '0.1', '0'])
  expect([1, 0.99996, -0.0001, -0.25].map(formatCoefficient)).toEqual(['1.000', '0.999', '0.000', '-0.250'])
  expect([0.16667, -0.00001, -0.5].map(formatPoints)).toEqual(['+16.67', '0.00', '-50.00'])
  expect([0.0004, 0.0625].map(formatChance)).toEqual(['<0.001', '0.063'])
})

test('a figure nobody measured is no number', () => {
  expect(formatPercent(undefined)).toBe(notMeasured)
  expect(formatRate(undefined)).toBe(notMeasured)
})

test.each([
  [3.391, '3.39'],
  [0.53, '0.53'],
  [0.0213, '0.021'],
  [0, '0.00'],
  [1234.5, '1,235'],
])('%d per second reads %s', (rate, text) => {
  expect(formatRate(rate)).toBe(text)
})

test.each([
  [6, '6 s'],
  [6.24, '6.2 s'],
  [59.4, '59 s'],
  [59.6, '1 min 00 s'],
  [725, '12 min 05 s'],
  [3599.7, '1 h 00 min'],
  [51_600, '14 h 20 min'],
])('%d seconds read %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test('times are UTC and say so, bytes come in powers of ten', () => {
  expect(formatTime('2026-11-24T08:14:55Z')).toBe('2026-11-24 08:14 UTC')
  expect(formatBytes(999)).toBe('999 B')
  expect(formatBytes(1_400_000)).toBe('1.4 MB')
})
