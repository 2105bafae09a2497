/** The words of the pages about training days: `checkin:…`, in the language of whoever looks. */
import type { Say, Words } from '../../../desk/labels.js'
import type { TrainingDay } from '../../../programme/checkin/days.js'
import { clockIn, dateIn } from '../../../programme/checkin/windows.js'
import { formatDate } from '../../../text/formats.js'
import type { StaffLanguage } from '../../../text/languages.js'

export const sayIn =
  (texts: Words, language: StaffLanguage): Say =>
  (key, values) =>
    texts.say(language, `checkin:${key}`, values)

/** "20.11.2026, 9:00–17:00", by the clock of the room. */
export const whenOf = (language: StaffLanguage, { timeZone, startsAt, endsAt }: TrainingDay): string =>
  `${formatDate(language, dateIn(timeZone, startsAt))}, ${clockIn(timeZone, startsAt)}–${clockIn(timeZone, endsAt)}`
