/** The languages Rahnamo speaks. Clients get all of them, staff and workers `STAFF_LANGUAGES`. */
export const LANGUAGES = ['en', 'ru', 'tg', 'uz', 'ky', 'kk', 'uk', 'cs'] as const
export type Language = (typeof LANGUAGES)[number]

export const STAFF_LANGUAGES = ['en', 'ru', 'cs', 'uk'] as const satisfies readonly Language[]
export type StaffLanguage = (typeof STAFF_LANGUAGES)[number]

/** Each language's own name for itself: what a button that offers it says. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  ru: 'Русский',
  tg: 'Тоҷикӣ',
  uz: 'Oʻzbekcha',
  ky: 'Кыргызча',
  kk: 'Қазақша',
  uk: 'Українська',
  cs: 'Čeština',
}

export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && (LANGUAGES as readonly string[]).includes(value)

export const isStaffLanguage = (value: unknown): value is StaffLanguage =>
  typeof value === 'string' && (STAFF_LANGUAGES as readonly string[]).includes(value)
