/** The names of the columns, as people write them in the staff's four languages. */
import { UserError } from '../../errors.js'

export const COLUMNS = ['name', 'city', 'group', 'organisation', 'language', 'joined'] as const
export type Column = (typeof COLUMNS)[number]

const NAMES: Record<Column, readonly string[]> = {
  name: [
    'name',
    'full name',
    'имя',
    'фио',
    'имя и фамилия',
    'jméno',
    'jméno a příjmení',
    'імʼя',
    'піб',
    'імʼя та прізвище',
  ],
  city: ['city', 'town', 'город', 'město', 'місто'],
  group: ['group', 'группа', 'skupina', 'група'],
  organisation: ['organisation', 'organization', 'организация', 'organizace', 'організація'],
  language: ['language', 'язык', 'jazyk', 'мова'],
  joined: [
    'joined',
    'joined on',
    'start',
    'дата начала',
    'начало',
    'с какого дня',
    'od',
    'nástup',
    'datum nástupu',
    'початок',
    'дата початку',
  ],
}

const plain = (text: string) => text.toLocaleLowerCase('cs').replace(/['’`]/g, 'ʼ').replace(/[*:.]/g, '').trim()

/**
 * Which column of the table holds what. Columns of other names are passed over.
 * @throws UserError noNameColumn, twoColumns
 */
export function columnsOf(head: readonly string[]): Map<Column, number> {
  const found = new Map<Column, number>()
  head.forEach((title, at) => {
    const column = COLUMNS.find((each) => NAMES[each].includes(plain(title)))
    if (!column) return
    if (found.has(column)) throw new UserError('twoColumns', { title })
    found.set(column, at)
  })
  if (!found.has('name')) throw new UserError('noNameColumn')
  return found
}
