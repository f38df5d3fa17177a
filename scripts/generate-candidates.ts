import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { seededRandom, type SeededRandom } from './seeded-random.ts'
import { toJsonLines } from './to-json-lines.ts'

type SchoolTier = 'top-tier' | 'mid-tier' | 'unranked'
type EmployerKind = 'tier-1 technology firm' | 'high-growth start-up' | 'unknown company'

export interface Candidate {
  custom_id: string
  synthetic: true
  name: string
  title: string
  years_experience: number
  education: { level: string; field?: string; school?: string; tier?: SchoolTier }
  /** the newest first */
  jobs: { title: string; employer: string; kind: EmployerKind; years: number }[]
}

/** A kind of career. Its steps run from the first job to the present one; their years add up to the experience. */
interface Career {
  levels: string[]
  fields: string[]
  tiers: SchoolTier[]
  steps: { titles: string[]; kinds: EmployerKind[]; years: [low: number, high: number] }[]
}

const firstNames = (
  'Adaeze Birgit Chandra Dmitri Eloise Farid Greta Hiroshi Ines Jamal ' +
  'Katya Lorenzo Mei Nadim Oona Paulo Quirin Rosa Sven Tamsin'
).split(' ')

const surnames = (
  'Vellimar Tarnquist Okonlere Brasovane Hallowfen Drustwick Marendil Pellacroix Yamorigu Stavengard Corvandle ' +
  'Ilmaratu Fenmarrow Zubrelye Quillbrooke Ashkorvan Thandelow'
).split(' ')

const schools: Record<SchoolTier, string[]> = {
  'top-tier': ['Northmoor Institute of Technology', 'Castellane University', 'Ardenfell Polytechnic'],
  'mid-tier': ['University of East Wexmere', 'Larkhaven State University', 'Tolbridge University'],
  unranked: ['Pellow Valley College', 'Quill Street College', 'Great Sorrel College'],
}

const employers: Record<EmployerKind, string[]> = {
  'tier-1 technology firm': ['Omnivale', 'Halcyrix', 'Brontiqa'],
  'high-growth start-up': ['Zephyrquay', 'Mirelumo', 'Kestrova', 'Dapplenode'],
  'unknown company': ['Fennwick & Sons', 'Plovdale Services', 'Osterbyrne Group', 'Dunmarrow Ltd', 'Gillyford Trade'],
}

const tierOne: EmployerKind[] = ['tier-1 technology firm']
const startUp: EmployerKind[] = ['high-growth start-up']
const unknown: EmployerKind[] = ['unknown company']

