/**
 * When a centre answers, as data, and what follows from it: open now, open next, working time. No clock, no database, no words:
 * whoever asks brings the time and says what comes out of it.
 *
 * Everything here is local wall clock of the centre's zone; instants are epoch milliseconds.
 */
import { z } from 'zod'
import { CHANNELS } from '../../conversation/channel.js'
import { LANGUAGES, type Language } from '../../text/languages.js'

/** Ways to reach a centre: those of the house, the telephone, and coming in person. */
export const HOURS_CHANNELS = [...CHANNELS, 'phone', 'visit'] as const
export type HoursChannel = (typeof HOURS_CHANNELS)[number]

/** More than any centre has; bounds the work of every question. */
const SHIFTS_MAX = 100
const EXCEPTIONS_MAX = 400

// The messages are codes: a form shows `console:<code>` beside the field.
const Time = z.string('hours.time').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'hours.time')
const EndTime = z.string('hours.time').regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'hours.time')
const Day = z.iso.date('hours.date')

const scope = {
  /** Absent: all that the centre speaks. */
  languages: z.array(z.enum(LANGUAGES, 'hours.language'), 'hours.language').min(1, 'hours.language').optional(),
  /** Absent: all. */
  channels: z.array(z.enum(HOURS_CHANNELS, 'hours.channel'), 'hours.channel').min(1, 'hours.channel').optional(),
}

const weekday = z.int('hours.days').min(1, 'hours.days').max(7, 'hours.days')

/** `to` at or before `from` is the next day's; 09:00–09:00 is a day and a night, 00:00–24:00 a whole day. */
const Span = z.strictObject({ from: Time, to: EndTime })
export type Span = z.infer<typeof Span>

/** Every week: `days` are the ISO weekdays (1 is Monday) on which it begins. */
export const Shift = z.strictObject({
  days: z.array(weekday, 'hours.days').min(1, 'hours.days').max(7, 'hours.days'),
  from: Time,
  to: EndTime,
  ...scope,
})
export type Shift = z.infer<typeof Shift>

const period = { from: Day, to: Day, name: z.string('hours.name').max(80, 'hours.name').optional(), ...scope }
const inOrder = ({ from, to }: { from: string; to: string }) => from <= to
const reversed = { error: 'hours.dates', path: ['to'] }

const Closed = z.strictObject({ ...period, closed: z.literal(true) }).refine(inOrder, reversed)
const OtherHours = z
  .strictObject({
    ...period,
    closed: z.undefined().optional(),
    shifts: z.array(Span, 'hours.shifts').min(1, 'hours.shifts').max(SHIFTS_MAX, 'hours.tooMany'),
  })
  .refine(inOrder, reversed)

/**
 * Days, first and last included, on which something else is true than every week. It replaces what begins on these days; what began
 * the evening before runs to its end. With languages or channels it replaces only theirs. Of several for the same day the last counts.
 */
export const Exception = z.discriminatedUnion('closed', [Closed, OtherHours], 'hours.exception')
export type Exception = z.infer<typeof Exception>

export const Hours = z.strictObject({
  shifts: z.array(Shift, 'hours.shifts').max(SHIFTS_MAX, 'hours.tooMany'),
  exceptions: z.array(Exception, 'hours.exception').max(EXCEPTIONS_MAX, 'hours.tooMany'),
})
export type Hours = z.infer<typeof Hours>

/** Which of the hours are asked for; what is absent may be any. */
export type HoursFilter = { language?: Language | undefined; channel?: HoursChannel | undefined }
