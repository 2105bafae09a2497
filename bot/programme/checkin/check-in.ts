/** A worker says that they are there: by the link in the QR, or by the six digits under it. */
import type { Store, Tx } from '../../store/store.js'
import { isThere, type Mark, standingAt } from './attendance.js'
import { fitsCode, isGood, looksLikeToken, readCode, readToken } from './codes.js'
import { daysWhere, findDay, holdOpen, type TrainingDay } from './days.js'
import { addEvent, eventsOf } from './events.js'
import { enrolmentsOf, fitsToMakeUp, type Mine } from './mine.js'
import { noteTry, triedTooOften } from './tries.js'
import { nextPoint, type Point, pointsOf, verdictAt } from './windows.js'

export type Outcome =
  /** Nothing was given: a code is wanted. */
  | { kind: 'ask' }
  | { kind: 'noGroup' | 'wrong' | 'old' | 'tooMany' }
  | { kind: 'closed' | 'notYours' | 'makeUp'; day: TrainingDay }
  | { kind: 'early'; day: TrainingDay; point: Point }
  | { kind: 'onTime' | 'twice'; day: TrainingDay; point: Point; at: Date; next: Point | undefined }
  | { kind: 'late'; day: TrainingDay; point: Point; at: Date; minutes: number; next: Point | undefined }
  /** They came, and the trainer has written something else since. */
  | { kind: 'otherwise'; day: TrainingDay; point: Point; at: Date; mark: Mark }

export type CheckIn = { store: Pick<Store, 'vault'>; tx: Tx; personId: string; now: Date }

/** A screen is put up early, and a day runs long. */
const SCREEN_EARLY_MS = 12 * 3_600_000
const SCREEN_LATE_MS = 16 * 3_600_000

/** What was said leads to a day only while its code is good. Everything that was wrong is counted. */
export async function checkIn(to: CheckIn, said: string): Promise<Outcome> {
  const { tx, personId, now } = to
  const mine = await enrolmentsOf(tx, personId, now)
  if (mine.length === 0) return { kind: 'noGroup' }
  if (!said.trim()) return (await tooEarlyToday(tx, mine, now)) ?? { kind: 'ask' }
  if (await triedTooOften(tx, personId, now)) return { kind: 'tooMany' }
  const found = looksLikeToken(said) ? await byToken(to, said) : await byCode(to, mine, said)
  if (found === 'wrong') await noteTry(tx, personId, now)
  if (found === 'wrong' || found === 'old') return { kind: found }
  const kind = looksLikeToken(said) ? 'qr' : 'code'
  const own = mine.find(({ groupId }) => groupId === found.groupId)
  if (own) return comeIn(tx, own, found, kind, now)
  const guest = mine.find(({ group }) => group.programmeId === found.programmeId)
  return guest ? offer(tx, guest, found, now) : { kind: 'notYours', day: found }
}

async function byToken({ store, tx, now }: CheckIn, said: string): Promise<TrainingDay | 'wrong' | 'old'> {
  const read = readToken(store.vault.hash, said)
  if (!read) return 'wrong'
  // Ours, and no guess: it was on the screen once, and is not counted
  if (!isGood(read.step, now)) return 'old'
  const [day] = await daysWhere(tx, { id: read.session })
  return day ?? 'old'
}

/** Own days come first, should two rooms ever show the same six digits. */
async function byCode({ store, tx, now }: CheckIn, mine: Mine[], said: string): Promise<TrainingDay | 'wrong'> {
  const code = readCode(said)
  if (!code) return 'wrong'
  const around = {
    gt: new Date(now.getTime() - SCREEN_LATE_MS),
    lt: new Date(now.getTime() + SCREEN_EARLY_MS),
  }
  const programmes = mine.map(({ group }) => group.programmeId)
  const days = await daysWhere(tx, { startsAt: around, group: { programmeId: { in: programmes } } })
  const fits = days.filter(({ id }) => fitsCode(store.vault.hash, id, code, now))
  return fits.find(({ groupId }) => mine.some((each) => each.groupId === groupId)) ?? fits[0] ?? 'wrong'
}

