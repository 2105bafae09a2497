/**
 * Reminders of reports: before the due day, on it, and after it, as the programme's rules say; by the clock and in the language of whoever
 * reports, never at night, once each however many processes run, and none any more when it was sent. Also a word before a draft is over, and
 * what a coordinator asked for while it was night.
 */
import type { House } from '../../conversation/house.js'
import { createWorker, type Worker } from '../../conversation/worker.js'
import { type Sql, sqlOf } from '../../store/store.js'
import { formatMonth } from '../../text/formats.js'
import { AWAKE, CLOCK, FROM_HOUR, PIECE, PIECE_EVERY_MS, REACHABLE, TO_HOUR, ZONES } from '../awake.js'
import { USUAL_RULES } from '../rules.js'
import { REPORT } from './form.js'
import { isFirst } from './groups.js'
import { OPEN_STATES } from './states.js'
import { tellWorker } from './tell.js'
import { dueWanted, sayInTheMorning } from './wanted.js'

const EVERY_MS = 5 * 60_000
/** How many are looked up at once. */
const BATCH = 50

/** What nobody ran for a week is not said any more. */
const STALE_DAYS = 7
/** A draft is over soon. */
const LAPSE_DAYS = 3

type Due = { personId: string; programmeId: string; period: string; due: string; day: number }

/** As `dueDayOf` says it. */
const DUE_DAY = `coalesce(
    (select (x ->> 'dueDay')::int from jsonb_array_elements(coalesce(p.rules -> 'earlier', '[]'::jsonb)) as x
      where to_char(m, 'YYYY-MM') <= x ->> 'until' order by x ->> 'until' limit 1),
    (p.rules ->> 'dueDay')::int, $5::int)`

/** For each person and month the newest of the programme's reminder days that has come. */
const DUE_REPORTS = `
  with expected as (
    select distinct n.id as "personId", g.programme_id as "programmeId", to_char(m, 'YYYY-MM') as period, ${CLOCK}::date as today,
           coalesce(r.extended_to, (m + interval '1 month')::date + ${DUE_DAY} - 1) as due,
           coalesce(p.rules -> 'reminderDays', $6::jsonb) as days
      from enrolment e join person n on n.id = e.person_id and n.wrapped_key is not null
      join programme_group g on g.id = e.group_id join programme p on p.id = g.programme_id
      cross join lateral generate_series(date_trunc('month', ${CLOCK}) - interval '3 months', date_trunc('month', ${CLOCK}), interval '1 month') as m
      left join report r on r.person_id = n.id and r.programme_id = g.programme_id and r.period = to_char(m, 'YYYY-MM')
     where greatest(e.joined_on, p.starts_on) < m + interval '1 month' and least(coalesce(e.left_on, p.ends_on), p.ends_on) >= m
       and coalesce(r.state, 'due') = any($7::text[]) and not coalesce(r.locked, false) and ${AWAKE} and ${REACHABLE}),
  ripe as (
    select x."personId", x."programmeId", x.period, x.due, max(d.day::int) as day
      from expected x cross join lateral jsonb_array_elements_text(x.days) as d(day)
     where x.today >= x.due + d.day::int and x.today < x.due + d.day::int + $8::int
     group by x."personId", x."programmeId", x.period, x.due)
  select ripe."personId", ripe."programmeId", ripe.period, to_char(ripe.due, 'YYYY-MM-DD') as due, ripe.day from ripe
   where not exists (select 1 from report_reminder k where k.person_id = ripe."personId"
           and k.about = 'due ' || ripe."programmeId" || ' ' || ripe.period || ' ' || to_char(ripe.due, 'YYYY-MM-DD') || ' ' || ripe.day)
   order by ripe."personId", ripe.period limit $9::int`

const dueReports = (sql: Sql, now: Date) =>
  sql<Due>(DUE_REPORTS, [
    ...[now, ZONES, FROM_HOUR, TO_HOUR],
    ...[USUAL_RULES.dueDay, JSON.stringify(USUAL_RULES.reminderDays), [...OPEN_STATES], STALE_DAYS, BATCH],
  ])

type Lapsing = { personId: string; until: string }

const lapsing = (sql: Sql, now: Date) =>
  sql<Lapsing>(
    `select distinct n.id as "personId", to_char(d.until at time zone coalesce($2::jsonb ->> n.country, g.time_zone), 'YYYY-MM-DD') as until
       from draft d join person n on n.id = d.person_id
       join lateral (select time_zone from enrolment e join programme_group pg on pg.id = e.group_id
                      where e.person_id = n.id order by e.joined_on desc limit 1) g on true
      where d.flow = $5 and d.until > $1::timestamptz and d.until <= $1::timestamptz + $6::int * interval '1 day'
        and ${AWAKE} and ${REACHABLE}
        and not exists (select 1 from report_reminder k where k.person_id = n.id and k.about = 'lapse ' || to_char(d.until at time zone coalesce($2::jsonb ->> n.country, g.time_zone), 'YYYY-MM-DD'))
      limit $7::int`,
    [now, ZONES, FROM_HOUR, TO_HOUR, REPORT, LAPSE_DAYS, BATCH],
  )

const kindOf = (day: number) => (day < 0 ? 'before' : day === 0 ? 'on' : 'after')

/** One word to one person: whoever wrote its row first says it. False when another process did. */
async function remind(house: House, now: Date, { personId, programmeId, period, due, day }: Due): Promise<boolean> {
  return house.store.transaction(async (tx) => {
    const about = `due ${programmeId} ${period} ${due} ${day}`
    if (!(await isFirst(sqlOf(tx), personId, about, now))) return false
    // It may have been sent since it was looked at
    const report = await tx.report.findUnique({
      where: { personId_programmeId_period: { personId, programmeId, period } },
    })
    if (report && (report.locked || !OPEN_STATES.some((each) => each === report.state))) return false
    return tellWorker(house, tx, personId, `reminder.${kindOf(day)}`, (language) => ({
      month: formatMonth(language, period),
      day: due,
    }))
  })
}

async function warn(house: House, now: Date, { personId, until }: Lapsing): Promise<boolean> {
  return house.store.transaction(async (tx) => {
    if (!(await isFirst(sqlOf(tx), personId, `lapse ${until}`, now))) return false
    return tellWorker(house, tx, personId, 'reminder.lapse', () => ({ day: until }))
  })
}

export function createReportReminders(house: House): Worker {
  const { store, clock, log } = house
  /** What was looked up and not said yet; it is soon said, and looked at once more then. */
  let waiting: (() => Promise<boolean>)[] = []
  const lookUp = async (now: Date) => {
    const [due, soon] = [await dueReports(store.sql, now), await lapsing(store.sql, now)]
    const wanted = await dueWanted(store.sql, now, BATCH)
    return [
      ...wanted.map((each) => () => sayInTheMorning(house, each)),
      ...due.map((each) => () => remind(house, clock(), each)),
      ...soon.map((each) => () => warn(house, clock(), each)),
    ]
  }
  return createWorker({
    name: 'report-reminders',
    log,
    clock,
    longestSleepMs: EVERY_MS,
    async run() {
      if (waiting.length === 0) waiting = await lookUp(clock())
      if (waiting.length === 0) return undefined
      const piece = waiting.splice(0, PIECE)
      for (const say of piece) await say()
      store.signals.emit('outbox')
      // There may be more than were looked up
      return new Date(clock().getTime() + PIECE_EVERY_MS)
    },
    // Days go by without anybody saying so
    wakenBy: () => () => undefined,
  })
}
