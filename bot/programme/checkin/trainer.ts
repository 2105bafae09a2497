/** Which days a colleague may speak for: a trainer those of their own groups, a coordinator all. */
import { may, permit, type StaffMember } from '../../desk/access.js'
import { UserError } from '../../errors.js'
import type { Prisma } from '../../store/generated/client.js'
import type { TrainingDay } from './days.js'

const seesAll = (staff: StaffMember): boolean => may(staff, 'programme.change')

export const speaksFor = (staff: StaffMember, day: TrainingDay): boolean =>
  may(staff, 'session.close') && (seesAll(staff) || day.trainerId === staff.id)

/** @throws UserError notAllowed; noSession for a day of somebody else's group, as if there were none */
export function permitDay(staff: StaffMember, day: TrainingDay, action: 'programme.see' | 'session.close'): void {
  permit(staff, action)
  if (!seesAll(staff) && day.trainerId !== staff.id) throw new UserError('noSession')
}

/** The same for a list. */
export const daysFor = (staff: StaffMember): Prisma.TrainingSessionWhereInput =>
  seesAll(staff) ? {} : { group: { trainerId: staff.id } }
