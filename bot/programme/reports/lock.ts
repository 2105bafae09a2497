/** A month of a whole group, held as it is or let go again; one person can be the exception (`setLock` in `decide.ts`). */
import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { change } from '../../desk/house/change.js'
import { UserError } from '../../errors.js'
import { sqlOf } from '../../store/store.js'
import { type Cell, matrixOf } from './matrix.js'
import { isPeriod, periodIn } from './periods.js'

export type MonthLock = { groupId: string; period: string; locked: boolean }

/** Whoever reports or decides at the same moment is waited for; what was locked or open before is left alone. */
const SET = `
  insert into report as r (person_id, programme_id, period, locked)
  select x::uuid, (select programme_id from programme_group where id = $2::uuid), $3, $4::boolean
    from jsonb_array_elements_text($1::jsonb) as x
  on conflict (person_id, programme_id, period) do update set locked = excluded.locked where r.locked <> excluded.locked
  returning r.id`

/** Returns for how many people that changed something. @throws UserError notAllowed, badMonth, noPage */
export async function setMonthLock(
  house: InsideHouse,
  staff: StaffMember,
  { groupId, period, locked }: MonthLock,
): Promise<number> {
  const { clock, store } = house
  const [now, kind] = [clock(), locked ? 'locked' : 'unlocked']
  const concerns = ({ shown }: Cell) => (locked ? shown !== 'notExpected' : shown === 'locked')
  let set = 0
  const act = {
    action: 'report.decide',
    recordedAs: locked ? 'report.lock' : 'report.unlock',
    object: `${groupId}/${period}`,
  } as const
  await change(house, staff, act, async (tx) => {
    if (!isPeriod(period)) throw new UserError('badMonth')
    const sql = sqlOf(tx)
    const one = { groupId, now, last: period, months: 1 }
    const { group, rows } = await matrixOf({ sql, vault: store.vault }, staff, one)
    if (locked && period > periodIn(group.timeZone, now)) throw new UserError('badMonth')
    const people = rows.filter(({ cells }) => cells.some(concerns)).map(({ personId }) => personId)
    // In one order for all, so that no two of them wait for each other
    const changed = await sql<{ id: string }>(SET, [JSON.stringify(people.sort()), groupId, period, locked])
    const events = changed.map(({ id: reportId }) => ({ reportId, kind, staffId: staff.id, at: now }))
    await tx.reportEvent.createMany({ data: events })
    set = changed.length
    return set > 0
  })
  return set
}
