/**
 * Which English text a translation was made from: `locales/<language>/.sources.json` maps `namespace:key` to the fingerprint of the
 * English text of that day. When it differs from today's, the translation is stale.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LANGUAGES, type Language } from './languages.js'
import { type Namespaces, readLocaleFiles } from './locale-files.js'
import { splitPlural } from './plurals.js'

export const SOURCE_LANGUAGE = 'en' satisfies Language

/** `namespace:key` (without plural form) → fingerprint */
export type Sources = ReadonlyMap<string, string>

/** The key under which all plural forms of a text are one; `city_one` is no plural while the source has no `city_other`. */
export function baseOf(key: string, source: ReadonlyMap<string, string>): string {
  const plural = splitPlural(key)
  return plural && source.has(`${plural.base}_other`) ? plural.base : key
}

/** The fingerprints of all English texts as they are now. */
export function fingerprints(source: Namespaces): Sources {
  const forms = new Map<string, string[]>()
  for (const [namespace, texts] of source)
    for (const [key, text] of texts) {
      const id = `${namespace}:${baseOf(key, texts)}`
      forms.set(id, [...(forms.get(id) ?? []), `${key}=${text}`])
    }
  return new Map([...forms].map(([id, lines]) => [id, fingerprint(lines.sort().join('\n'))]))
}

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)

/** What a language's translations were made from; empty when nothing was recorded. */
export function readSources(dir: string, language: Language): Sources {
  const path = join(dir, language, '.sources.json')
  if (!existsSync(path)) return new Map()
  return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>))
}

/** What to declare fresh. Everything when nothing is named. */
export type StampChoice = {
  dir: string
  languages?: readonly Language[]
  namespaces?: readonly string[]
  keys?: readonly string[]
}

/**
 * Records that the translations there are fit the English texts as they are now; call it only for those somebody has looked at.
 * `keys` are `namespace:key` without plural form. Returns how many marks were set or changed.
 */
export function stampSources({ dir, languages, namespaces, keys }: StampChoice): number {
  const files = readLocaleFiles(dir)
  const source: Namespaces = files.get(SOURCE_LANGUAGE) ?? new Map()
  const now = fingerprints(source)
  let changed = 0
  for (const language of languages ?? LANGUAGES) {
    const written = files.get(language)
    if (!written || language === SOURCE_LANGUAGE) continue
    const marks = new Map(readSources(dir, language))
    const translated = [...written].flatMap(([namespace, texts]) =>
      [...texts.keys()].map((key) => `${namespace}:${baseOf(key, source.get(namespace) ?? new Map())}`),
    )
    // a mark without its text, or without its source, says nothing any more
    for (const id of marks.keys()) if (!translated.includes(id)) marks.delete(id)
    for (const id of translated) {
      const chosen = (!namespaces || namespaces.includes(id.split(':')[0] ?? '')) && (!keys || keys.includes(id))
      const mark = now.get(id)
      if (!chosen || mark === undefined || marks.get(id) === mark) continue
      marks.set(id, mark)
      changed++
    }
    const sorted = Object.fromEntries([...marks].sort(([a], [b]) => (a < b ? -1 : 1)))
    writeFileSync(join(dir, language, '.sources.json'), `${JSON.stringify(sorted, null, 2)}\n`)
  }
  return changed
}
