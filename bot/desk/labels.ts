/** Words for what the desk shows, in the language of whoever looks. */
import { OTHER_TOPIC } from '../conversation/memory.js'
import { CITIES } from '../text/cities.js'
import type { StaffLanguage } from '../text/languages.js'
import type { Texts } from '../text/texts.js'
import type { CaseRow } from './cases.js'

export type Words = Pick<Texts, 'say' | 'find'>

/** A text of `console.json`. */
export type Say = (key: string, values?: Record<string, string | number>) => string

/** A person's city is kept by the name that the data has, or by its id. */
const cityId = (city: string): string => CITIES.find(({ id, name }) => id === city || name === city)?.id ?? city

export type Labels = ReturnType<typeof createLabels>

/** What a topic is called where its own name would tell too much to whoever looks over a shoulder (S43). */
const DISCREET_TOPICS: Readonly<Record<string, string>> = { 'trafficking-violence': 'safety' }

/** A danger in a word that may stand on a screen; who reads the case sees the rest. One that nobody knows is a matter of safety. */
const DISCREET_DANGERS: Readonly<Record<string, string>> = {
  suicide: 'crisis',
  medical: 'emergency',
  detention: 'detention',
  child: 'child',
  sos: 'sos',
}

export function createLabels(words: Words, language: StaffLanguage) {
  const say: Say = (key, values) => words.say(language, `console:${key}`, values)
  const known = (key: string, otherwise: string) => words.find(language, key) ?? otherwise
  const topicName = (topic: string): string => {
    const discreet = topic === OTHER_TOPIC ? 'other' : DISCREET_TOPICS[topic]
    return discreet ? say(`topics.${discreet}`) : known(`knowledge:topics.${topic}`, topic)
  }

  return {
    say,
    /** A text of `house.json`: the pages for whoever looks after the centres. */
    house: ((key, values) => words.say(language, `house:${key}`, values)) satisfies Say as Say,
    /** A text of `programme.json`: groups, workers, training days. */
    programme: ((key, values) => words.say(language, `programme:${key}`, values)) satisfies Say as Say,
    /** A text of `coordination.json`: the rules of a programme, and what its report asks. */
    coordination: ((key, values) => words.say(language, `coordination:${key}`, values)) satisfies Say as Say,
    /** What a group on a messenger still lacks. */
    lacking: (code: string): string => known(`rooms:lacking.${code}`, code),
    /** `consultant-2` is how colleagues are stored; "Consultant 2" is how they are shown. */
    alias(alias: string): string {
      const [, role, n] = /^([a-z]+)-(\d+)$/.exec(alias) ?? []
      return role && n ? (words.find(language, `console:alias.${role}`, { n }) ?? alias) : alias
    },
    topic: topicName,
    /** What a case is about: the danger before the topic. Empty while nobody knows. */
    subject: ({ danger, topic }: Pick<CaseRow, 'danger' | 'topic'>): string =>
      [...new Set([danger && say(`topics.${DISCREET_DANGERS[danger] ?? 'safety'}`), topic && topicName(topic)])]
        .filter(Boolean)
        .join(' · '),
    city: (id: string): string => known(`knowledge:cities.${cityId(id)}`, id),
    place: (country: string | null, city: string | null): string =>
      [
        country && (country === 'other' ? say('countries.other') : known(`console:countries.${country}`, country)),
        city && known(`knowledge:cities.${cityId(city)}`, city),
      ]
        .filter(Boolean)
        .join(', '),
    language: (of: string): string => known(`console:languages.${of}`, of),
    /** A refusal in words. */
    error: (code: string, values: Record<string, string | number> = {}): string =>
      words.find(language, `console:errors.${code}`, values) ??
      words.find(language, `house:errors.${code}`, values) ??
      words.find(language, `programme:errors.${code}`, values) ??
      words.find(language, `coordination:errors.${code}`, values) ??
      say('errors.trouble'),
  }
}
