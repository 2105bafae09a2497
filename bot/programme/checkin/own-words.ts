/** What workers say of themselves: that they cannot come, that what stands is not true. The trainer hears of it, and decides. */
import type { InsideHouse } from '../../conversation/inside.js'
import type { Turn } from '../../conversation/turn.js'
import type { Tx } from '../../store/store.js'
import { formatDate } from '../../text/formats.js'
import { daysWhere, findDay, type TrainingDay } from './days.js'
import { addEvent } from './events.js'
import { enrolmentsOf } from './mine.js'
import { tellPerson } from './tell.js'
import { dateIn } from './windows.js'

const DAY_MS = 86_400_000
/** So far ahead one can apologise, */
const AHEAD_MS = 60 * DAY_MS
/** and so long afterwards object. */
const OBJECT_MS = 30 * DAY_MS

/** Own days that lie ahead, or run now. */
export async function daysAhead(tx: Tx, personId: string, now: Date): Promise<TrainingDay[]> {
  const mine = await enrolmentsOf(tx, personId, now)
  return daysWhere(tx, {
    groupId: { in: mine.map(({ groupId }) => groupId) },
    closedAt: null,
    endsAt: { gt: now },
    startsAt: { lt: new Date(now.getTime() + AHEAD_MS) },
  })
}

/** Proposes that they are excused; false when that day is not theirs any more. */
export async function apologise(
  house: InsideHouse,
  tx: Tx,
  turn: Turn,
  sessionId: string,
  why: string,
): Promise<boolean> {
  const { personId } = turn.loaded
  const day = (await daysAhead(tx, personId, turn.now)).find(({ id }) => id === sessionId)
  const mine = (await enrolmentsOf(tx, personId, turn.now)).find(({ groupId }) => groupId === day?.groupId)
  if (!day || !mine) return false
  const added = await addEvent(tx, {
    sessionId: day.id,
    enrolmentId: mine.id,
    kind: 'apology',
    at: turn.now,
    becomes: 'excused',
    once: 'apology',
    ...(why ? { why: { words: why, drawer: turn.drawer } } : {}),
  })
  const name = turn.drawer.openText('enrolment.name', mine.name)
  if (added) await tellTrainer(house, tx, day, 'told.apology', name)
  return true
}

/** Against the newest correction, or the closing, of the last weeks. False when there is none. */
export async function objectTo(house: InsideHouse, tx: Tx, turn: Turn, words: string): Promise<boolean> {
  const since = new Date(turn.now.getTime() - OBJECT_MS)
  const mine = await tx.enrolment.findMany({ where: { personId: turn.loaded.personId } })
  const corrected = await tx.attendanceEvent.findFirst({
    where: { enrolmentId: { in: mine.map(({ id }) => id) }, byId: { not: null }, at: { gt: since } },
    orderBy: { id: 'desc' },
  })
  const closed = await tx.trainingSession.findFirst({
    where: { groupId: { in: mine.map(({ groupId }) => groupId) }, closedAt: { gt: since } },
    orderBy: { closedAt: 'desc' },
  })
  const isNewer = corrected && (!closed?.closedAt || corrected.at >= closed.closedAt)
  const sessionId = isNewer ? corrected.sessionId : closed?.id
  if (!sessionId) return false
  const day = await findDay(tx, sessionId)
  const enrolment = isNewer
    ? mine.find(({ id }) => id === corrected.enrolmentId)
    : mine.find(({ groupId }) => groupId === day.groupId)
  if (!enrolment) return false
  await addEvent(tx, {
    sessionId,
    enrolmentId: enrolment.id,
    kind: 'objection',
    at: turn.now,
    why: { words, drawer: turn.drawer },
  })
  await tellTrainer(house, tx, day, 'told.objection', turn.drawer.openText('enrolment.name', enrolment.name))
  return true
}

/** Who, and of which day; the words themselves stand on the day's page. */
async function tellTrainer(house: InsideHouse, tx: Tx, day: TrainingDay, key: string, name: string): Promise<void> {
  const trainer = day.trainerId ? await tx.staff.findUnique({ where: { id: day.trainerId } }) : null
  if (!trainer?.personId || trainer.disabledAt) return
  await tellPerson(house, tx, trainer.personId, {
    key,
    values: (language) => ({
      name,
      group: day.group,
      date: formatDate(language, dateIn(day.timeZone, day.startsAt)),
    }),
  })
}
