import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { SetupError } from '../errors.js'
import { COUNTRIES } from '../text/countries.js'
import { LANGUAGES, type Language } from '../text/languages.js'
import { type Article, ArticleEntry, ArticleText, type Contact, ContactEntry, ContactText } from './article.js'

/**
 * Reads the starter knowledge: `articles/<COUNTRY>.yaml` and `contacts.yaml`, each with its texts beside it in one file a
 * language (`articles/KZ.ru.yaml`, `contacts.ru.yaml`). A missing translation file is no error, a broken entry is.
 * @param dir the folder `prisma/seed`
 * @throws SetupError SEED_INVALID that names the file and the id
 */
export function readSeed(dir: string): { articles: Article[]; contacts: Contact[] } {
  const articles = COUNTRIES.flatMap((country) => {
    const file = join(dir, 'articles', `${country}.yaml`)
    const texts = readTexts(join(dir, 'articles', country), ArticleText)
    return withTexts(file, readEntries(file, ArticleEntry), texts).map((entry) => ({ ...entry, country }))
  })
  const file = join(dir, 'contacts.yaml')
  const contacts = withTexts(file, readEntries(file, ContactEntry), readTexts(join(dir, 'contacts'), ContactText))
  refuseDoubles(articles)
  refuseDoubles(contacts)
  return { articles, contacts }
}

type Texts<Text> = Map<string, Partial<Record<Language, Text>>>

function readEntries<Entry>(file: string, schema: z.ZodType<Entry>): Entry[] {
  const entries = z.array(z.looseObject({ id: z.string() })).safeParse(readYaml(file))
  if (!entries.success) throw invalid(file, '(all)', 'must be a list of entries, each with an id')
  return entries.data.map((entry) => check(file, entry.id, schema, entry))
}

/** `stem` is the path without `.<language>.yaml`. */
function readTexts<Text>(stem: string, schema: z.ZodType<Text>): Texts<Text> {
  const texts: Texts<Text> = new Map()
  for (const language of LANGUAGES) {
    const file = `${stem}.${language}.yaml`
    if (!existsSync(file)) continue
    const entries = z.record(z.string(), z.unknown()).safeParse(readYaml(file))
    if (!entries.success) throw invalid(file, '(all)', 'must be a map from ids to texts')
    for (const [id, text] of Object.entries(entries.data)) {
      texts.set(id, { ...texts.get(id), [language]: check(file, id, schema, text) })
    }
  }
  return texts
}

function withTexts<Entry extends { id: string }, Text>(file: string, entries: Entry[], texts: Texts<Text>) {
  const known = new Set(entries.map((entry) => entry.id))
  for (const id of texts.keys()) if (!known.has(id)) throw invalid(file, id, 'has texts but no entry in this file')
  return entries.map((entry) => {
    const own = texts.get(entry.id)
    if (!own) throw invalid(file, entry.id, 'has no text in any language')
    return { ...entry, texts: own }
  })
}

function refuseDoubles(entries: { id: string }[]) {
  const seen = new Set<string>()
  for (const { id } of entries) {
    if (seen.has(id)) throw invalid('prisma/seed', id, 'is there twice')
    seen.add(id)
  }
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw invalid(file, '(all)', `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function check<T>(file: string, id: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw invalid(file, id, `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`.trim())
}

const invalid = (file: string, id: string, what: string) => new SetupError('SEED_INVALID', `${file}, ${id}: ${what}.`)
