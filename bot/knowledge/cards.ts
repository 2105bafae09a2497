/** Answers and contacts as a person reads them: dated, sourced, and honest about what nobody has confirmed. */
import type { Words } from '../conversation/words.js'
import { CITIES } from '../text/cities.js'
import type { Language } from '../text/languages.js'
import type { Article, Contact } from './article.js'

/** Who has no text in their own language reads the next best one. */
const FALLBACKS: Record<Language, Language[]> = {
  en: ['en', 'ru'],
  ru: ['ru', 'en'],
  tg: ['tg', 'ru', 'en'],
  uz: ['uz', 'ru', 'en'],
  ky: ['ky', 'ru', 'en'],
  kk: ['kk', 'ru', 'en'],
  uk: ['uk', 'ru', 'en'],
  cs: ['cs', 'en', 'ru'],
}

export const textIn = <Text>(texts: Partial<Record<Language, Text>>, language: Language): Text | undefined =>
  FALLBACKS[language].map((each) => texts[each]).find((text) => text !== undefined)

/** The day on which the starter knowledge was read from its sources; people who confirm an article put their own date. */
const READ_ON = '2026-11-22'

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/

/** How old it is; where the source does not say so, that, and when we read it there. */
function ageOf(asOf: string, words: Words, language: Language): string {
  const say = (key: string, date: string) => words.say(language, `knowledge:${key}`, { date })
  if (/\d{4}/.test(asOf)) return say('asOf', ISO_DAY.test(asOf) ? words.date(language, asOf) : asOf)
  return `${words.say(language, 'knowledge:asOfUndated')} ${say('readOn', words.date(language, READ_ON))}`
}

type Place = { country?: string | null; city?: string | null }

/** `lead` is its first line: a title may say more than a locked screen should. */
export function answerCard(
  article: Article,
  options: { words: Words; language: Language; lead: string; confirmed: boolean },
): string {
  const { words, language, lead, confirmed } = options
  const say = (key: string, values?: Record<string, string>) => words.say(language, `knowledge:${key}`, values)
  const text = textIn(article.texts, language)
  return [
    `${lead}\n${text?.title ?? ''}`,
    text?.text ?? '',
    [
      ageOf(article.asOf, words, language),
      `${say('source', { title: article.source.title })}\n${article.source.url}`,
      confirmed ? '' : say('unconfirmed'),
    ]
      .filter(Boolean)
      .join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** One contact in a few lines. */
export function contactLines(contact: Contact, words: Words, language: Language): string {
  const text = textIn(contact.texts, language)
  const line = (key: string, value: string | undefined) =>
    value ? words.say(language, `knowledge:${key}`, { value }) : ''
  const city = CITIES.find(({ name }) => name === contact.city)
  return [
    text?.name ?? '',
    city && !text?.address ? words.say(language, `knowledge:cities.${city.id}`) : '',
    line('address', text?.address),
    line('phone', contact.phone),
    line('hours', text?.hours),
    line('website', contact.url),
    text?.note ?? '',
    ageOf(contact.asOf, words, language),
  ]
    .filter(Boolean)
    .join('\n')
}

/** Lines where somebody answers or a door to knock on; emergency numbers belong to the danger room. */
const HELPS = new Set(['ngo', 'iom', 'government'])

/** The contacts of a place, the nearest first: the same city, then the whole country, then its other cities. */
export function nearest(contacts: readonly Contact[], { country, city }: Place): Contact[] {
  const rank = (contact: Contact) => {
    const reachable = contact.phone || contact.texts.ru?.address || contact.texts.en?.address ? 0 : 1
    const near = city && contact.city === city ? 0 : contact.city ? 4 : 2
    const who = contact.kind === 'government' ? 0.5 : 0
    return near + reachable + who
  }
  return contacts
    .filter((contact) => contact.country === country && HELPS.has(contact.kind))
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
}
