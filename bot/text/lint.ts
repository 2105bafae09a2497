/** Proves that the texts are complete and fit to be sent: `npm run check` prints what this finds. */
import { LABEL_MAX, MESSAGE_MAX, OPTION_MAX } from '../limits.js'
import { alarmingWords } from './alarm-words.js'
import { foreignWords } from './foreign-words.js'
import { LANGUAGES, type Language, STAFF_LANGUAGES } from './languages.js'
import { type LocaleFiles, readLocaleFiles } from './locale-files.js'
import { requiredForms } from './plurals.js'
import { baseOf, fingerprints, readSources, SOURCE_LANGUAGE, type Sources } from './sources.js'

/** Who reads which namespaces: `client` in all languages, `staff` in theirs. `pages` of either are never sent as messages. */
export type Audiences = { client: readonly string[]; staff: readonly string[]; pages?: readonly string[] }

export type LintOptions = {
  dir: string
  audiences: Audiences
  /** Names that may stand in Latin letters in a Cyrillic text, besides the well-known ones. */
  names?: readonly string[]
  /** Beginnings of keys (`danger:number.`) whose texts only stand inside others, never in a first line. */
  fragments?: readonly string[]
}

export type TextProblem = {
  rule: 'audience' | 'missing' | 'plural' | 'extra' | 'placeholders' | 'too-long' | 'stale' | 'leak' | 'alarm'
  language: Language
  /** `namespace:key` */
  key: string
  sentence: string
}

/** Every problem of every text, sorted by key. Throws `SetupError` for files that cannot be read. */
export function lintTexts({ dir, audiences, names = [], fragments = [] }: LintOptions): TextProblem[] {
  const files = readLocaleFiles(dir)
  const source = files.get(SOURCE_LANGUAGE) ?? new Map()
  const listed = new Set([...audiences.client, ...audiences.staff])
  const known = new Set([...listed, ...[...files.values()].flatMap((namespaces) => [...namespaces.keys()])])
  const now = fingerprints(source)
  const allowed = new Set(names.map((name) => name.toLowerCase()))
  const problems: TextProblem[] = []

  for (const namespace of known) {
    if (!listed.has(namespace)) {
      const sentence = `Nobody is said to read "${namespace}": list it for clients or staff, or delete the file.`
      problems.push({ rule: 'audience', language: SOURCE_LANGUAGE, key: `${namespace}:`, sentence })
      continue
    }
    const english = textsOf(files, SOURCE_LANGUAGE, namespace)
    const wanted = placeholdersByBase(english)
    const languages = audiences.client.includes(namespace) ? LANGUAGES : STAFF_LANGUAGES
    for (const language of languages) {
      const texts = textsOf(files, language, namespace)
      const scene: Scene = { files, namespace, language, texts, english, wanted }
      const sources = readSources(dir, language)
      problems.push(...completeness(scene), ...staleness(scene, now, sources))
      for (const [key, text] of texts) {
        const isFragment = fragments.some((beginning) => `${namespace}:${key}`.startsWith(beginning))
        const isMessage = !isFragment && !audiences.pages?.includes(namespace)
        problems.push(...oneText(scene, key, text, isMessage, allowed))
      }
    }
  }
  return problems.sort((a, b) =>
    a.key === b.key ? a.language.localeCompare(b.language, 'en') : a.key < b.key ? -1 : 1,
  )
}

type Texts = ReadonlyMap<string, string>
type Scene = {
  files: LocaleFiles
  namespace: string
  language: Language
  texts: Texts
  english: Texts
  /** The placeholders of each English text, its plural forms together. */
  wanted: ReadonlyMap<string, ReadonlySet<string>>
}

const textsOf = (files: LocaleFiles, language: Language, namespace: string): Texts =>
  files.get(language)?.get(namespace) ?? new Map()

/** Other words for an option, separated by |: read, never said, and each language has its own. */
const isSynonyms = (key: string) => /(^|\.)synonyms\./.test(key)
/** Words that open a flow or a way out, separated by |: read and never said too, but every language needs some. */
const isWords = (key: string) => /(^|\.)words(\.|$)/.test(key)
const isOption = (key: string) => /(^|\.)options?\./.test(key)
const isButton = (key: string) => /(^|\.)buttons\.|(^|\.)button$|Button$/.test(key)

