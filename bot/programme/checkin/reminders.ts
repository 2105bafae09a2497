/** Words before a day of training: on the evening before, and to whoever came too early, when it opens. */
import type { House } from '../../conversation/house.js'
import { createWorker, type Worker } from '../../conversation/worker.js'
import { daysWhere } from './days.js'
import { addEvent } from './events.js'
import { tellPerson } from './tell.js'
import { remindOfTomorrow } from './tomorrow.js'
import { clockIn, pointsOf } from './windows.js'

const EVERY_MS = 60_000
/** After that a word comes too late to help. */
const LATEST_MS = 2 * 3_600_000

type Waiting = { sessionId: string; enrolmentId: string; point: string; personId: string }

const WAITING = `
  select e.session_id as "sessionId", e.enrolment_id as "enrolmentId", e.point, r.person_id as "personId"
    from attendance_event e join training_session s on s.id = e.session_id join enrolment r on r.id = e.enrolment_id
   where e.kind = 'early' and s.closed_at is null and s.ends_at > $1::timestamptz and not exists (
     select 1 from attendance_event o where o.session_id = e.session_id and o.enrolment_id = e.enrolment_id and o.point = e.point
        and o.kind in ('reminded', 'code', 'qr'))`

/** Whoever came too early was promised a word: once, however many processes run. Returns when the next window opens. */
async function remindEarly(house: House): Promise<Date | undefined> {
  const { store } = house
  const now = house.clock()
  const waiting = await store.sql<Waiting>(WAITING, [now])
  const days = await daysWhere(store.db, { id: { in: waiting.map(({ sessionId }) => sessionId) } })
  let next: Date | undefined
  let told = false
  for (const { personId, ...one } of waiting) {
    const day = days.find(({ id }) => id === one.sessionId)
    const point = day && pointsOf(day).find(({ id }) => id === one.point)
    if (!day || !point || now.getTime() - point.opensAt.getTime() > LATEST_MS) continue
    if (point.opensAt > now) {
      if (!next || point.opensAt < next) next = point.opensAt
      continue
    }
    await store.transaction(async (tx) => {
      const first = await addEvent(tx, {
        ...one,
        point: point.id,
        kind: 'reminded',
        at: now,
        once: `reminded:${point.id}`,
      })
      const time = clockIn(day.timeZone, point.startsAt)
      if (first)
        await tellPerson(house, tx, personId, { key: 'told.opens', values: () => ({ time }), into: ['checkin'] })
    })
    told = true
  }
  if (told) store.signals.emit('outbox')
  return next
}

const earlier = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one && other ? (one < other ? one : other) : (one ?? other)

export const createCheckinReminders = (house: House): Worker =>
  createWorker({
    name: 'check-ins',
    log: house.log,
    clock: house.clock,
    longestSleepMs: EVERY_MS,
    run: async () => earlier(await remindOfTomorrow(house), await remindEarly(house)),
    wakenBy: () => () => undefined,
  })
