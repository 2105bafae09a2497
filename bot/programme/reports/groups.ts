/** The groups whose reports a colleague sees, and who of many speaks. */
import type { StaffMember } from '../../desk/access.js'
import type { Store } from '../../store/store.js'
import { groupSight } from './matrix.js'

export type GroupRow = { id: string; name: string; programme: string; people: number }

/** With how many are in each of them now. */
export const groupsFor = ({ sql }: Pick<Store, 'sql'>, staff: StaffMember) =>
  sql<GroupRow>(
    `select g.id, g.name, p.name as programme, count(distinct e.person_id)::int as people
       from programme_group g join programme p on p.id = g.programme_id
       left join enrolment e on e.group_id = g.id and e.left_on is null
      where ${groupSight(staff, '$1')} group by g.id, p.id order by p.name, g.name`,
    [staff.id],
  )

/** Of all who try, one writes the row: whoever did may speak. */
export async function isFirst(sql: Store['sql'], personId: string, about: string, at: Date): Promise<boolean> {
  const rows = await sql(
    'insert into report_reminder (person_id, about, at) values ($1::uuid, $2, $3) on conflict do nothing returning about',
    [personId, about, at],
  )
  return rows.length > 0
}
