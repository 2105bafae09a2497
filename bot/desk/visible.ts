/**
 * Who sees what of a case: the one place where it is decided, for lists, pages, files, events and acts. What fits no line here is denied,
 * and whoever is denied learns no more than that there is no such case (S31).
 */
import { UserError } from '../errors.js'
import type { Sql } from '../store/store.js'
import type { StaffMember } from './access.js'
import { STRICT_NEEDS } from './targets.js'

/** `outline`: that it is there, its code, how urgent it is and how long it waits; not a word of it. */
export type Sight = 'none' | 'outline' | 'full'

const STRICT = STRICT_NEEDS.map((need) => `'${need}'`).join(', ')

/** Whoever works for every centre has no centre, and a case without one is everybody's. */
const OWN_CENTRE = '(me.centre_id is null or k.centre_id is null or me.centre_id = k.centre_id)'

/** Fragments about the case `k` and the colleague `me`. Only what is offered: while the client is still asked whether another centre may know, it does not know (S04). */
export const OFFERED = `exists (select 1 from offer o where o.case_id = k.id and o.state = 'offered'
    and (o.to_staff_id = me.id or o.to_team_id = me.team_id or o.to_centre = me.centre_id))`

export const GUEST = 'exists (select 1 from guest g where g.case_id = k.id and g.staff_id = me.id)'

/**
 * Sight of the case `k` for the colleague `me`, in order: an administrator looks after the machine; whoever has a case sees it, also when
 * it turned out to need somebody else, so that its client is not left in the middle of a word; whom the client does not want, or who is
 * not trained (S42, S43), sees nothing, and a supervisor that it waits; then the centre, guests, and those to whom it is offered.
 */
export const SIGHT = `case
  when me.disabled_at is not null or me.role not in ('consultant', 'supervisor', 'administrator') then 'none'
  when me.role = 'administrator' then case when ${OWN_CENTRE} then 'outline' else 'none' end
  when k.owner_id = me.id then 'full'
  when me.id = any(k.avoid) or (k.need in (${STRICT}) and not k.need = any(me.skills))
    then case when me.role = 'supervisor' and ${OWN_CENTRE} then 'outline' else 'none' end
  when ${OWN_CENTRE} or ${GUEST} or ${OFFERED} then 'full'
  else 'none' end`

export async function sightOf(sql: Sql, staffId: string, code: string): Promise<Sight> {
  const [row] = await sql<{ sight: Sight }>(
    `select ${SIGHT} as sight from case_file k join staff me on me.id = $1::uuid where k.code = $2`,
    [staffId, code],
  )
  return row?.sight ?? 'none'
}

/** @throws UserError noCase, for what is not there and for what is not theirs to see */
export async function mustSee(sql: Sql, staff: Pick<StaffMember, 'id'>, code: string): Promise<void> {
  if ((await sightOf(sql, staff.id, code)) !== 'full') throw new UserError('noCase')
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Of these cases those that this colleague knows to be there. */
export async function knownAmong(sql: Sql, staffId: string, ids: readonly string[]): Promise<string[]> {
  const real = ids.filter((id) => UUID.test(id))
  if (real.length === 0) return []
  const rows = await sql<{ id: string }>(
    `select k.id from case_file k join staff me on me.id = $1::uuid where k.id = any($2::uuid[]) and ${SIGHT} <> 'none'`,
    [staffId, real],
  )
  return rows.map(({ id }) => id)
}
