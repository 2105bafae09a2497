/**
 * What is done to the house itself: centres, teams, colleagues, groups, and the eyes of whoever looks after them.
 *
 * Who may read a complaint about a colleague (S45).
 */
import type { Staff } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'

type Place = Pick<Staff, 'id' | 'centreId' | 'teamId'>
type Handler = Place & Pick<Staff, 'role'>

/**
 * Supervisors outside of the team and the centre of whom it is about; if there are none, administrators outside of them. Never anybody
 * inside: then it waits until somebody from outside is there.
 */
export function handlersAmong<T extends Handler>(staff: readonly T[], about: Place | null): T[] {
  const outside = about ? staff.filter((each) => each.id !== about.id && standsOutside(each, about)) : [...staff]
  const supervisors = outside.filter(({ role }) => role === 'supervisor')
  return supervisors.length > 0 ? supervisors : outside.filter(({ role }) => role === 'administrator')
}

const standsOutside = ({ centreId, teamId }: Place, about: Place): boolean =>
  (centreId === null || centreId !== about.centreId) && (teamId === null || teamId !== about.teamId)

/** All who may ever handle one. */
export const possibleHandlers = (tx: Pick<Tx, 'staff'>) =>
  tx.staff.findMany({ where: { role: { in: ['supervisor', 'administrator'] }, disabledAt: null } })

export async function handlersOf(tx: Pick<Tx, 'staff'>, aboutId: string | null): Promise<Staff[]> {
  const about = aboutId ? await tx.staff.findUnique({ where: { id: aboutId } }) : null
  return handlersAmong(await possibleHandlers(tx), about)
}

/** How many complaints are open, and how many of them nobody here may read. Says nothing of what they are about. */
export async function countComplaints(tx: Pick<Tx, 'staff' | 'complaint'>): Promise<{ open: number; unheard: number }> {
  const open = await tx.complaint.findMany({ where: { closedAt: null }, select: { aboutId: true } })
  const handlers = await Promise.all(open.map(({ aboutId }) => handlersOf(tx, aboutId)))
  return { open: open.length, unheard: handlers.filter((each) => each.length === 0).length }
}
