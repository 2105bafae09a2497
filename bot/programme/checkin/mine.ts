/** A worker's own groups and days. */
import type { Prisma } from '../../store/generated/client.js'
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

/** What became of each module so far, here and wherever one was made up. */
export async function modulesOf(tx: Tx, mine: Mine): Promise<Map<number, ModuleState>> {
  const events = await eventsOf(tx, { enrolmentId: mine.id })
  const elsewhere = [...new Set(events.map(({ sessionId }) => sessionId))]
  const days = await daysWhere(tx, { OR: [{ groupId: mine.groupId }, { id: { in: elsewhere } }] })
  return moduleStates(
    days
      .filter((day) => day.groupId !== mine.groupId || covers(mine, day.timeZone, day.startsAt))
      .map(
        (day): AttendedDay => ({
          ...day,
          closed: day.closedAt !== null,
          elsewhere: day.groupId !== mine.groupId,
          events: events.filter(({ sessionId }) => sessionId === day.id),
        }),
      ),
  )
}

/** Whether that day can make up what this person missed: the same module, and their own day of it is over without them. */
export async function fitsToMakeUp(tx: Tx, mine: Mine, day: TrainingDay): Promise<boolean> {
  const state = (await modulesOf(tx, mine)).get(day.module)
  return state === 'missed' || state === 'part'
}