const careers: Record<string, Career> = {
  fastRiser: {
    levels: ['bachelor', 'master'],
    fields: ['Computer Science', 'Computer Engineering'],
    tiers: ['top-tier'],
    steps: [
      { titles: ['Software Engineer'], kinds: tierOne, years: [1, 2] },
      { titles: ['Senior Software Engineer'], kinds: tierOne, years: [2, 2] },
      { titles: ['Staff Software Engineer'], kinds: [...startUp, ...tierOne], years: [1, 3] },
    ],
  },
  stuckJunior: {
    levels: ['bachelor'],
    fields: ['Information Systems', 'Computer Science'],
    tiers: ['mid-tier', 'unranked'],
    steps: [
      { titles: ['Junior Developer'], kinds: unknown, years: [4, 6] },
      { titles: ['Junior Developer', 'Junior Web Developer'], kinds: unknown, years: [4, 7] },
    ],
  },
  steadySenior: {
    levels: ['bachelor'],
    fields: ['Computer Science', 'Software Engineering', 'Mathematics'],
    tiers: ['mid-tier'],
    steps: [
      { titles: ['Software Engineer'], kinds: unknown, years: [3, 4] },
      { titles: ['Senior Software Engineer'], kinds: startUp, years: [3, 5] },
    ],
  },
  marketer: {
    levels: ['bachelor', 'master'],
    fields: ['Marketing', 'Communication'],
    tiers: ['mid-tier', 'top-tier'],
    steps: [
      { titles: ['Marketing Associate'], kinds: unknown, years: [2, 4] },
      { titles: ['Marketing Manager', 'Brand Manager'], kinds: [...startUp, ...unknown], years: [2, 5] },
    ],
  },
  selfTaughtStaff: {
    levels: ['none'],
    fields: [],
    tiers: [],
    steps: [
      { titles: ['Web Developer'], kinds: unknown, years: [3, 4] },
      { titles: ['Senior Software Engineer'], kinds: startUp, years: [4, 6] },
      { titles: ['Staff Software Engineer', 'Principal Engineer'], kinds: startUp, years: [5, 6] },
    ],
  },
  freshGraduate: {
    levels: ['bachelor', 'master'],
    fields: ['Computer Science', 'Electrical Engineering'],
    tiers: ['top-tier'],
    steps: [{ titles: ['Software Engineer'], kinds: [...unknown, ...tierOne], years: [1, 2] }],
  },
  careerChanger: {
    levels: ['bachelor'],
    fields: ['Nursing', 'History', 'Music'],
    tiers: ['mid-tier', 'unranked'],
    steps: [
      { titles: ['Nurse', 'Teacher', 'Librarian'], kinds: unknown, years: [4, 7] },
      { titles: ['Software Engineer', 'Front-end Developer'], kinds: [...startUp, ...unknown], years: [2, 3] },
    ],
  },
  researcher: {
    levels: ['doctorate'],
    fields: ['Machine Learning', 'Statistics', 'Physics'],
    tiers: ['top-tier', 'mid-tier'],
    steps: [
      { titles: ['Research Scientist'], kinds: [...tierOne, ...unknown], years: [2, 3] },
      {
        titles: ['Senior Machine Learning Engineer', 'Data Scientist'],
        kinds: [...startUp, ...tierOne],
        years: [2, 4],
      },
    ],
  },
  plateau: {
    levels: ['bachelor', 'master'],
    fields: ['Computer Science', 'Computer Engineering'],
    tiers: ['top-tier', 'mid-tier'],
    steps: [
      { titles: ['Software Engineer'], kinds: tierOne, years: [6, 7] },
      { titles: ['Software Engineer'], kinds: [...unknown, ...tierOne], years: [6, 8] },
    ],
  },
  seller: {
    levels: ['bachelor', 'none'],
    fields: ['Business Administration', 'Economics'],
    tiers: ['mid-tier', 'unranked'],
    steps: [
      { titles: ['Sales Representative'], kinds: unknown, years: [2, 4] },
      { titles: ['Account Executive', 'Sales Manager'], kinds: tierOne, years: [3, 6] },
    ],
  },
  founder: {
    levels: ['bachelor'],
    fields: ['Software Engineering', 'Physics', 'Computer Science'],
    tiers: ['mid-tier', 'top-tier'],
    steps: [
      { titles: ['Software Engineer'], kinds: tierOne, years: [1, 3] },
      { titles: ['Lead Engineer'], kinds: startUp, years: [2, 2] },
      { titles: ['CTO', 'Head of Engineering'], kinds: startUp, years: [2, 4] },
    ],
  },
  tester: {
    levels: ['associate'],
    fields: ['Information Technology', 'Electronics'],
    tiers: ['unranked'],
    steps: [
      { titles: ['IT Support Technician'], kinds: unknown, years: [3, 5] },
      { titles: ['Manual Tester', 'QA Tester'], kinds: unknown, years: [5, 8] },
    ],
  },
}

/**
 * Invented candidates, one of each kind of career in every twelve, in a shuffled order. The same count and seed give
 * the same candidates; a greater count begins with the candidates of a smaller one. Throws a RangeError where `count`
 * exceeds the names at hand.
 */
export function generateCandidates(count: number, seed: number): Candidate[] {
  const random = seededRandom(seed)
  const names = random.shuffle(firstNames.flatMap((first) => surnames.map((last) => `${first} ${last}`)))
  if (!(count <= names.length))
    throw new RangeError(`count is ${count}, there are names for ${names.length} candidates`)
  let queue: Career[] = []
  return names.slice(0, count).map((name, index) => {
    if (queue.length === 0) queue = random.shuffle(Object.values(careers))
    const [career, ...rest] = queue
    queue = rest
    return candidate(index + 1, name, career, random)
  })
}

function candidate(number: number, name: string, career: Career | undefined, random: SeededRandom): Candidate {
  if (career === undefined) throw new RangeError('there is no career to pick from')
  const jobs: Candidate['jobs'] = []
  for (const step of career.steps) {
    const kind = random.pick(step.kinds)
    const employer = random.pick(employers[kind].filter((one) => jobs.every((job) => job.employer !== one)))
    jobs.unshift({ title: random.pick(step.titles), employer, kind, years: random.integer(...step.years) })
  }
  return {
    custom_id: `candidate-${String(number).padStart(4, '0')}`,
    synthetic: true,
    name,
    title: jobs[0]?.title ?? '',
    years_experience: jobs.reduce((sum, job) => sum + job.years, 0),
    education: study(career, random),
    jobs,
  }
}

function study(career: Career, random: SeededRandom): Candidate['education'] {
  const level = random.pick(career.levels)
  if (level === 'none') return { level }
  const tier = random.pick(career.tiers)
  return { level, field: random.pick(career.fields), school: `${random.pick(schools[tier])} (fictional)`, tier }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '50' },
      seed: { type: 'string', default: '20241028' },
      out: { type: 'string', default: 'registry/datasets/synthetic_candidates_50.jsonl' },
    },
  })
  writeFileSync(values.out, toJsonLines(generateCandidates(Number(values.count), Number(values.seed))))
}
