/**
 * A word on the evening before a day of training: in each one's own zone and language, once however many processes run, and not to
 * whoever said already that they cannot come, or does not want it.
 */
import type { House } from '../../conversation/house.js'
import { type Sql, sqlOf } from '../../store/store.js'
import { formatDate } from '../../text/formats.js'
import { CLOCK, PIECE, PIECE_EVERY_MS, REACHABLE, TO_HOUR, ZONES } from '../awake.js'
import { materialLines } from '../materials/lines.js'
import { materialsOf } from '../materials/materials.js'
import { isFirst } from '../reports/groups.js'
import { daysWhere, type TrainingDay } from './days.js'
import { tellPerson } from './tell.js'
import { clockIn, dateIn } from './windows.js'

/** When the day's work is done, and nobody sleeps yet. */
const EVENING_HOUR = 17
type Due = { personId: string; sessionId: string }

const about = (sessionId: string): string => `tomorrow ${sessionId}`

/** The day is tomorrow by the calendar of the group, and it is evening where the person is. */
const DUE = `
  select n.id as "personId", s.id as "sessionId"
    from training_session s join programme_group g on g.id = s.group_id
    join enrolment e on e.group_id = g.id join person n on n.id = e.person_id and n.wrapped_key is not null
   where s.closed_at is null and s.starts_at > $1::timestamptz and s.starts_at < $1::timestamptz + interval '2 days'
     and (s.starts_at at time zone g.time_zone)::date = ($1::timestamptz at time zone g.time_zone)::date + 1
     and e.joined_on <= (s.starts_at at time zone g.time_zone)::date
     and coalesce(e.left_on, 'infinity') >= (s.starts_at at time zone g.time_zone)::date
     and extract(hour from ${CLOCK}) >= $3::int and extract(hour from ${CLOCK}) < $4::int
     and n.remind_of_days and ${REACHABLE}
     and not exists (select 1 from attendance_event a where a.session_id = s.id and a.enrolment_id = e.id and a.becomes = 'excused')
     and not exists (select 1 from report_reminder k where k.person_id = n.id and k.about = 'tomorrow ' || s.id)
   order by s.starts_at, n.id limit $5::int`

const dueNow = (sql: Sql, now: Date) => sql<Due>(DUE, [now, ZONES, EVENING_HOUR, TO_HOUR, PIECE])

/** False when another process said it, or nobody can be reached. */
const remind = (house: House, now: Date, personId: string, day: TrainingDay): Promise<boolean> =>
  house.store.transaction(async (tx) => {
    if (!(await isFirst(sqlOf(tx), personId, about(day.id), now))) return false
    const materials = await materialsOf(tx, day.programmeId)
    return tellPerson(house, tx, personId, {
      key: 'told.tomorrow',
      values: (language) => ({
        module: day.module,
        date: formatDate(language, dateIn(day.timeZone, day.startsAt)),
        time: clockIn(day.timeZone, day.startsAt),
        place: day.place && `\n${day.place}`,
        materials: materialLines(house.mind.words, language, materials, day.module),
      }),
      into: ['absence', 'reminders'],
    })
  })

/** Tells some of those for whom it is evening; gives when the next ones may be told, should there be more. */
export async function remindOfTomorrow(house: House): Promise<Date | undefined> {
  const { store } = house
  const now = house.clock()
  const due = await dueNow(store.sql, now)
  const days = await daysWhere(store.db, { id: { in: [...new Set(due.map(({ sessionId }) => sessionId))] } })
  for (const { personId, sessionId } of due) {
    const day = days.find(({ id }) => id === sessionId)
    if (day) await remind(house, now, personId, day)
  }
  if (due.length > 0) store.signals.emit('outbox')
  return due.length === PIECE ? new Date(now.getTime() + PIECE_EVERY_MS) : undefined
}
