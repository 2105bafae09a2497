/** What a person tells us of themselves once: language, country, city, and how old they are if they want to. */
import { z } from 'zod'
import { defineAction } from '../conversation/action.js'
import { AGE_BANDS } from '../text/ages.js'
import { cityById } from '../text/cities.js'
import { COUNTRIES } from '../text/countries.js'
import { guessLanguage } from '../text/guess-language.js'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../text/languages.js'

export const setLanguage = defineAction({
  name: 'people.setLanguage',
  input: z.object({ language: z.enum(LANGUAGES) }),
  output: z.object({}),
  async run({ language }, { turn }) {
    turn.person.language = language
    return {}
  },
})

/** All languages, the likeliest first: guessed from what the person wrote and from what their messenger says. */
export const offerLanguages = defineAction({
  name: 'people.languages',
  input: z.object({ said: z.string().default('') }),
  output: z.array(z.object({ id: z.string(), label: z.string() })),
  async run({ said }, { turn }) {
    const guesses = guessLanguage(said, turn.locale).map(({ language }) => language)
    const ordered = [...new Set<Language>([...guesses, ...LANGUAGES])]
    return ordered.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))
  },
})

export const setPlace = defineAction({
  name: 'people.setPlace',
  input: z.object({ country: z.enum([...COUNTRIES, 'other']), city: z.string().max(80).default('') }),
  output: z.object({}),
  async run({ country, city }, { turn }) {
    turn.person.country = country
    turn.person.city = cityById(city)?.name ?? null
    return {}
  },
})

export const setAge = defineAction({
  name: 'people.setAge',
  input: z.object({ band: z.enum(AGE_BANDS) }),
  output: z.object({}),
  async run({ band }, { tx, turn }) {
    await tx.person.update({ where: { id: turn.loaded.personId }, data: { ageBand: band } })
    return {}
  },
})
