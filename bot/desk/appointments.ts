/** Meetings with a client, at the centre or at a mobile consultation: told with a calendar file, reminded of, called off. */
import { createEvent } from 'ics'
import { type InsideHouse, inConversation } from '../conversation/inside.js'
import { writeOwnFile } from '../conversation/own-file.js'
import type { Turn } from '../conversation/turn.js'
import type { Words } from '../conversation/words.js'
import { UserError } from '../errors.js'
import type { FileStore } from '../store/files.js'
import type { Language } from '../text/languages.js'
import type { StaffMember } from './access.js'
import { act } from './act.js'
import { mustAnswer } from './case-lock.js'
import { centreOf } from './centres.js'
import { openingIn } from './hours/opening.js'
import { firstTime } from './once.js'
import { cleanWords } from './words.js'

export const MEETING_KINDS = ['meeting', 'mobile'] as const
export type MeetingKind = (typeof MEETING_KINDS)[number]

/** The client is reminded a day before, and two hours before. */
export const REMIND_BEFORE_MS = [24 * 3_600_000, 2 * 3_600_000] as const
const HOUR_MS = 3_600_000
const PLACE_MAX = 300

export type NewMeeting = { kind: MeetingKind; at: Date; place: string; requestId: string }

type Needs = InsideHouse & { files: FileStore }

/** The next reminder that has not passed yet; null when none is left. */
export const nextReminder = (at: Date, now: Date): Date | null => {
  const left = REMIND_BEFORE_MS.map((before) => at.getTime() - before).filter((due) => due > now.getTime())
  return left.length > 0 ? new Date(Math.min(...left)) : null
}

/**
 * Plans a meeting and tells the client, with a file for their calendar.
 * @throws UserError meetingPast, meetingPlace, notClaimed, caseTaken, caseClosed
 */
export async function planMeeting(
  house: Needs,
  code: string,
  staff: StaffMember,
  meeting: NewMeeting,
): Promise<boolean> {
  const place = cleanWords(meeting.place)
  return act(house, { code, staff, action: 'case.appoint' }, async (found, tx) => {
    const now = house.clock()
    if (!(await firstTime(tx, staff, meeting.requestId, now))) return false
    await mustAnswer(tx, found, staff)
    if (!(meeting.at.getTime() > now.getTime())) throw new UserError('meetingPast')
    if (!place || place.length > PLACE_MAX) throw new UserError('meetingPlace')
    const zone = (await centreOf(tx, found.centreId))?.timeZone
    await inConversation(house, tx, found.conversationId, async (turn) => {
      await tx.appointment.create({
        data: {
          caseId: found.id,
          staffId: staff.id,
          kind: meeting.kind,
          at: meeting.at,
          place: turn.drawer.seal('appointment.place', place),
          remindAt: nextReminder(meeting.at, now),
          createdAt: now,
        },
      })
      const { words } = house.mind
      const content = calendarFile(meeting.at, place, words.say(turn.language, 'desk:meeting.title'))
      const name = words.say(turn.language, 'desk:meeting.file')
      const fileId = await writeOwnFile(house.files, turn, { mime: 'text/calendar', name, content })
      const text = meetingWords(turn, words, `desk:meeting.${meeting.kind}`, { at: meeting.at, place, zone })
      turn.sayText(text, { author: 'staff', staffId: staff.id, fileId })
    })
    return true
  })
}

/** Calls a meeting off; the client is told. */
export async function cancelMeeting(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  id: string,
): Promise<boolean> {
  return act(house, { code, staff, action: 'case.appoint' }, async (found, tx) => {
    await mustAnswer(tx, found, staff)
    const meeting = await tx.appointment.findFirst({ where: { id, caseId: found.id, state: 'planned' } })
    if (!meeting) return false
    await tx.appointment.update({ where: { id }, data: { state: 'cancelled', remindAt: null } })
    const zone = (await centreOf(tx, found.centreId))?.timeZone
    await inConversation(house, tx, found.conversationId, async (turn) => {
      const { date, time } = whenWords(turn, house.mind.words, meeting.at, zone)
      turn.say({ text: { key: 'desk:meeting.cancelled', values: { date, time } } })
    })
    return true
  })
}

type Meeting = { at: Date; place: string; zone: string | undefined }

/** In the zone of the centre, where the meeting is. */
function whenWords(turn: Turn, words: Words, at: Date, zone: string | undefined): { date: string; time: string } {
  const { date, time } = openingIn(at.getTime(), turn.now.getTime(), zone ?? turn.timeZone)
  return { date: words.date(turn.language, date), time }
}

export function meetingWords(turn: Turn, words: Words, heading: string, { at, place, zone }: Meeting): string {
  const say = (key: string, values?: Record<string, string>) => words.say(turn.language as Language, key, values)
  return [
    say(heading),
    [say('desk:meeting.when', whenWords(turn, words, at, zone)), say('desk:meeting.where', { place })].join('\n'),
    say('desk:meeting.ask'),
  ].join('\n\n')
}

/** An hour in the calendar, in universal time, with nothing in it but the place (https://www.rfc-editor.org/rfc/rfc5545). */
function calendarFile(at: Date, location: string, title: string): Buffer {
  const { error, value } = createEvent({
    start: at.getTime(),
    startInputType: 'utc',
    startOutputType: 'utc',
    duration: { minutes: HOUR_MS / 60_000 },
    title,
    location,
    productId: 'rahnamo',
  })
  if (error || !value) throw error ?? new Error('The calendar file is empty.')
  return Buffer.from(value)
}
