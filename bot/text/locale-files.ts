/** Reads `locales/<language>/<namespace>.json`; what `texts.ts` speaks and `lint.ts` checks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../errors.js'
import { LANGUAGES, type Language } from './languages.js'

/** Namespace → key → text. Nested objects are flattened: `{ "retry": { "long": "…" } }` has the key `retry.long`. */
export type Namespaces = Map<string, Map<string, string>>

export type LocaleFiles = Map<Language, Namespaces>

/** All languages that have a folder in `dir`. Throws `SetupError` TEXTS_UNREADABLE for a file that is no JSON object of texts. */
export function readLocaleFiles(dir: string): LocaleFiles {
  const found: LocaleFiles = new Map()
  for (const language of LANGUAGES) {
    const folder = join(dir, language)
    if (existsSync(folder)) found.set(language, readFolder(folder))
  }
  if (found.size === 0)
    throw new SetupError('TEXTS_MISSING', `There are no texts in ${dir}: restore the folder "locales".`)
  return found
}

function readFolder(folder: string): Namespaces {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('.'))
  return new Map(names.sort().map((name) => [name.slice(0, -'.json'.length), readTexts(join(folder, name))]))
}

function readTexts(path: string): Map<string, string> {
  const refuse = (why: string) => new SetupError('TEXTS_UNREADABLE', `${path} ${why}. Correct that file.`)
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw refuse(`is not valid JSON (${error instanceof Error ? error.message : String(error)})`)
  }
  const texts = new Map<string, string>()
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') {
      if (texts.has(key)) throw refuse(`has the text "${key}" twice, nested and flat`)
      texts.set(key, value)
    } else if (isRecord(value)) {
      for (const [name, inner] of Object.entries(value)) walk(inner, key ? `${key}.${name}` : name)
    } else throw refuse(`has something that is no text at "${key}"`)
  }
  if (!isRecord(content)) throw refuse('is not an object of texts')
  walk(content, '')
  return texts
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
