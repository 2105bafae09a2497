/** Hours as a form has them: rows of plain fields, whatever was typed in them, and back. */
import { type CheckedHours, checkHours } from '../../desk/hours/check.js'
import { HOURS_CHANNELS, type Hours } from '../../desk/hours/hours.js'
import { LANGUAGES } from '../../text/languages.js'
import type { Form } from '../forms.js'

type Scope = { languages: string[]; channels: string[] }
export type ShiftRow = Scope & { days: number[]; from: string; to: string }
export type SpanRow = { from: string; to: string }
export type ExceptionRow = Scope & { from: string; to: string; name: string; closed: boolean; spans: SpanRow[] }
export type HoursRows = { shifts: ShiftRow[]; exceptions: ExceptionRow[] }

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

export const NEW_SHIFT: ShiftRow = { days: [], from: '', to: '', languages: [], channels: [] }
const NEW_SPAN: SpanRow = { from: '', to: '' }
export const NEW_EXCEPTION: ExceptionRow = {
  from: '',
  to: '',
  name: '',
  closed: true,
  spans: [NEW_SPAN],
  languages: [],
  channels: [],
}

export const rowsOf = ({ shifts, exceptions }: Hours): HoursRows => ({
  shifts: shifts.map(({ languages = [], channels = [], ...shift }) => ({ ...shift, languages, channels })),
  exceptions: exceptions.map((each) => ({
    from: each.from,
    to: each.to,
    name: each.name ?? '',
    closed: each.closed === true,
    spans: withSpare(each.closed ? [] : each.shifts),
    languages: each.languages ?? [],
    channels: each.channels ?? [],
  })),
})

/** One more than there are, to be filled in. */
const withSpare = (spans: readonly SpanRow[]): SpanRow[] => [...spans, NEW_SPAN]

/** A form that claims to have more rows is not ours. */
const ROWS_MAX = 400

const countOf = (form: Form, name: string): number => Math.min(ROWS_MAX, Math.max(0, Number(form.field(name)) || 0))

const many = <T>(count: number, make: (nth: number) => T): T[] => Array.from({ length: count }, (_, nth) => make(nth))

/** What was typed, row by row. With `tidy`, rows in which nothing was written are left out. */
export function readRows(form: Form, tidy: boolean): HoursRows {
  const scope = (at: string): Scope => ({
    languages: LANGUAGES.filter((each) => form.field(`${at}.language.${each}`)),
    channels: HOURS_CHANNELS.filter((each) => form.field(`${at}.channel.${each}`)),
  })
  const span = (at: string): SpanRow => ({
    from: tidyTime(form.field(`${at}.from`)),
    to: tidyTime(form.field(`${at}.to`)),
  })
  const shifts = many(countOf(form, 'shifts'), (nth): ShiftRow => {
    const at = `shifts.${nth}`
    return { days: WEEKDAYS.filter((each) => form.field(`${at}.day.${each}`)), ...span(at), ...scope(at) }
  })
  const exceptions = many(countOf(form, 'exceptions'), (nth): ExceptionRow => {
    const at = `exceptions.${nth}`
    const spans = many(countOf(form, `${at}.spans`), (which) => span(`${at}.span.${which}`))
    return {
      from: form.field(`${at}.from`).trim(),
      to: form.field(`${at}.to`).trim() || form.field(`${at}.from`).trim(),
      name: form.field(`${at}.name`).trim(),
      closed: form.field(`${at}.kind`) !== 'other',
      spans: withSpare(spans.filter(({ from, to }) => from || to)),
      ...scope(at),
    }
  })
  if (!tidy) return { shifts, exceptions }
  return {
    shifts: shifts.filter(({ days, from, to }) => days.length > 0 || from || to),
    exceptions: exceptions.filter(({ from, to, name }) => from || to || name),
  }
}

/** "9" and "9.30" are what people write; the house writes 09:00 and 09:30. What is no time stays as it is, to be seen and mended. */
export function tidyTime(text: string): string {
  const [, hour = '', minute = '00'] = /^(\d{1,2})(?:[:.\-h ]?([0-5]\d))?$/.exec(text.trim()) ?? []
  return hour ? `${hour.padStart(2, '0')}:${minute}` : text.trim()
}

/** @returns problems whose paths are those of the rows */
export function checkRows({ shifts, exceptions }: HoursRows): CheckedHours {
  const scope = ({ languages, channels }: Scope) => ({
    ...(languages.length > 0 ? { languages } : {}),
    ...(channels.length > 0 ? { channels } : {}),
  })
  return checkHours({
    shifts: shifts.map(({ days, from, to, ...rest }) => ({ days, from, to, ...scope(rest) })),
    exceptions: exceptions.map(({ from, to, name, closed, spans, ...rest }) => ({
      from,
      to,
      ...(name ? { name } : {}),
      ...scope(rest),
      ...(closed ? { closed: true } : { shifts: spans.filter((each) => each.from || each.to) }),
    })),
  })
}
