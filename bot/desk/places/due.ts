/** Places with something to do: to be opened, drawn anew, written to, or taken away. Claimed with a lease, so that two processes do not both. */
import type { Sql } from '../../store/store.js'
import type { StaffChannel } from './names.js'

/** A place that is not given back within this time was left by a process that died. */
const LEASE_MS = 60_000

export type DuePlace = {
  id: string
  groupId: string
  channel: StaffChannel
  language: string
  /** The group's and the place's address, sealed with the house's key. */
  group: Uint8Array
  sealed: Uint8Array | null
  headKey: Uint8Array | null
  caseId: string | null
  menu: string | null
  /** Whether the first message must be drawn anew, and as what it then counts. */
  stale: boolean
  drawing: string
  /** The case's time is over here. */
  over: boolean
  cursor: string
  attempts: number
}

const WORK = `(p.case_id is null or p.ends_at <= $1 or (k.state <> 'closed' or p.sealed is not null) and (
       p.sealed is null or p.drawn is distinct from k.revision || ' ' || coalesce(p.menu, '')
       or exists (select 1 from message m where m.case_id = p.case_id and m.id > p.cursor and (m.author <> 'bot' or m.direction = 'in'))
       or exists (select 1 from note n where n.case_id = p.case_id
            and not exists (select 1 from copy c where c.note_id = n.id and c.place_id = p.id))
       or exists (select 1 from remark r where r.place_id = p.id)))`

const FROM = `from place p join staff_group g on g.id = p.group_id left join case_file k on k.id = p.case_id
   where g.channel = any($2::text[]) and g.state <> 'gone'`

export const claimPlaces = (sql: Sql, now: Date, channels: readonly string[], limit: number): Promise<DuePlace[]> =>
  sql<DuePlace>(
    `with ready as (
       select p.id ${FROM} and p.not_before <= $1 and (p.lease_until is null or p.lease_until <= $1) and ${WORK}
        order by p.not_before limit $3::int for update of p skip locked)
     update place p set lease_until = $1::timestamptz + $4::int * interval '1 ms', attempts = p.attempts + 1
       from ready join place q on q.id = ready.id join staff_group g on g.id = q.group_id left join case_file k on k.id = q.case_id
      where p.id = ready.id
     returning p.id, p.group_id as "groupId", g.channel, g.language, g.sealed as "group", p.sealed, p.head_key as "headKey",
       p.case_id as "caseId", p.menu, coalesce(k.revision, 0) || ' ' || coalesce(p.menu, '') as drawing,
       p.drawn is distinct from k.revision || ' ' || coalesce(p.menu, '') as stale,
       (p.case_id is null or coalesce(p.ends_at <= $1, false)) as over,
       p.cursor::text as cursor, p.attempts`,
    [now, channels, limit, LEASE_MS],
  )

/** When the next place wants something; undefined when none does. */
export async function nextPlace(sql: Sql, now: Date, channels: readonly string[]): Promise<Date | undefined> {
  const [row] = await sql<{ at: Date | null }>(
    `select min(case when ${WORK} then greatest(p.not_before, coalesce(p.lease_until, p.not_before)) else p.ends_at end) as at
     ${FROM} and (${WORK} or p.ends_at is not null)`,
    [now, channels],
  )
  return row?.at ?? undefined
}

/** Gives a place back: `at` when it has to wait, and then with the reason. */
export const releasePlace = (sql: Sql, id: string, wait?: { at: Date; error: string; counts: boolean }) =>
  wait
    ? sql(
        'update place set lease_until = null, not_before = $2, error = $3, attempts = attempts - $4::int where id = $1::uuid',
        [id, wait.at, wait.error, wait.counts ? 0 : 1],
      )
    : sql('update place set lease_until = null, attempts = 0, error = null where id = $1::uuid', [id])
