/** The two talks that everything is measured with: what is typed, and which text must come back. Answers differ from person to person. */
export type Turn = { say: (person: number) => string; expect: readonly string[] }

const pick = <T>(list: readonly T[], nth: number): T => list[nth % list.length] as T
const two = (number: number) => String(number).padStart(2, '0')

const REGIONS = ['North', 'South', 'East', 'West', 'Centre']
const PROGRAMMES = ['Health', 'Education', 'Housing', 'Food', 'Legal aid']
const CHANNELS = ['Phone', 'Email', 'Visit', 'Post', 'Chat']

/** Eleven messages in, thirteen out; one answer is wrong and one message comes after the end. */
const report: Turn[] = [
  { say: () => 'report', expect: ['report:greeting', 'report:visits'] },
  { say: (person) => String(person % 501), expect: ['report:members'] },
  { say: () => 'I am not sure yet', expect: ['questions:number.unreadable'] },
  { say: (person) => String((person * 7) % 101), expect: ['report:region'] },
  { say: (person) => pick(REGIONS, person), expect: ['report:programme'] },
  { say: (person) => pick(PROGRAMMES, person + 3), expect: ['report:channels'] },
  { say: (person) => `${pick(CHANNELS, person)}, ${pick(CHANNELS, person + 2)}`, expect: ['report:difficulty'] },
  {
    say: (person) =>
      `Person ${person} writes that the road to the village was closed for a week and the post came late.`,
    expect: ['report:lastVisit'],
  },
  { say: (person) => `2025-10-${two(1 + (person % 28))}`, expect: ['report:sure'] },
  { say: () => 'Yes', expect: ['report:summary', 'report:accepted'] },
  { say: () => 'hello', expect: ['idle:hint'] },
]

/** Five in, six out. */
const faq: Turn[] = [
  { say: () => 'faq', expect: ['faq:language'] },
  { say: (person) => pick(['English', 'Deutsch', 'Español'], person), expect: ['faq:topic'] },
  {
    say: (person) => pick(['Fees', 'Membership', 'Documents', 'Events', 'Contacts'], person + 1),
    expect: ['faq:article'],
  },
  { say: (person) => pick(['Refunds', 'Discounts', 'Deadlines'], person + 2), expect: ['faq:text', 'faq:helpful'] },
  { say: () => 'Yes', expect: ['faq:thanks'] },
]

export const WORKLOADS = { report, faq }

export const TEXTS: Record<string, string> = {
  'report:words': 'report',
  'faq:words': 'faq',
  ...labels('report:region', ['north', 'south', 'east', 'west', 'centre'], REGIONS),
  ...labels('report:programme', ['health', 'education', 'housing', 'food', 'legal'], PROGRAMMES),
  ...labels('report:channels', ['phone', 'email', 'visit', 'post', 'chat'], CHANNELS),
  ...labels('faq:language', ['en', 'de', 'es'], ['English', 'Deutsch', 'Español']),
  ...labels(
    'faq:topic',
    ['fees', 'membership', 'documents', 'events', 'contacts'],
    ['Fees', 'Membership', 'Documents', 'Events', 'Contacts'],
  ),
  ...labels('faq:article', ['refunds', 'discounts', 'deadlines'], ['Refunds', 'Discounts', 'Deadlines']),
  ...labels('faq:helpful', ['yes', 'no'], ['Yes', 'No']),
}

function labels(step: string, ids: readonly string[], words: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id, place) => [`${step}.options.${id}`, words[place] ?? id]))
}
