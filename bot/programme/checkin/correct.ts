/** The trainer's word on who was there. Each is an event of its own beside what was there before; whom it concerns is told. */
import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { UserError } from '../../errors.js'
import type { Tx } from '../../store/store.js'
import { formatDate } from '../../text/formats.js'
import type { Mark } from './attendance.js'
import type { TrainingDay } from './days.js'
import { addEvent } from './events.js'
import { type Row, rosterOf, standingOf } from './roster.js'
import { tellPerson } from './tell.js'
import { permitDay } from './trainer.js'
import { dateIn, type PointId } from './windows.js'

export type Change = { enrolmentId: string; point: PointId; becomes: Mark }

export const WHY_MAX = 500

type Told = { row: Row; changes: Change[] }

/**
 * Returns how many marks changed; what stood like that already is left alone.
 * @throws UserError notAllowed, noSession, noSuchPerson, whyNeeded: after the closing a correction has a reason
 */
export async function markPeople(
  house: InsideHouse,
  tx: Tx,
  staff: StaffMember,
  day: TrainingDay,
  changes: readonly Change[],
  why = '',
): Promise<number> {
  permitDay(staff, day)
  const words = why.trim().slice(0, WHY_MAX)
  if (day.closedAt && !words) throw new UserError('whyNeeded')
  const rows = new Map((await rosterOf(house.store, tx, day)).map((row) => [row.enrolmentId, row]))
  const told = new Map<string, Told>()
  let changed = 0
  for (const change of changes) {
    const row = rows.get(change.enrolmentId)
    const stood = row && standingOf(row, change.point)
    if (!row || !stood) throw new UserError('noSuchPerson')
    if (stood.mark === change.becomes && !stood.proposed) continue
    const { becomes } = change
    const isNew = stood.mark === null
    await addEvent(tx, {
      sessionId: day.id,
      enrolmentId: row.enrolmentId,
      point: change.point,
      kind: becomes === 'excused' ? 'excuse' : isNew ? 'trainer' : 'correction',
      at: house.clock(),
      was: stood.mark,
      becomes,
      byId: staff.id,
      ...(words ? { why: { words, drawer: row.drawer } } : {}),
    })
    changed++
    // That they were noted down as there is no news to whoever is in the room
    if (isNew && becomes === 'present') continue
    const known = told.get(row.enrolmentId) ?? { row, changes: [] }
    told.set(row.enrolmentId, { row, changes: [...known.changes, change] })
  }
  for (const each of told.values()) await tellChange(house, tx, day, each)
  return changed
}

const tellChange = (house: InsideHouse, tx: Tx, day: TrainingDay, { row, changes }: Told) =>
  tellPerson(house, tx, row.personId, {
    key: 'told.corrected',
    values: (language) => ({
      date: formatDate(language, dateIn(day.timeZone, day.startsAt)),
      what: changes
        .map(({ point, becomes }) =>
          [`point.${point}`, `mark.${becomes}`]
            .map((key) => house.mind.words.say(language, `checkin:${key}`))
            .join(': '),
        )
        .join('; '),
    }),
    into: ['objection'],
  })

/** Everybody of the group of whom nothing is known yet was there: without anyone's telephone. */
export async function markEverybody(
  house: InsideHouse,
  tx: Tx,
  staff: StaffMember,
  day: TrainingDay,
  point: PointId,
): Promise<number> {
  const rows = await rosterOf(house.store, tx, day)
  const unknown = rows.filter((row) => !row.guest && standingOf(row, point)?.mark === null)
  const changes = unknown.map(({ enrolmentId }): Change => ({ enrolmentId, point, becomes: 'present' }))
  return markPeople(house, tx, staff, day, changes)
}
