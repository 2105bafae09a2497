/**
 * What is done to the house itself: centres, teams, colleagues, groups, and the eyes of whoever looks after them.
 *
 * Who may read a complaint about a colleague (S45).
 */
import type { Staff } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'

type Place = Pick<Staff, 'id' | 'centreId' | 'teamId'>

/** Supervisors outside of their team and centre; if there are none, all but themselves. */
export function handlersAmong<T extends Place>(supervisors: readonly T[], about: Place | null): T[] {
  const others = supervisors.filter(({ id }) => id !== about?.id)
  if (!about) return others
  const outside = others.filter(
    ({ centreId, teamId }) =>
      (centreId === null || centreId !== about.centreId) && (teamId === null || teamId !== about.teamId),
  )
  return outside.length > 0 ? outside : others
}

export const supervisorsOf = (tx: Pick<Tx, 'staff'>) =>
  tx.staff.findMany({ where: { role: 'supervisor', disabledAt: null } })

export async function handlersOf(tx: Pick<Tx, 'staff'>, aboutId: string | null): Promise<Staff[]> {
  const about = aboutId ? await tx.staff.findUnique({ where: { id: aboutId } }) : null
  return handlersAmong(await supervisorsOf(tx), about)
}
