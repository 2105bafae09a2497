/** All words that the house says, by key and language. */
import { createInstance } from 'i18next'
import { formatDate, formatMonth, formatNumber } from './formats.js'
import type { Language } from './languages.js'
import { type LocaleFiles, readLocaleFiles } from './locale-files.js'
import { pluralForm } from './plurals.js'

export type TextValues = Readonly<Record<string, unknown>>

/** What to tell whoever looks after the texts: `text` is not written in that language, `value` is a placeholder left empty. */
export type MissingText = { what: 'text' | 'value'; language: Language; key: string; value?: string }

export type Texts = {
  /**
   * The words for `namespace:key`. With `count` among the values the plural form fits it. In the text, `{{name}}` is a value as it is,
   * `{{n, number}}`, `{{day, date}}`, `{{day, longDate}}` (YYYY-MM-DD) and `{{m, month}}` (YYYY-MM) are written as the language does.
   * A text nobody wrote is reported and comes back as its key: silence would be worse.
   */
  say(language: Language, key: string, values?: TextValues): string
  /** The same for a text that need not exist. */
  find(language: Language, key: string, values?: TextValues): string | undefined
  /** A text of another's, with its values put in as in a text of ours. `key` names it where a value is missing. */
  fill(language: Language, key: string, text: string, values?: TextValues): string
}

/**
 * Where to look when a text is not written in a language. Not everywhere else: a client who does not read English is not helped by
 * it. People from Central Asia and Ukraine mostly read Russian.
 */
const FALLBACKS: Record<Language, readonly Language[]> = {
  en: [],
  ru: [],
  tg: ['ru'],
  uz: ['ru'],
  ky: ['ru'],
  kk: ['ru'],
  uk: ['ru'],
  cs: ['en'],
}

/** The languages in which a text is looked for, its own first. */
export const tonguesFor = (language: Language): readonly Language[] => [language, ...FALLBACKS[language]]

/** Loads every text once; each gap is reported to `missing` once. Throws `SetupError` for an unreadable file. */
export function loadTexts(dir: string, missing: (gap: MissingText) => void = () => undefined): Texts {
  const texts = flatten(readLocaleFiles(dir))
  const reported = new Set<string>()
  const report = (gap: MissingText) => {
    const id = JSON.stringify(gap)
    if (reported.has(id)) return
    reported.add(id)
    missing(gap)
  }
  const fillIn = interpolator(report)

  function find(language: Language, key: string, values?: TextValues): string | undefined {
    for (const tongue of tonguesFor(language)) {
      const text = formFor(texts.get(tongue), tongue, key, values)
      if (text === undefined) continue
      if (tongue !== language) report({ what: 'text', language, key })
      return text.includes('{{') ? fillIn(tongue, key, text, values) : text
    }
    return undefined
  }

  return {
    find,
    fill: (language, key, text, values) => (text.includes('{{') ? fillIn(language, key, text, values) : text),
    say(language, key, values) {
      const text = find(language, key, values)
      if (text !== undefined) return text
      report({ what: 'text', language, key })
      return key
    },
  }
}

/** The text for this count: its own form, else `_other`, else the key without a form. */
function formFor(
  texts: ReadonlyMap<string, string> | undefined,
  language: Language,
  key: string,
  values?: TextValues,
): string | undefined {
  const count = values?.count
  if (typeof count !== 'number') return texts?.get(key)
  return texts?.get(`${key}_${pluralForm(language, count)}`) ?? texts?.get(`${key}_other`) ?? texts?.get(key)
}

const flatten = (files: LocaleFiles) =>
  new Map(
    [...files].map(([language, namespaces]) => [
      language,
      new Map([...namespaces].flatMap(([name, texts]) => [...texts].map(([key, text]) => [`${name}:${key}`, text]))),
    ]),
  )

/**
 * The placeholders and formats of an i18next of our own. Its `t` would look for the text again, at fifty times the cost; the text and its
 * plural form are already chosen.
 */
function interpolator(report: (gap: MissingText) => void) {
  const i18n = createInstance({
    initAsync: false,
    showSupportNotice: false,
    resources: {},
    // The messenger shows plain text; there is no markup to protect
    interpolation: { escapeValue: false },
  })
  i18n.init()
  const { formatter, interpolator } = i18n.services
  const add = (name: string, format: (language: Language, value: unknown) => string) =>
    formatter?.add(name, (value: unknown, language) => format(language as Language, value))
  add('number', (language, value) => (typeof value === 'number' ? formatNumber(language, value) : String(value)))
  add('date', (language, value) => formatDate(language, String(value)))
  add('longDate', (language, value) => formatDate(language, String(value), 'long'))
  add('month', (language, value) => formatMonth(language, String(value)))

  return (language: Language, key: string, text: string, values: TextValues = {}): string => {
    const options = {
      escapeValue: false,
      missingInterpolationHandler: (_text: string, [, value = '']: string[]) => {
        report({ what: 'value', language, key, value: value.trim() })
        return ''
      },
    }
    return interpolator.interpolate(text, withoutBraces(values), language, options)
  }
}

/** A person's own words must not be taken for a placeholder of ours: an invisible joiner between the braces keeps them apart. */
function withoutBraces(values: TextValues): TextValues {
  if (!Object.values(values).some((value) => typeof value === 'string' && value.includes('{{'))) return values
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('{{', '{\u2060{') : value,
    ]),
  )
}
