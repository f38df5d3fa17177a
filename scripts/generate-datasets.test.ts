import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { labelSchema } from 'registry'
import { promptSha256, readCatalog, sha256 } from 'registry/node'
import { expect, test } from 'vitest'
import { generateCandidates } from './generate-candidates.ts'
import { generateTickets, ticketLabels } from './generate-tickets.ts'
import { toJsonLines } from './to-json-lines.ts'

const root = join(import.meta.dirname, '..')
const seed = 20241028
const read = (path: string) => readFile(join(root, path), 'utf8')

test('the catalog has no fault', async () => {
  const { problems } = await readCatalog(root)
  expect(problems).toEqual([])
})

test.each([12, 50])('the %i committed candidates are what the generator gives', async (count) => {
  const text = toJsonLines(generateCandidates(count, seed))
  expect(text).toBe(await read(`registry/datasets/synthetic_candidates_${count}.jsonl`))
})

test('the committed tickets and labels are what the generator gives, for the prompt as it stands', async () => {
  const { rubrics } = await readCatalog(root)
  const rubric = rubrics.get('ticket_routing_v1')
  if (rubric === undefined) throw new Error('ticket_routing_v1 is missing')
  const tickets = generateTickets(30, seed)
  const labels = ticketLabels(tickets, promptSha256(rubric))
  expect(toJsonLines(tickets.map(({ ticket }) => ticket))).toBe(
    await read('registry/datasets/synthetic_tickets_30.jsonl'),
  )
  expect(toJsonLines(labels)).toBe(await read('registry/labels/synthetic_tickets_30.jsonl'))
  for (const label of labels) labelSchema.parse(label)
})

test.each(['synthetic_candidates_12', 'synthetic_candidates_50', 'synthetic_tickets_30'])(
  'digest and count of %s are those of its rows',
  async (id) => {
    const { datasets } = await readCatalog(root)
    const dataset = datasets.get(id)
    const text = await read(dataset?.file ?? '')
    expect(dataset?.sha256).toBe(sha256(text))
    expect(dataset?.count).toBe(text.trimEnd().split('\n').length)
  },
)

test('the same seed gives the same people, another seed gives others, more of them begin with the same', () => {
  expect(generateCandidates(60, 7)).toEqual(generateCandidates(60, 7))
  expect(generateCandidates(60, 7).slice(0, 20)).toEqual(generateCandidates(20, 7))
  expect(generateCandidates(20, 7)).not.toEqual(generateCandidates(20, 8))
})

test('a candidate is synthetic, has a name of their own, and the years of their jobs add up', () => {
  const candidates = generateCandidates(120, seed)
  expect(new Set(candidates.map(({ name }) => name)).size).toBe(120)
  for (const { synthetic, education, jobs, years_experience } of candidates) {
    expect(synthetic).toBe(true)
    expect(education.school ?? '(fictional)').toContain('(fictional)')
    expect(jobs.reduce((sum, { years }) => sum + years, 0)).toBe(years_experience)
  }
})

test('more candidates than there are names are refused', () => {
  expect(() => generateCandidates(1000, seed)).toThrow('there are names for 340 candidates')
})

test('a ticket says nothing of its category', () => {
  const tickets = generateTickets(30, seed)
  expect(new Set(tickets.map(({ category }) => category)).size).toBe(5)
  for (const { ticket } of tickets)
    expect(Object.keys(ticket)).toEqual(['custom_id', 'synthetic', 'channel', 'plan', 'subject', 'message'])
})
