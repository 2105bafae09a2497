/** One person's monthly report, typed as people type: digits, words, commas, buttons. */
import { formatMonth } from '../../../bot/text/formats.js'
import type { Messenger } from '../cast.js'
import type { Chance } from '../chance.js'
import type { Person } from '../phone.js'
import { text } from '../texts.js'

export type How = {
  /** After so many numbers they go on with the other messenger. */
  goesOnWith?: { messenger: Messenger; after: number }
  /** Stops there, for good. */
  stops?: boolean
  /** Tries what no number is first. */
  clumsy?: boolean
  /** Presses the topics one by one instead of writing them. */
  presses?: boolean
}

const NUMBER_WORDS: Record<string, Record<number, string>> = {
  cs: { 2: 'dva', 3: 'tři', 5: 'pět', 10: 'deset', 12: 'dvanáct', 20: 'dvacet', 30: 'třicet' },
  uk: { 2: 'два', 3: 'три', 5: 'пʼять', 10: 'десять', 12: 'дванадцять', 20: 'двадцять', 30: 'тридцять' },
  ru: { 2: 'два', 3: 'три', 5: 'пять', 10: 'десять', 12: 'двенадцать', 20: 'двадцать', 30: 'тридцать' },
  en: { 2: 'two', 3: 'three', 5: 'five', 10: 'ten', 12: 'twelve', 20: 'twenty', 30: 'thirty' },
}
const ARABIC = '٠١٢٣٤٥٦٧٨٩'

const WORDS: Record<string, readonly [string, ...string[]]> = {
  cs: ['Dlouhé fronty na úřadě.', 'Chybí kurzy češtiny večer.', 'Rodina má nový byt.'],
  uk: ['Довгі черги в установі.', 'Бракує вечірніх курсів чеської.', 'Родина знайшла нове житло.'],
  ru: ['Длинные очереди в ведомстве.', 'Не хватает вечерних курсов чешского.', 'Семья нашла новую квартиру.'],
  en: ['Long queues at the office.', 'Evening courses are missing.', 'A family has found a new flat.'],
}

const CITY_IDS: Record<string, string> = {
  'Karlovy Vary': 'karlovy-vary',
  'Ústí nad Labem': 'usti-nad-labem',
  Prague: 'prague',
  Brno: 'brno',
}
const TOPICS = ['stay', 'work', 'wages', 'housing', 'health', 'school', 'family', 'documents', 'benefits', 'language']
const PLACES = ['lawyer', 'doctor', 'social', 'ngo', 'office', 'school']
const LANGUAGES = ['ru', 'uk', 'tg', 'cs', 'en']

/** From the people advised to the people informed, the most of each. */
const NUMBERS = [60, 20, 25, 20, 30, 15, 9, 4, 5, 1400]

export function typed(chance: Chance, language: string, value: number): string {
  const word = NUMBER_WORDS[language]?.[value]
  if (word && chance.often(0.6)) return word
  if (value >= 1000 && chance.often(0.7)) return `${Math.floor(value / 1000)} ${String(value % 1000).padStart(3, '0')}`
  if (chance.often(0.04)) return String(value).replace(/\d/g, (digit) => ARABIC[Number(digit)] ?? digit)
  return String(value)
}

const hoursTyped = (language: string, halves: number): string =>
  halves % 2 === 0 ? String(halves / 2) : `${(halves - 1) / 2}${language === 'en' ? '.' : ','}5`

/** Opens the report as the person's messenger lets them. */
export const opens = (person: Person, on: Messenger): Promise<unknown> => person.takes(on).writes('/report')

const labels = (language: string, list: string, ids: readonly string[]) =>
  ids.map((id) => text(language, `report:lists.${list}.options.${id}`))

export async function begin(person: Person, period: string): Promise<void> {
  await opens(person, person.on[0] ?? 'telegram')
  await person.presses(formatMonth(person.language, period))
}

export async function nothing(person: Person, period: string): Promise<void> {
  await begin(person, period)
  await person.presses(text(person.language, 'report:kind.options.nothing'))
  await person.presses(text(person.language, 'common:yes'))
}

export async function report(
  person: Person,
  period: string,
  city: string,
  chance: Chance,
  how: How = {},
): Promise<void> {
  const { language } = person
  const say = (key: string) => text(language, key)
  const skips = () => person.presses(say('common:skip'))
  await begin(person, period)
  await person.presses(say('report:kind.options.report'))
  const [cityLabel = ''] = labels(language, 'cities', [CITY_IDS[city] ?? 'prague'])
  if (person.last.buttons.includes(cityLabel) && chance.often(0.5)) await person.presses(cityLabel)
  else await person.writes(cityLabel)
  for (const [nth, most] of NUMBERS.entries()) {
    if (how.goesOnWith?.after === nth) {
      person.takes(how.goesOnWith.messenger)
      await opens(person, how.goesOnWith.messenger)
    }
    if (how.stops && nth === 3) return
    if (how.clumsy && nth === 0) await person.writes('0x10')
    if (how.clumsy && nth === 1) {
      await person.writes('15 min')
      await person.presses(say('common:yes'))
    } else await person.writes(typed(chance, language, chance.whole(0, most)))
  }
  await topicsOf(person, chance, how.presses === true)
  if (chance.often(0.2)) await skips()
  else await person.writes(labels(language, 'places', chance.some(PLACES, chance.whole(1, 2))).join(', '))
  await person.writes(labels(language, 'languages', chance.some(LANGUAGES, chance.whole(1, 3))).join(', '))
  await person.writes(hoursTyped(language, chance.whole(10, 160)))
  for (let nth = 0; nth < 3; nth++)
    if (chance.often(0.35)) await person.writes(chance.oneOf(WORDS[language] ?? ['–']))
    else await skips()
  await person.writes(typed(chance, language, chance.whole(0, 9)))
  await skips()
  await sends(person)
}

async function topicsOf(person: Person, chance: Chance, presses: boolean): Promise<void> {
  const { language } = person
  const named = labels(language, 'topics', chance.some(TOPICS, chance.whole(1, 5)))
  // What stands on the next page of buttons is too far for a thumb
  const near = presses ? named.filter((label) => person.last.buttons.includes(label)) : []
  for (const label of near) await person.presses(label)
  if (near.length > 0) await person.presses(text(language, 'common:done'))
  else await person.writes(named.join(', '))
  const chosen = near.length > 0 ? near : named
  if (chosen.length > 3) await person.writes(chance.some(chosen, 3).join(', '))
}

/** Looks it through, and sends it. */
export const sends = (person: Person): Promise<unknown> => person.presses(text(person.language, 'common:reviewFine'))

/** What came back is open at what was named: only the hours are written anew. */
export async function writesAgain(person: Person, chance: Chance): Promise<void> {
  await person.follows().presses(text(person.language, 'report:button'))
  await person.writes(hoursTyped(person.language, chance.whole(10, 120)))
  await sends(person)
  person.takes(person.on[0] ?? 'telegram')
}

/** Changes the first number of what was sent already. */
export async function edits(person: Person, period: string, chance: Chance): Promise<void> {
  const { language } = person
  await opens(person, person.on[0] ?? 'telegram')
  const month = formatMonth(language, period)
  await person.presses(text(language, 'report:month.sent').replace('{{month}}', month))
  await person.presses(text(language, 'report:again.options.change'))
  await person.presses(text(language, 'report:reopened.buttons.open'))
  await person.presses(text(language, 'common:change').replace('{{name}}', text(language, 'report:clients.short')))
  await person.writes(typed(chance, language, chance.whole(1, 70)))
  await sends(person)
}
