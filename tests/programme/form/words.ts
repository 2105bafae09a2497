/** Words for a question and for options, in every language of workers. */
import type { WrittenQuestion } from '../../../bot/programme/form/edits.js'
import { STAFF_LANGUAGES, type StaffLanguage } from '../../../bot/text/languages.js'

export const inEach = <T>(of: (language: StaffLanguage) => T): Record<StaffLanguage, T> =>
  Object.fromEntries(STAFF_LANGUAGES.map((each) => [each, of(each)])) as Record<StaffLanguage, T>

/** "Bikes (uk)?" in Ukrainian, and so on. */
export const question = (name: string, more: Partial<WrittenQuestion> = {}): WrittenQuestion => ({
  kind: 'number',
  words: inEach((language) => ({ ask: `${name} (${language})?`, short: `${name} ${language}` })),
  optional: false,
  personal: false,
  after: 'hours',
  options: inEach(() => []),
  ...more,
})

export const label = (name: string) => inEach((language) => `${name} ${language}`)

export const lines = (...names: string[]) => inEach((language) => names.map((name) => `${name} ${language}`))

/** The same question as the fields of the page's form. */
export const fieldsOf = (name: string, kind = 'number', after = 'city') => ({
  kind,
  after,
  ...Object.fromEntries(
    STAFF_LANGUAGES.flatMap((each) => [
      [`ask.${each}`, `${name} (${each})?`],
      [`short.${each}`, `${name} ${each}`],
      [`options.${each}`, kind === 'choice' || kind === 'many' ? `Red ${each}\nBlue ${each}` : ''],
    ]),
  ),
})

/** The same word as the fields of the page's form. */
export const prefixed = (words: Record<string, string>) =>
  Object.fromEntries(Object.entries(words).map(([language, word]) => [`word.${language}`, word]))
