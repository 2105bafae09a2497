/** Who sees what of a group: the one place where it is decided. What fits no line here is denied (S31). */
import { may, type StaffMember } from '../../desk/access.js'
import { UserError } from '../../errors.js'
import type { ProgrammeGroup } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'

/** `outline`: that it is there, its days and how many people; no name. */
export type GroupSight = 'none' | 'outline' | 'full'

/**
 * Names are for coordinators, and for whoever trains the group; an administrator looks after the machine. A guest on a day of another
 * group becomes known to its trainer by coming, or by a name that the trainer knows already (`checkin/guests.ts`).
 */
export function sightOfGroup(
  staff: Pick<StaffMember, 'id' | 'role'>,
  { trainerId }: Pick<ProgrammeGroup, 'trainerId'>,
): GroupSight {
  if (!may(staff, 'programme.see')) return 'none'
  if (staff.role === 'trainer') return trainerId === staff.id ? 'full' : 'none'
  return staff.role === 'coordinator' ? 'full' : 'outline'
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An id as it comes from a page's address; what is none finds nothing. */
export const isId = (id: string): boolean => UUID.test(id)

/** @throws UserError noTraining, for what is not there and for what is not theirs to see */
export async function groupFor(tx: Pick<Tx, 'programmeGroup'>, staff: Pick<StaffMember, 'id' | 'role'>, id: string) {
  const group = isId(id)
    ? await tx.programmeGroup.findUnique({ where: { id }, include: { programme: true, trainer: true } })
    : null
  const sight = group ? sightOfGroup(staff, group) : 'none'
  if (!group || sight === 'none') throw new UserError('noTraining')
  return { group, sight }
}

/** @throws UserError noProgramme */
export async function programmeOf(tx: Pick<Tx, 'programme'>, id: string) {
  const programme = isId(id) ? await tx.programme.findUnique({ where: { id } }) : null
  if (!programme) throw new UserError('noProgramme')
  return programme
}
