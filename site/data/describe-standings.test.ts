import { codeField, compareField, gatherLabels, verdictStatuses, type Label, type RunMeta } from 'registry'
import { expect, test } from 'vitest'
import { describeStandings, findPeers } from './describe-standings.ts'

const scale = ['Bad', 'Fair', 'Good']
const field = { type: 'ordinal' as const, path: '/mood', scale, primary: true, required: true }
const ok = verdictStatuses.indexOf('ok')
const truncated = verdictStatuses.indexOf('truncated')

/** `x`: no usable verdict */
function compare(said: string[], labels: Label[] = []) {
  const columns = said.map((word) => {
    const letters = Array.from(word)
    return {
      statuses: Uint8Array.from(letters, (letter) => (letter === 'x' ? truncated : ok)),
      codes: Int32Array.from(letters, (letter) => 'BFG'.indexOf(letter)),
    }
  })
  const positions = new Map(Array.from(said[0] ?? '', (_, place) => [`item-${place}`, place]))
  const reference = gatherLabels('mood', field, labels, positions, 'p')
  const ids = said.map((_, run) => `run-${run}`)
  return compareField('mood', codeField(field, columns, reference?.values ?? new Map()), ids, reference).comparison
}

function meta(run: number, execution: object = {}): RunMeta {
  return {
    run_id: `run-${run}`,
    model: { name: `Model ${run}`, slug: `model-${run}` },
    dataset: { sha256: 's', prompt_sha256: 'p' },
    execution: {
      req_per_sec: 1 + run,
      engine: { name: 'vllm', version: '1', args: {} },
      host: { platform: 'linux-x64' },
      order: 'input',
      concurrency: 4,
      ...execution,
    },
  } as unknown as RunMeta
}

test('without labels: 1 − the mean distance to the others, on the items usable in all', () => {
  // usable in all: the first three; distances of 0 and 1: 0, ½, 0; of 0 and 2: 0, 1, ½; of 1 and 2: 0, ½, ½
  const standings = describeStandings(compare(['BFGG', 'BGGB', 'BBFx']), [meta(0), meta(1), meta(2)], [])
  expect(standings.quality).toBe('agreement')
  expect(standings.items).toBe(3)
  const of = (run: number) => standings.runs.find(({ runId }) => runId === `run-${run}`)
  expect(of(0)?.quality?.value).toBeCloseTo(1 - (0.5 / 3 + 1 / 3) / 2, 12)
  expect(of(1)?.quality?.value).toBeCloseTo(1 - (0.5 / 3 + 1.5 / 3) / 2, 12)
  expect(of(2)?.quality?.value).toBeCloseTo(1 - (1 / 3 + 1.5 / 3) / 2, 12)
  expect(of(2)?.usable).toBe(0.75)
  expect(standings.runs[0]?.runId).toBe('run-0')
  // nearer to the others isn't better, so nothing is on a front
  expect(standings.runs.some(({ onFront }) => onFront)).toBe(false)
})

test('two runs are equally near each other; one alone has no agreement', () => {
  const two = describeStandings(compare(['BFG', 'BGx']), [meta(0), meta(1)], [])
  expect(two.runs.map(({ quality }) => quality)).toEqual([{ value: 0.75 }, { value: 0.75 }])
  expect(two.items).toBe(2)
  const one = describeStandings(compare(['BFG']), [meta(0)], [])
  expect(one.runs.map(({ quality, usable }) => [quality, usable])).toEqual([[undefined, 1]])
  expect(one.alpha).toBeUndefined()
})

test('with labels: accuracy with its interval, unusable is wrong, and what the commonest label would get', () => {
  const label = (place: number, value: string, selection: Label['selection'] = 'random'): Label => {
    return {
      custom_id: `item-${place}`,
      field: 'mood',
      value,
      rater: 'a',
      date: '2026-01-01',
      prompt_sha256: 'p',
      selection,
    }
  }
  const labels = [label(0, 'Bad'), label(1, 'Good'), label(2, 'Good'), label(3, 'Fair', 'disagreement')]
  const standings = describeStandings(compare(['BGGG', 'BxBF'], labels), [meta(0), meta(1)], [])
  expect(standings).toMatchObject({ quality: 'accuracy', items: 3, commonest: { value: 'Good', share: 2 / 3 } })
  expect(standings.runs.map(({ quality }) => quality?.value)).toEqual([1, 1 / 3])
  // the second is faster, the first is right more often
  expect(standings.runs.map(({ onFront }) => onFront)).toEqual([true, true])
  expect(standings.runs[1]?.quality?.low).toBeCloseTo(0.0615, 4)
})

test('speeds are comparable within the largest group of the same setup; what differs is named', () => {
  const odd = meta(2, { concurrency: 8 })
  expect([...findPeers([meta(0), meta(1), odd])]).toEqual([0, 1])
  expect(findPeers([meta(0), odd]).size).toBe(0)
  const unknown = meta(1, { host: undefined, order: undefined, concurrency: undefined })
  expect(findPeers([unknown, unknown]).size).toBe(0)
  const standings = describeStandings(compare(['BFG', 'BFF', 'BBG']), [meta(0), meta(1), odd], [])
  expect(standings.setupDiffers).toEqual(['concurrency'])
  expect(standings.runs.filter(({ sameSetup }) => !sameSetup).map(({ runId }) => runId)).toEqual(['run-2'])
  const imported = describeStandings(compare(['BFG', 'BFF']), [meta(0), unknown], [])
  expect(imported.setupDiffers[0]).toBe('hardware, order or concurrency not recorded')
  expect(imported.runs.some(({ onFront }) => onFront)).toBe(false)
})
