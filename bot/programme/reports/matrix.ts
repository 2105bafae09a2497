/** People × months of one group, in one question to the database, however many they are. */
import type { StaffMember } from '../../desk/access.js'
import { UserError } from '../../errors.js'
import type { Store } from '../../store/store.js'
import { dueDayOf, rulesOf } from '../rules.js'
import { dayIn, dueDay, isExpected, newestAnywhere, periodIn, periodsBetween, shifted } from './periods.js'
import { isLate, isOpen, isState, type Shown, shown } from './states.js'
import { groupOf, type Stay, staysSql } from './stays.js'
import { within, zoneOf } from './whose.js'

export type Cell = { period: string; shown: Shown; late: boolean; due: string; versions: number }
/** `zone`: where the person is. */
export type MatrixRow = { personId: string; name: string; zone: string; cells: Cell[] }
export type Matrix = { group: { id: string; name: string; programme: string }; periods: string[]; rows: MatrixRow[] }

/** A trainer sees their own groups, a coordinator all. `$` is the parameter of the colleague's id. */
export const groupSight = ({ role }: StaffMember, $: string): string =>
  role === 'trainer' ? `g.trainer_id = ${$}::uuid` : `${$}::uuid is not null`

type Row = {
  groupId: string
  groupName: string
  programme: string
  rules: unknown
  timeZone: string
  startsOn: Date
  endsOn: Date
  people: Person[]
}
type Person = {
  id: string
  country: string | null
  key: string | null
  name: string
  /** In every group of the programme. */
  stays: Stay[]
  reports: Kept[]
}
type Kept = {
  period: string
  state: string
  locked: boolean
  extendedTo: string | null
  sentAt: string | null
  versions: number
}

const QUERY = (sight: string) => `
  select g.id as "groupId", g.name as "groupName", p.name as programme, p.rules, g.time_zone as "timeZone",
         p.starts_on as "startsOn", p.ends_on as "endsOn",
         coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'country', n.country, 'key', encode(n.wrapped_key, 'base64'),
             'name', e.name, 'stays', ${staysSql('n.id', 'g.programme_id')}, 'reports', coalesce(r.reports, '[]'::jsonb)))
           from (select person_id, (array_agg(encode(name, 'base64') order by joined_on desc))[1] as name
                   from enrolment where group_id = g.id group by person_id) e
           join person n on n.id = e.person_id
           left join (select person_id, jsonb_agg(jsonb_build_object('period', period, 'state', state, 'locked', locked,
                             'extendedTo', extended_to, 'sentAt', sent_at,
                             'versions', (select count(*) from report_version v where v.report_id = report.id))) as reports
                        from report where programme_id = g.programme_id and period between $3 and $4 group by person_id) r
             on r.person_id = n.id), '[]'::jsonb) as people
    from programme_group g join programme p on p.id = g.programme_id
   where g.id::text = $2 and ${sight}`

export const MATRIX_MONTHS = 12

/** @throws UserError noPage: there is no such group, or it is not this colleague's to see */
export async function matrixOf(
  { sql, vault }: Pick<Store, 'sql' | 'vault'>,
  staff: StaffMember,
  {
    groupId,
    now,
    last,
    months = MATRIX_MONTHS,
  }: { groupId: string; now: Date; last?: string | undefined; months?: number },
): Promise<Matrix> {
  // The group's own clock is known with its answer: until then a month more is looked at
  const bound = last ?? newestAnywhere(now)
  const [found] = await sql<Row>(QUERY(groupSight(staff, '$1')), [staff.id, groupId, shifted(bound, -months), bound])
  if (!found) throw new UserError('noPage')
  const newest = last ?? periodIn(found.timeZone, now)
  const periods = periodsBetween(shifted(newest, 1 - months), newest)
  const rows = found.people.map((person) => ({
    personId: person.id,
    name: nameOf(vault, person),
    zone: zoneOf(person.country, found.timeZone),
    cells: cellsOf(person, found, periods, now),
  }))
  rows.sort((one, other) => one.name.localeCompare(other.name))
  return { group: { id: found.groupId, name: found.groupName, programme: found.programme }, periods, rows }
}

const ERASED = '–'

export function nameOf(vault: Store['vault'], { id, key, name }: Pick<Person, 'id' | 'key' | 'name'>): string {
  if (!key) return ERASED
  return vault.drawer(id, Buffer.from(key, 'base64')).openText('enrolment.name', Buffer.from(name, 'base64'))
}

function cellsOf(person: Person, group: Row, periods: readonly string[], now: Date): Cell[] {
  const zone = zoneOf(person.country, group.timeZone)
  const today = dayIn(zone, now)
  const rules = rulesOf(group)
  const programme = { startsOn: new Date(group.startsOn), endsOn: new Date(group.endsOn) }
  const stretches = person.stays.map(({ from, to }) => within(from, to, programme))
  return periods.map((period) => {
    const isOurs = groupOf(period, person.stays) === group.groupId
    const kept = isOurs ? person.reports.find((report) => report.period === period) : undefined
    const report = kept && isState(kept.state) ? { state: kept.state, locked: kept.locked } : undefined
    const due = kept?.extendedTo ?? dueDay(period, dueDayOf(rules, period))
    const sentOn = kept?.sentAt ? dayIn(zone, new Date(kept.sentAt)) : null
    const expected = isOurs && isExpected(period, stretches)
    const waits = report ? isOpen(report.state) : expected
    return {
      period,
      due,
      shown: shown({ expected, over: today.slice(0, 7) > period, report }),
      late: isLate(due, sentOn, today) && (sentOn !== null || waits),
      versions: kept?.versions ?? 0,
    }
  })
}

/** Whoever owes this month a report: those whom a reminder may reach. */
export const missing = ({ rows }: Matrix, period: string): MatrixRow[] =>
  rows.filter(({ cells }) =>
    cells.some((cell) => cell.period === period && ['due', 'draft', 'returned'].includes(cell.shown)),
  )
