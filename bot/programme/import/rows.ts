/** Every row of the table: a worker to take in, or why not. Pure: what is known of the programme comes in. */

import { UserError } from '../../errors.js'
import { CITIES, type City } from '../../text/cities.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES, type StaffLanguage } from '../../text/languages.js'
import { dayOf, wordOf } from '../people/days.js'
import type { NewWorker } from '../people/enrolments.js'
import { plainName } from '../people/names.js'
import { NAME_MAX } from '../people/programmes.js'
import { type Column, columnsOf } from './columns.js'

export type Known = {
  programme: { startsOn: Date; endsOn: Date }
  /** Into this one go rows that name none. */
  group: { id: string; name: string }
  groups: readonly { id: string; name: string; room: number }[]
  /** Who is in the programme already. */
  people: readonly { name: string; group: string }[]
  /** Every name that a city has in the staff's languages. */
  cityNames(city: City): readonly string[]
  /** For rows that say no day. */
  today: Date
}

/** `row` is as the spreadsheet counts: the names of the columns stand in row 1. `code` names the text `programme:import.<code>`. */
export type Problem = { row: number; code: string; values: Record<string, string | number> }
export type Planned = { row: number; groupId: string; worker: NewWorker }

/** @throws UserError noNameColumn, twoColumns, emptyTable */
export function planRows(
  rows: readonly (readonly string[])[],
  known: Known,
): { planned: Planned[]; problems: Problem[] } {
  const columns = columnsOf(rows[0] ?? [])
  const planned: Planned[] = []
  const problems: Problem[] = []
  const seen = new Map<string, number>()
  const taken = new Map(known.people.map(({ name, group }) => [plainName(name), group]))
  const room = new Map(known.groups.map((group) => [group.id, group.room]))

  rows.slice(1).forEach((cells, index) => {
    const row = index + 2
    if (cells.every((cell) => cell === '')) return
    const wrong = (code: string, values: Problem['values'] = {}) => void problems.push({ row, code, values })
    const cell = (column: Column) => cells[columns.get(column) ?? -1] ?? ''
    const before = problems.length

    const name = cell('name')
    if (!name) wrong('noName')
    else if (name.length > NAME_MAX) wrong('longName', { max: NAME_MAX })
    const twin = seen.get(plainName(name))
    const inGroup = taken.get(plainName(name))
    if (name && twin !== undefined) wrong('twice', { other: twin })
    else if (name && inGroup !== undefined) wrong('inGroup', { group: inGroup })
    seen.set(plainName(name), twin ?? row)

    const city = cell('city') ? cityOf(cell('city'), known) : null
    if (city === undefined) wrong('noCity', { city: cell('city') })
    const language = cell('language') ? languageOf(cell('language')) : null
    if (language === undefined) wrong('noLanguage', { language: cell('language'), known: STAFF_LANGUAGES.join(', ') })
    if (cell('organisation').length > NAME_MAX) wrong('longOrganisation', { max: NAME_MAX })
    const joinedOn = cell('joined') ? readDay(cell('joined')) : usualDay(known)
    if (!joinedOn) wrong('noDay', { day: cell('joined') })
    else if (joinedOn < known.programme.startsOn || joinedOn > known.programme.endsOn)
      wrong('dayOutside', { from: wordOf(known.programme.startsOn), to: wordOf(known.programme.endsOn) })
    const named = cell('group')
    const group = named ? known.groups.find((each) => plainName(each.name) === plainName(named)) : known.group
    if (!group) wrong('noGroup', { group: named })
    // Who does not come in takes nobody's place
    else if (problems.length === before) {
      const left = (room.get(group.id) ?? 0) - 1
      room.set(group.id, left)
      if (left < 0) wrong('full', { group: group.name })
    }
    if (problems.length > before || !group || !joinedOn || city === undefined || language === undefined) return
    const worker = { name, city, organisation: cell('organisation'), language, joinedOn }
    planned.push({ row, groupId: group.id, worker })
  })
  if (planned.length + problems.length === 0) throw new UserError('emptyTable')
  return { planned, problems }
}

/** A programme that has not begun begins with its first day; one that is over took its last people in on its last. */
function usualDay({ today, programme: { startsOn, endsOn } }: Known): Date {
  if (today < startsOn) return startsOn
  return today > endsOn ? endsOn : today
}

const cityOf = (text: string, { cityNames }: Known): City | undefined =>
  CITIES.find((city) => [city.id, city.name, ...cityNames(city)].some((name) => plainName(name) === plainName(text)))

/** By its code, or as the language calls itself. */
const languageOf = (text: string): StaffLanguage | undefined =>
  STAFF_LANGUAGES.find((each) => [each, LANGUAGE_NAMES[each]].some((name) => plainName(name) === plainName(text)))

/** `2026-10-05`, or the day first with points: with slashes nobody knows which is the month. */
function readDay(text: string): Date | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text) ?? []
  try {
    return dayOf(year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
