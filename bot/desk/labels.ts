/** Words for what the desk shows, in the language of whoever looks. */
import { CITIES } from '../text/cities.js'
import type { StaffLanguage } from '../text/languages.js'
import type { Texts } from '../text/texts.js'

export type Words = Pick<Texts, 'say' | 'find'>

/** A text of `console.json`. */
export type Say = (key: string, values?: Record<string, string | number>) => string

/** A person's city is kept by the name that the data has, or by its id. */
const cityId = (city: string): string => CITIES.find(({ id, name }) => id === city || name === city)?.id ?? city

export type Labels = ReturnType<typeof createLabels>

/** What a topic is called where its own name would tell too much to whoever looks over a shoulder (S43). */
const DISCREET_TOPICS: Readonly<Record<string, string>> = { 'trafficking-violence': 'safety' }

export function createLabels(words: Words, language: StaffLanguage) {
  const say: Say = (key, values) => words.say(language, `console:${key}`, values)
  const known = (key: string, otherwise: string) => words.find(language, key) ?? otherwise

  return {
    say,
    /** A text of `house.json`: the pages for whoever looks after the centres. */
    house: ((key, values) => words.say(language, `house:${key}`, values)) satisfies Say as Say,
    /** What a group on a messenger still lacks. */
    lacking: (code: string): string => known(`rooms:lacking.${code}`, code),
    /** `consultant-2` is how colleagues are stored; "Consultant 2" is how they are shown. */
    alias(alias: string): string {
      const [, role, n] = /^([a-z]+)-(\d+)$/.exec(alias) ?? []
      return role && n ? (words.find(language, `console:alias.${role}`, { n }) ?? alias) : alias
    },
    topic: (topic: string): string =>
      DISCREET_TOPICS[topic] ? say(`topics.${DISCREET_TOPICS[topic]}`) : known(`knowledge:topics.${topic}`, topic),
    /** What a case is about, in a word that may be read over a shoulder. */
    caseLabel: ({ topic }: { topic: string | null }): string =>
      topic
        ? DISCREET_TOPICS[topic]
          ? say(`topics.${DISCREET_TOPICS[topic]}`)
          : known(`knowledge:topics.${topic}`, topic)
        : say('queue.noTopic'),
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
      say('errors.trouble'),
  }
}
