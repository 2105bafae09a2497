/** The groups whose reports a colleague sees, and a word to those who owe one. */
import type { InsideHouse } from '../../conversation/inside.js'
import { permit, type StaffMember } from '../../desk/access.js'
import { audit } from '../../desk/audit.js'
import { UserError } from '../../errors.js'
import { type Store, sqlOf } from '../../store/store.js'
import { formatMonth } from '../../text/formats.js'
import { groupSight, matrixOf, missing } from './matrix.js'
import { isPeriod } from './periods.js'
import { tellWorker } from './tell.js'
import { lockReport } from './write.js'

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

/** Whoever has not sent this month is asked for it, once a day at most. Returns how many were. */
export async function remindMissing(
  house: InsideHouse,
  staff: StaffMember,
  groupId: string,
  period: string,
): Promise<number> {
  permit(staff, 'report.decide')
  if (!isPeriod(period)) throw new UserError('badRequest')
  const { store, clock } = house
  const now = clock()
  const matrix = await matrixOf(store, staff, { groupId, now, last: period, months: 1 })
  const { programmeId } = await store.db.programmeGroup.findUniqueOrThrow({ where: { id: groupId } })
  let reached = 0
  for (const { personId } of missing(matrix, period)) {
    const told = await store.transaction(async (tx) => {
      const about = `wanted ${programmeId} ${period} ${now.toISOString().slice(0, 10)}`
      if (!(await isFirst(sqlOf(tx), personId, about, now))) return false
      const { id: reportId } = await lockReport(tx, { personId, programmeId, period })
      const reachable = await tellWorker(house, tx, personId, 'wanted', (language) => ({
        month: formatMonth(language, period),
      }))
      if (reachable) await tx.reportEvent.create({ data: { reportId, kind: 'reminded', staffId: staff.id, at: now } })
      return reachable
    })
    if (told) reached++
  }
  await store.transaction((tx) =>
    audit(tx, store.vault, { staffId: staff.id, action: 'report.remind', object: `${groupId}/${period}`, at: clock() }),
  )
  store.signals.emit('outbox')
  return reached
}

/** Of all who try, one writes the row: whoever did may speak. */
export async function isFirst(sql: Store['sql'], personId: string, about: string, at: Date): Promise<boolean> {
  const rows = await sql(
    'insert into report_reminder (person_id, about, at) values ($1::uuid, $2, $3) on conflict do nothing returning about',
    [personId, about, at],
  )
  return rows.length > 0
}
