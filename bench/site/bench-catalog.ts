import { rubricSchema, type Dataset } from 'registry'
import { seededRandom } from '../../scripts/seeded-random.ts'

const strengths = ['Weak', 'Average', 'Great']
/** Five fields, as the example's candidate rubric has them; the first is the primary one. */
export const scales: readonly { name: string; scale: readonly string[] }[] = [
  { name: 'recommendation', scale: ['Strong No', 'No', 'Maybe', 'Yes', 'Strong Yes'] },
  { name: 'education', scale: strengths },
  { name: 'employers', scale: strengths },
  { name: 'trajectory', scale: strengths },
  { name: 'is_engineer', scale: ['false', 'true'] },
]

export const rubricId = 'bench_candidates_v1'

export const rubric = rubricSchema.parse({
  title: 'Candidates, five judgements',
  prompt: {
    system: 'You judge candidates by these criteria and answer with one JSON object.\n\n{{criteria}}',
    user: '{{record}}',
  },
  criteria: Object.fromEntries(
    scales.map(({ name, scale }) => [
      name,
      scale.map((value) => `- ${value}: what the record says of ${name.replaceAll('_', ' ')} bears it out`).join('\n'),
    ]),
  ),
  fields: Object.fromEntries(
    scales.map(({ name, scale }, place) => [
      name,
      {
        path: `/${name}/value`,
        reasoning: `/${name}/reasoning`,
        primary: place === 0,
        ...(name === 'is_engineer' ? { type: 'boolean' } : { type: 'ordinal', scale }),
        ...(place === 0 ? { positive: ['Yes', 'Strong Yes'] } : {}),
      },
    ]),
  ),
})

const families = ['Aster', 'Birch', 'Cedar', 'Dahlia', 'Elder', 'Fern', 'Ginkgo', 'Hazel', 'Iris', 'Juniper']
const sizes = ['1B', '3B', '4B', '8B']

export interface BenchModel {
  slug: string
  name: string
  hubId: string
  size: string
  /** requests per second */
  speed: number
  /** how far its judgement strays, 0 to 1 */
  stray: number
}

/** Up to forty models; the smaller, the faster and the less steady. */
export const models: readonly BenchModel[] = sizes.flatMap((size, step) =>
  families.map((family, place) => ({
    slug: `${family.toLowerCase()}-${size.toLowerCase()}`,
    name: `${family} ${size}`,
    hubId: `example/${family}-${size}`,
    size,
    speed: 14 / (step + 1) + place / 7,
    stray: 0.14 - step * 0.03 + place / 150,
  })),
)

const random = seededRandom(20241028)
const pickers = {
  first: ['Ada', 'Bo', 'Cleo', 'Dag', 'Eva', 'Finn', 'Gül', 'Hana', 'Ivo', 'Jun', 'Kaya', 'Lars', 'Mira', 'Noé', 'Ola'],
  last: Array.from({ length: 200 }, () =>
    ['Vel', 'Mar', 'Tor', 'Ash', 'Quin', 'Ober', 'Lind', 'Hal']
      .map((part) => (random.integer(0, 3) === 0 ? part.toLowerCase() : ''))
      .join('')
      .replace(/^./, (letter) => letter.toUpperCase())
      .concat(random.pick(['sen', 'ford', 'ova', 'berg', 'lund', 'mont'])),
  ),
  title: ['Engineer', 'Analyst', 'Product Manager', 'Designer', 'Recruiter', 'Data Scientist', 'Technician', 'Writer'],
  level: ['none', 'bachelor', 'master', 'doctorate'],
  town: ['Aarau', 'Bern', 'Chur', 'Davos', 'Erlach', 'Flims', 'Genf', 'Hallau', 'Ilanz', 'Jona'],
  employer: ['Omnivale', 'Dunmarrow', 'Zephyrquay', 'Mirelumo', 'Fennwick', 'Quarrylight', 'Northbourne', 'Silverpike'],
} as const

/** Record `item` as JSON, about 650 bytes. */
export function recordText(item: number): string {
  const pick = (values: readonly string[], salt: number) =>
    values[Math.floor(unit(item, salt, 3) * values.length)] ?? ''
  const jobs = Array.from({ length: 3 }, (_, job) => ({
    title: pick(pickers.title, 20 + job),
    employer: pick(pickers.employer, 30 + job),
    years: 1 + Math.floor(unit(item, 40 + job, 3) * 9),
    about: `${pick(reasons, 50 + job)}; ${pick(reasons, 60 + job)}`,
  }))
  return JSON.stringify({
    custom_id: idOf(item),
    name: `${pick(pickers.first, 1)} ${pick(pickers.last, 2)} ${item}`,
    title: pick(pickers.title, 20),
    town: pick(pickers.town, 4),
    education: { level: pick(pickers.level, 5), school: `${pick(pickers.town, 6)} College` },
    jobs,
  })
}

export const shownItem: Dataset['item'] = {
  title: '/name',
  display: ['/title', '/town', '/education/level', '/education/school', '/jobs'],
  facets: { degree: '/education/level', town: '/town', title: '/title' },
}

export function idOf(item: number): string {
  return `candidate-${String(item + 1).padStart(7, '0')}`
}

/** From 0 up to 1, the same for the same three numbers on any machine. */
export function unit(a: number, b: number, c: number): number {
  let bits = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b) ^ Math.imul(c + 1, 0xc2b2ae35)
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d)
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b)
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32
}

/** What a model gives as its reasons. */
export const reasons: readonly string[] = Array.from({ length: 400 }, () => {
  const words =
    'steady growth at several companies with clear ownership of systems some gaps in what is written although references were strong overall progress remains hard to judge from this record alone led a small team moved between fields'.split(
      ' ',
    )
  return Array.from({ length: 12 }, () => random.pick(words)).join(' ')
})
