/** Groups of staff on messengers, as the desk shows them. */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import type { Store } from '../../store/store.js'
import type { StaffMember } from '../access.js'
import { change } from './change.js'

export type GroupRow = {
  id: string
  channel: string
  need: string | null
  /** open, lacking, gone or leaving */
  state: string
  /** Codes of what is lacking; the words stand in `rooms:lacking.*`. */
  problems: string[]
  /** How many cases are shown there now. */
  places: number
}

export async function groupsOf({ db }: Pick<Store, 'db'>, centreId: string): Promise<GroupRow[]> {
  const groups = await db.group.findMany({
    where: { centreId },
    include: { _count: { select: { places: true } } },
    orderBy: { createdAt: 'asc' },
  })
  return groups.map(({ id, channel, need, state, problem, _count }) => ({
    id,
    channel,
    need,
    state,
    problems: state === 'lacking' ? (problem?.split(' ') ?? []) : [],
    places: _count.places,
  }))
}

/**
 * Cases are not shown there any more, and those that are shown are taken away; then the house forgets the group. Where nobody can take
 * anything away any more it is forgotten at once. Returns its centre.
 * @throws UserError noGroup
 */
export async function forgetGroup(house: InsideHouse, staff: StaffMember, id: string): Promise<string> {
  const group = await house.store.db.group.findUnique({ where: { id } })
  if (!group) throw new UserError('noGroup')
  await change(house, staff, { recordedAs: 'group.forget', object: group.centreId }, async (tx) => {
    const shown = await tx.place.count({ where: { groupId: id, sealed: { not: null } } })
    if (group.state === 'gone' || shown === 0) {
      await tx.group.delete({ where: { id } })
      return true
    }
    await tx.place.updateMany({ where: { groupId: id }, data: { endsAt: house.clock(), notBefore: house.clock() } })
    await tx.group.update({ where: { id }, data: { state: 'leaving', problem: null } })
    return true
  })
  return group.centreId
}
