/** Who may be the second of two people: by the table of access, never the asker, and of a case only those who may know that it is there. */
import type { Staff } from '../../store/generated/client.js'
import { sqlOf, type Tx } from '../../store/store.js'
import { ACCESS, STAFF_ROLES } from '../access.js'
import { SIGHT } from '../visible.js'

const ROLES = STAFF_ROLES.filter((role) => ACCESS[role].some((action) => action === 'approval.decide'))

/** Fragment: this approval `a`, whose case is `k` (or none), is one that the colleague `me` may know of. */
export const KNOWS = `(a.case_id is null or ${SIGHT} <> 'none')`

export async function decidersOf(tx: Tx, askerId: string, caseId?: string): Promise<Staff[]> {
  // Always in the same order: they are told one after the other, each under a lock.
  const staff = await tx.staff.findMany({
    where: { role: { in: ROLES }, disabledAt: null, id: { not: askerId } },
    orderBy: { id: 'asc' },
  })
  if (!caseId) return staff
  const seeing = await sqlOf(tx)<{ id: string }>(
    `select me.id from staff me join case_file k on k.id = $1::uuid where me.id = any($2::uuid[]) and ${SIGHT} <> 'none'`,
    [caseId, staff.map(({ id }) => id)],
  )
  return staff.filter(({ id }) => seeing.some((each) => each.id === id))
}
