/**
 * The vocabulary of the field: which words, in which language, stand for which concept. It is data (`prisma/seed/lexicon`), so that
 * somebody who knows the language can mend it without reading code.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { SetupError } from '../../errors.js'
import { LANGUAGES, type Language } from '../../text/languages.js'
import { SEED_FOLDER } from '../root.js'
import { keysOf, wordsOf } from './key.js'

/** `weight` is what a concept counts in a question, `near` what half stands for it, `outside` that no article is expected to cover it. */
export type Concept = { weight: number; near: string[]; outside: boolean }

/** A word's stem or, when `exact`, the word itself. */
export type Stem = { key: string; exact: boolean }

/** What a stem or phrase means. The term `FILLER` means nothing; a word of places belongs to every language. */
export type Meaning = { term: string; language: Language | undefined; exact: boolean }
export type Phrase = { stems: Stem[]; meaning: Meaning }

export type Lexicon = {
  concepts: ReadonlyMap<string, Concept>
  words: ReadonlyMap<string, Meaning[]>
  /** By the key of their first stem. */
  phrases: ReadonlyMap<string, Phrase[]>
  places: Places
}

/** `before`, `after` and `endings` make of a place's name the place somebody comes from. */
export type Places = {
  countryOf: ReadonlyMap<string, string>
  groupsOf: ReadonlyMap<string, string[]>
  before: ReadonlySet<string>
  after: ReadonlySet<string>
  endings: readonly string[]
}

export const FILLER = ''
const CONCEPT_FILES = ['subjects', 'doings', 'asking', 'outside']
const ALL_LANGUAGES = Object.fromEntries(LANGUAGES.map((language) => [language, z.string().optional()]))

const ConceptFile = z.strictObject({
  weight: z.number(),
  outside: z.boolean().default(false),
  concepts: z.record(
    z.string(),
    z
      .strictObject({
        weight: z.number().optional(),
        outside: z.boolean().optional(),
        near: z.array(z.string()).default([]),
      })
      .extend(ALL_LANGUAGES as Record<Language, z.ZodOptional<z.ZodString>>),
  ),
})
const PlaceFile = z.strictObject({
  countries: z.record(z.string(), z.strictObject({ names: z.string(), people: z.string() })),
  cities: z.record(z.string(), z.strictObject({ country: z.string(), names: z.string() })),
  groups: z.record(z.string(), z.array(z.string())),
  from: z.strictObject({ before: z.string(), after: z.string(), endings: z.string() }),
})
const FillerFile = z.partialRecord(z.enum(LANGUAGES), z.string())

/** @throws SetupError LEXICON_INVALID that names the file */
export function readLexicon(folder = join(SEED_FOLDER, 'lexicon')): Lexicon {
  const concepts = new Map<string, Concept>()
  const words = new Map<string, Meaning[]>()
  const phrases = new Map<string, Phrase[]>()

  const add = (entry: string, term: string, language: Language | undefined) => {
    const parts = entry.split('_').filter(Boolean)
    const [first, ...rest] = parts.map((part) => stemsOf(part, language))
    for (const stem of first ?? []) {
      const meaning = { term, language, exact: stem.exact }
      if (rest.length === 0) put(words, stem.key, meaning)
      else for (const tail of combinations(rest)) put(phrases, stem.key, { stems: [stem, ...tail], meaning })
    }
  }
  const addAll = (entries: string, term: string, language: Language | undefined) => {
    for (const entry of entries.split(/\s+/).filter(Boolean)) add(entry, term, language)
  }

  for (const name of CONCEPT_FILES) {
    const file = readFile(folder, name, ConceptFile)
    for (const [term, { weight = file.weight, outside = file.outside, near, ...texts }] of Object.entries(
      file.concepts,
    )) {
      concepts.set(term, { weight, near, outside })
      for (const language of LANGUAGES) addAll(texts[language] ?? '', term, language)
    }
  }
  for (const [language, entries] of Object.entries(readFile(folder, 'filler', FillerFile))) {
    addAll(
      entries,
      FILLER,
      LANGUAGES.find((known) => known === language),
    )
  }
  const places = readFile(folder, 'places', PlaceFile)
  for (const [country, { names, people }] of Object.entries(places.countries)) {
    addAll(names, `in:${country}`, undefined)
    addAll(people, `from:${country}`, undefined)
  }
  for (const [city, { names }] of Object.entries(places.cities)) addAll(names, `city:${city}`, undefined)
  return { concepts, words, phrases, places: placesOf(places) }
}

function placesOf({ countries, cities, groups, from }: z.infer<typeof PlaceFile>): Places {
  const keys = (words: string) =>
    words.split(/\s+/).flatMap((word) => wordsOf(word).flatMap((part) => keysOf(part, 'ru')))
  return {
    countryOf: new Map(Object.entries(cities).map(([city, { country }]) => [city, country])),
    groupsOf: new Map(
      Object.keys(countries).map((country) => [
        country,
        Object.keys(groups).filter((group) => groups[group]?.includes(country)),
      ]),
    ),
    before: new Set(keys(from.before)),
    after: new Set(keys(from.after)),
    endings: keys(from.endings),
  }
}

/** Up to three letters a word is meant exactly so, longer it stands for all its forms; `=` means exactly so. */
function stemsOf(part: string, language: Language | undefined): Stem[] {
  const bare = part.replace('=', '')
  const words = wordsOf(bare)
  const exact = part.startsWith('=') || bare.length <= 3
  return keysOf(words.join(''), language ?? 'en').map((key) => ({ key, exact: exact || key.length < 3 }))
}

const combinations = (parts: Stem[][]): Stem[][] =>
  parts.reduce<Stem[][]>((done, stems) => done.flatMap((start) => stems.map((stem) => [...start, stem])), [[]])

function put<Value>(map: Map<string, Value[]>, key: string, value: Value) {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

function readFile<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const file = join(folder, `${name}.yaml`)
  const result = schema.safeParse(parse(readFileSync(file, 'utf8')))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new SetupError('LEXICON_INVALID', `${file}: ${issue?.path.join('.')} ${issue?.message}.`)
}
