/** What the knowledge is made of. The same shapes come out of the seed files and out of the database. */
import { z } from 'zod'
import { COUNTRIES } from '../text/countries.js'
import { LANGUAGES, type Language } from '../text/languages.js'

const Country = z.enum(COUNTRIES)
const Line = z.string().trim().min(1)
/** `low` is left out on purpose: what nobody could find a source for is never shown. */
const Confidence = z.enum(['high', 'medium'])

/** `asks` are other ways in which people put the same question; search reads them, nobody sees them. */
export const ArticleText = z.strictObject({ title: Line, text: Line, asks: z.array(Line).optional() })
export type ArticleText = z.infer<typeof ArticleText>

export const ContactText = z.strictObject({
  name: Line,
  address: Line.optional(),
  hours: Line.optional(),
  note: Line.optional(),
})
export type ContactText = z.infer<typeof ContactText>

/** An article as its country's seed file has it: without its words. `asOf` is a date, or a part of one, or "undated". */
export const ArticleEntry = z.strictObject({
  id: Line,
  topic: Line,
  city: Line.optional(),
  facts: z.array(Line).min(1),
  source: z.strictObject({ title: Line, url: z.url() }),
  asOf: Line,
  confidence: Confidence,
  verify: z.boolean(),
})

export const ContactEntry = z.strictObject({
  id: Line,
  country: Country,
  city: Line.optional(),
  kind: Line,
  phone: Line.optional(),
  url: z.url().optional(),
  languages: z.array(Line).optional(),
  source: z.url(),
  asOf: Line,
  confidence: Confidence,
  verify: z.boolean(),
})

type InLanguages<Text> = Partial<Record<Language, Text>>

/** One answer: `facts` are the ids it covers, `verify` says that a consultant has still to confirm it. */
export type Article = z.infer<typeof ArticleEntry> & {
  country: z.infer<typeof Country>
  texts: InLanguages<ArticleText>
}

/** A place or a number to turn to. */
export type Contact = z.infer<typeof ContactEntry> & { texts: InLanguages<ContactText> }

/** The texts an entry has, in the order of the languages of the house. */
export const eachText = <Text>(texts: InLanguages<Text>): [Language, Text][] =>
  LANGUAGES.flatMap((language): [Language, Text][] => {
    const text = texts[language]
    return text ? [[language, text]] : []
  })