function completeness({ namespace, language, texts, english }: Scene): TextProblem[] {
  const problems: TextProblem[] = []
  const tell = (rule: TextProblem['rule'], key: string, sentence: string) =>
    problems.push({ rule, language, key: `${namespace}:${key}`, sentence })
  const bases = new Set([...english.keys()].filter((key) => !isSynonyms(key)).map((key) => baseOf(key, english)))
  for (const base of bases) {
    if (english.has(`${base}_other`)) {
      const lacking = requiredForms(language).filter((form) => !texts.get(`${base}_${form}`)?.trim())
      if (lacking.length > 0) tell('plural', base, `has no ${lacking.map((form) => `"${base}_${form}"`).join(', ')}.`)
    } else if (!texts.get(base)?.trim()) tell('missing', base, 'is not written.')
  }
  for (const key of texts.keys())
    if (!isSynonyms(key) && !bases.has(baseOf(key, english)))
      tell('extra', key, `is not among the texts in "${SOURCE_LANGUAGE}".`)
  return problems
}

function staleness({ namespace, language, texts, english }: Scene, now: Sources, sources: Sources): TextProblem[] {
  if (language === SOURCE_LANGUAGE) return []
  const bases = new Set([...texts.keys()].filter((key) => !isSynonyms(key)).map((key) => baseOf(key, english)))
  return [...bases].flatMap((base): TextProblem[] => {
    const id = `${namespace}:${base}`
    const fresh = now.get(id)
    // a text without a source is told as "extra"
    if (fresh === undefined || sources.get(id) === fresh) return []
    const why = sources.has(id)
      ? 'The English text has changed since this was translated'
      : 'It is not recorded from which English text this was translated'
    return [
      {
        rule: 'stale',
        language,
        key: id,
        sentence: `${why}: compare them, then npm run rahnamo -- stamp ${language} ${id}`,
      },
    ]
  })
}

function oneText(
  { files, namespace, language, english, wanted }: Scene,
  key: string,
  text: string,
  isMessage: boolean,
  allowed: ReadonlySet<string>,
) {
  const problems: TextProblem[] = []
  const tell = (rule: TextProblem['rule'], sentence: string) =>
    problems.push({ rule, language, key: `${namespace}:${key}`, sentence })
  if (isSynonyms(key) || isWords(key)) return problems

  const base = baseOf(key, english)
  const expected = wanted.get(base) ?? new Set<string>()
  const found = placeholders(text)
  // "one day" needs no figure
  const lacking = [...expected].filter((name) => !found.has(name) && !(name === 'count' && base !== key))
  const unknown = [...found].filter((name) => !expected.has(name))
  if (lacking.length > 0) tell('placeholders', `lacks {{${lacking.join('}}, {{')}}}.`)
  if (unknown.length > 0) tell('placeholders', `has {{${unknown.join('}}, {{')}}}, which the English text has not.`)
  if (/[{}]/.test(text.replace(PLACEHOLDER, ''))) tell('placeholders', 'has a brace that belongs to no placeholder.')

  const max = isOption(key) ? OPTION_MAX : isButton(key) ? LABEL_MAX : MESSAGE_MAX
  if (text.length > max) tell('too-long', `has ${text.length} characters, ${max} is the most.`)

  const foreign = foreignWords(text, language, allowed)
  if (foreign.length > 0) tell('leak', `has words of another language: ${foreign.join(', ')}.`)
  for (const other of [SOURCE_LANGUAGE, 'ru'] as const)
    if (language !== SOURCE_LANGUAGE && language !== 'ru' && isCopy(text, textsOf(files, other, namespace).get(key)))
      tell('leak', `is the "${other}" text, not translated.`)

  const alarming = isMessage && !isOption(key) && !isButton(key) ? alarmingWords(text, language) : []
  if (alarming.length > 0) tell('alarm', `has in its first line, which others may see: ${alarming.join(', ')}.`)
  return problems
}

/** `{{name}}` and `{{name, format}}`. */
const PLACEHOLDER = /\{\{\s*(\w+)\s*(?:,\s*(?:number|date|longDate|month)\s*)?\}\}/g

const placeholders = (text: string) => new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))

function placeholdersByBase(english: Texts): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>()
  for (const [key, text] of english) {
    const base = baseOf(key, english)
    wanted.set(base, new Set([...(wanted.get(base) ?? []), ...placeholders(text)]))
  }
  return wanted
}

/** Short texts may be the same in two languages. */
const isCopy = (text: string, other: string | undefined) =>
  text === other && (text.match(/\p{L}{2,}/gu)?.length ?? 0) >= 4
