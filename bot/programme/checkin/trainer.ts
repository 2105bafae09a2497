/** Which days a colleague may speak for: a trainer those of their own groups, a coordinator all. */
import { may, permit, type StaffMember } from '../../desk/access.js'
import { UserError } from '../../errors.js'
import type { Prisma } from '../../store/generated/client.js'
import type { TrainingDay } from './days.js'

/** An administrator plans days too, but people's names and words there are none of theirs. */
const seesAll = (staff: StaffMember): boolean => may(staff, 'session.close') && may(staff, 'programme.change')

export const speaksFor = (staff: StaffMember, day: TrainingDay): boolean =>
  may(staff, 'session.close') && (seesAll(staff) || day.trainerId === staff.id)

/** @throws UserError notAllowed; noSession for a day of somebody else's group, as if there were none */
export function permitDay(staff: StaffMember, day: TrainingDay): void {
  permit(staff, 'session.close')
  if (!seesAll(staff) && day.trainerId !== staff.id) throw new UserError('noSession')
}

/** The same for a list. */
export const daysFor = (staff: StaffMember): Prisma.TrainingSessionWhereInput =>
  seesAll(staff) ? {} : { group: { trainerId: staff.id } }
