/** Which plural forms a language has, by Intl (CLDR), the same on every machine. */
import { LANGUAGES, type Language } from './languages.js'

const PLURAL_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const
export type PluralForm = (typeof PLURAL_FORMS)[number]

/** Intl has no rules for Tajik and would take those of the machine's language; it counts like Uzbek: one and other. */
const rules = new Map(LANGUAGES.map((language) => [language, new Intl.PluralRules([language, 'uz'])]))

export const pluralForm = (language: Language, count: number): PluralForm =>
  rules.get(language)?.select(count) ?? 'other'

/** The forms that whole numbers need, and `other`, which also serves fractions when a form of their own is not written. */
export function requiredForms(language: Language): PluralForm[] {
  const wanted = new Set<PluralForm>(['other'])
  for (let count = 0; count <= 200; count++) wanted.add(pluralForm(language, count))
  return PLURAL_FORMS.filter((form) => wanted.has(form))
}

/** "case.waiting_few" → { base: "case.waiting", form: "few" }; `undefined` for a key that is no plural form. */
export function splitPlural(key: string): { base: string; form: PluralForm } | undefined {
  const form = PLURAL_FORMS.find((form) => key.endsWith(`_${form}`))
  return form && { base: key.slice(0, -form.length - 1), form }
}
