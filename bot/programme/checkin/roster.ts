/** Who belongs to a day, and what stands of each: for the trainer, by name. */

import type { AttendanceEvent } from '../../store/generated/client.js'
import type { Store, Tx } from '../../store/store.js'
import type { Drawer } from '../../store/vault.js'
import { isThere, isWelcome, type Standing, standingAt } from './attendance.js'
import type { TrainingDay } from './days.js'
import { eventsOf } from './events.js'
import { covers } from './mine.js'
import { type PointId, pointsOf } from './windows.js'

export type Row = {
  enrolmentId: string
  personId: string
  name: string
  /** Seals what is said of them. */
  drawer: Drawer
  /** Of another group, to make a module up; welcome when the trainer has said so. */
  guest: boolean
  welcome: boolean
  standings: { point: PointId; standing: Standing }[]
  /** What they themselves said of it: an apology, an objection. */
  words: { kind: string; at: Date; text: string }[]
  events: AttendanceEvent[]
}

/** They checked in here themselves, or the trainer has written them down as a guest. */
const CAME = ['code', 'qr', 'guest']

/** The group's people of that day, then whoever came from elsewhere; each by name. */
export async function rosterOf(store: Pick<Store, 'vault'>, tx: Tx, day: TrainingDay): Promise<Row[]> {
  const events = await eventsOf(tx, { sessionId: day.id })
  const came = events.filter(({ kind }) => CAME.includes(kind)).map(({ enrolmentId }) => enrolmentId)
  const enrolments = await tx.enrolment.findMany({
    where: { OR: [{ groupId: day.groupId }, { id: { in: came } }] },
    include: { person: { select: { wrappedKey: true } } },
  })
  const rows = enrolments.flatMap(({ person, ...enrolment }): Row[] => {
    const guest = enrolment.groupId !== day.groupId
    if (!person.wrappedKey || (!guest && !covers(enrolment, day.timeZone, day.startsAt))) return []
    const drawer = store.vault.drawer(enrolment.personId, person.wrappedKey)
    const own = events.filter(({ enrolmentId }) => enrolmentId === enrolment.id)
    return [
      {
        enrolmentId: enrolment.id,
        personId: enrolment.personId,
        drawer,
        name: drawer.openText('enrolment.name', enrolment.name),
        guest,
        welcome: isWelcome(own),
        standings: pointsOf(day).map(({ id }) => ({
          point: id,
          standing: standingAt(own, id, day.closedAt !== null),
        })),
        words: own.flatMap(({ kind, at, why, byId }) =>
          why && byId === null ? [{ kind, at, text: drawer.openText('attendance_event.why', why) }] : [],
        ),
        events: own,
      },
    ]
  })
  return rows.sort((a, b) => Number(a.guest) - Number(b.guest) || a.name.localeCompare(b.name))
}

export const standingOf = (row: Row, point: PointId): Standing | undefined =>
  row.standings.find((each) => each.point === point)?.standing

export const isHere = (row: Row, point: PointId): boolean => {
  const standing = standingOf(row, point)
  return standing !== undefined && isThere(standing)
}

/** "23 / 28": of the group's own people. */
export function countAt(rows: readonly Row[], point: PointId): { here: number; of: number } {
  const own = rows.filter(({ guest }) => !guest)
  return { here: own.filter((row) => isHere(row, point)).length, of: own.length }
}
