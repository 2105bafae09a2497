/** Who plays: people of four cities who speak four languages, on Telegram, on Slack, or on both. Nobody of them exists. */
import type { StaffLanguage } from '../../bot/text/languages.js'

export type Messenger = 'telegram' | 'slack'

export type Member = {
  name: string
  city: string
  organisation: string
  language: StaffLanguage
  /** The first is the one they join with. */
  on: readonly Messenger[]
}

const CITIES = ['Karlovy Vary', 'Ústí nad Labem', 'Prague', 'Brno'] as const
const ORGANISATIONS = ['Most k sousedům', 'Otevřený dům', 'Spolu v Praze', 'Moravská cesta'] as const
const LANGUAGES = ['cs', 'uk', 'ru', 'en'] as const

const NAMES: Record<(typeof LANGUAGES)[number], readonly string[]> = {
  cs: ['Jana Nováková', 'Žaneta Ďurišová', 'Petr Kučera', 'Šárka Říhová', 'Tomáš Černý', 'Lucie Malá', 'Ondřej Bílý'],
  uk: [
    'Олена Коваленко',
    'Ірина Ґудзь',
    'Наталія Шевчук',
    'Їван Мороз',
    'Оксана Єрмак',
    'Тарас Бондар',
    'Юлія Лисенко',
  ],
  ru: [
    'Гульнора Рахимова',
    'Фарход Саидов',
    'Мадина Каримова',
    'Анна Щукина',
    'Рустам Ёров',
    'Зарина Назарова',
    'Сергей Юдин',
  ],
  en: ['Amina Yusuf', "Nora O'Brien", 'Samuel Okafor', 'Leila Haddad', 'Thu Nguyen', 'Daniel Meyer', 'Fatima al-Sayed'],
}

/** Of every seven, two are on Slack; the third one has both. */
const messengers = (nth: number): readonly Messenger[] => {
  if (nth % 7 === 2) return ['telegram', 'slack']
  return nth % 7 < 2 ? ['slack'] : ['telegram']
}

export const CAST_MAX = LANGUAGES.length * NAMES.cs.length

export function castOf(size: number): Member[] {
  return Array.from({ length: size }, (_, nth) => {
    const language = LANGUAGES[nth % LANGUAGES.length] ?? 'cs'
    const place = Math.floor(nth / LANGUAGES.length)
    const where = (nth + place) % CITIES.length
    return {
      name: NAMES[language][place] ?? `Nobody ${nth}`,
      city: CITIES[where] ?? 'Prague',
      organisation: ORGANISATIONS[where] ?? '',
      language,
      on: messengers(nth),
    }
  })
}