/** Who comes without a code before their own day opens is told when, and reminded. */
async function tooEarlyToday(tx: Tx, mine: Mine[], now: Date): Promise<Outcome | undefined> {
  const soon = { gt: now, lt: new Date(now.getTime() + SCREEN_EARLY_MS) }
  const [day] = await daysWhere(tx, {
    startsAt: soon,
    closedAt: null,
    groupId: { in: mine.map(({ groupId }) => groupId) },
  })
  const own = day && mine.find(({ groupId }) => groupId === day.groupId)
  if (!day || !own || verdictAt(pointsOf(day), now).kind !== 'early') return undefined
  return comeIn(tx, own, day, 'code', now)
}

/** Twice is once: the first of each point stays. */
async function comeIn(tx: Tx, who: Mine, day: TrainingDay, kind: 'code' | 'qr', now: Date): Promise<Outcome> {
  if (!(await holdOpen(tx, day.id))) return { kind: 'closed', day }
  const points = pointsOf(day)
  const verdict = verdictAt(points, now)
  const { point } = verdict
  const here = { sessionId: day.id, enrolmentId: who.id, point: point.id }
  if (verdict.kind === 'early') {
    await addEvent(tx, { ...here, kind: 'early', at: now, once: `early:${point.id}` })
    return { kind: 'early', day, point }
  }
  const late = verdict.kind === 'late'
  const added = await addEvent(tx, {
    ...here,
    kind,
    at: now,
    becomes: late ? 'late' : 'present',
    ...(verdict.kind === 'late' ? { minutes: verdict.minutes } : {}),
    once: `own:${point.id}`,
  })
  const next = nextPoint(points, now)
  if (added)
    return verdict.kind === 'late'
      ? { kind: 'late', day, point, at: now, minutes: verdict.minutes, next }
      : { kind: 'onTime', day, point, at: now, next }
  const events = await eventsOf(tx, { sessionId: day.id, enrolmentId: who.id })
  const first = events.find(({ once }) => once === `own:${point.id}`)
  const since = { day, point, at: first?.at ?? now }
  const stands = standingAt(events, point.id, false)
  return stands.mark === null || isThere(stands)
    ? { kind: 'twice', ...since, next }
    : { kind: 'otherwise', ...since, mark: stands.mark }
}

/** So long after the code somebody may still say that they want to make the module up here. */
const OFFER_MS = 10 * 60_000

/** Of another group: a module that they lack can be made up here. What was typed proves that they are in the room now, whenever they say yes. */
async function offer(tx: Tx, guest: Mine, day: TrainingDay, now: Date): Promise<Outcome> {
  if (!(await holdOpen(tx, day.id))) return { kind: 'closed', day }
  // Whoever came before, or was let in by the trainer, is not asked again
  const before = await tx.attendanceEvent.count({
    where: { sessionId: day.id, enrolmentId: guest.id, kind: { in: ['code', 'qr', 'guest'] } },
  })
  if (before > 0) return comeIn(tx, guest, day, 'code', now)
  if (!(await fitsToMakeUp(tx, guest, day, now))) return { kind: 'notYours', day }
  await addEvent(tx, { sessionId: day.id, enrolmentId: guest.id, kind: 'offered', at: now })
  return { kind: 'makeUp', day }
}

/** They said yes. `undefined` when nothing was offered lately. */
export async function makeUp({ tx, personId, now }: CheckIn): Promise<Outcome | undefined> {
  const mine = await enrolmentsOf(tx, personId, now)
  const offered = await tx.attendanceEvent.findFirst({
    where: {
      kind: 'offered',
      enrolmentId: { in: mine.map(({ id }) => id) },
      at: { gt: new Date(now.getTime() - OFFER_MS) },
    },
    orderBy: { id: 'desc' },
  })
  const who = mine.find(({ id }) => id === offered?.enrolmentId)
  return offered && who ? comeIn(tx, who, await findDay(tx, offered.sessionId), 'code', offered.at) : undefined
}
