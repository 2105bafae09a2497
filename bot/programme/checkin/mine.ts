/** A worker's own groups and days. */
import type { AttendanceEvent, Prisma } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import { daysWhere, type TrainingDay } from './days.js'
import { eventsOf } from './events.js'
import type { AttendedDay, ModuleState } from './modules.js'
import { moduleStates } from './modules.js'
import { dateIn } from './windows.js'

const WITH_GROUP = { group: true } as const
export type Mine = Prisma.EnrolmentGetPayload<{ include: typeof WITH_GROUP }>

const dateOf = (date: Date): string => date.toISOString().slice(0, 10)

/** Whether a day lies between joining and leaving, by the calendar of the group. */
export const covers = (enrolment: Pick<Mine, 'joinedOn' | 'leftOn'>, timeZone: string, at: Date): boolean => {
  const day = dateIn(timeZone, at)
  return dateOf(enrolment.joinedOn) <= day && (enrolment.leftOn === null || day <= dateOf(enrolment.leftOn))
}

/** The groups that this person is in today. */
export async function enrolmentsOf(tx: Tx, personId: string, now: Date): Promise<Mine[]> {
  const rows = await tx.enrolment.findMany({ where: { personId }, include: WITH_GROUP, orderBy: { joinedOn: 'asc' } })
  return rows.filter((row) => covers(row, row.group.timeZone, now))
}

type Own = Pick<Mine, 'id' | 'groupId' | 'joinedOn' | 'leftOn'>

/** The days that say something of a person who was in these groups: those of the groups while they were there, and wherever they came. */
export const seenDays = (
  own: readonly Own[],
  days: readonly TrainingDay[],
  said: (enrolmentId: string, sessionId: string) => readonly AttendanceEvent[],
): (TrainingDay & AttendedDay)[] =>
  days.flatMap((day) => {
    const isOwn = own.some((each) => each.groupId === day.groupId && covers(each, day.timeZone, day.startsAt))
    const events = own.flatMap(({ id }) => said(id, day.id))
    if (!isOwn && events.length === 0) return []
    return [{ ...day, closed: day.closedAt !== null, elsewhere: !isOwn, events }]
  })

/** The same for one person in one programme: whoever moved on brings along what they did before. */
async function daysOf(tx: Tx, { personId, group: { programmeId } }: Mine) {
  const own = await tx.enrolment.findMany({ where: { personId, group: { programmeId } } })
  const events = await eventsOf(tx, { enrolmentId: { in: own.map(({ id }) => id) } })
  const days = await daysWhere(tx, {
    OR: [
      { groupId: { in: own.map(({ groupId }) => groupId) } },
      { id: { in: events.map(({ sessionId }) => sessionId) } },
    ],
  })
  return seenDays(own, days, (enrolmentId, sessionId) =>
    events.filter((event) => event.enrolmentId === enrolmentId && event.sessionId === sessionId),
  )
}

/** What became of each module of the programme so far, in whichever of its groups. */
export const modulesOf = async (tx: Tx, mine: Mine): Promise<Map<number, ModuleState>> =>
  moduleStates(await daysOf(tx, mine))

/**
 * Whether a day of another group can make up what this person lacks, missed or never had: they have not done the module, and no day of
 * their own is to come for it. A day that is over counts as it stands, though its trainer has not closed it yet.
 */
export async function fitsToMakeUp(tx: Tx, mine: Mine, { module }: TrainingDay, now: Date): Promise<boolean> {
  const days = (await daysOf(tx, mine)).map((day) => ({ ...day, closed: day.closed || day.endsAt <= now }))
  const isToCome = days.some((day) => day.module === module && !day.elsewhere && !day.closed)
  return !isToCome && moduleStates(days).get(module) !== 'whole'
}
