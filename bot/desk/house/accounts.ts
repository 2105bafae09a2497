/** A colleague's own accounts on messengers: which are known, and how one is forgotten. */
import type { InsideHouse } from '../../conversation/inside.js'
import type { Store, Tx } from '../../store/store.js'
import type { StaffMember } from '../access.js'
import { isStaffChannel, type StaffChannel } from '../places/names.js'
import { change } from './change.js'

/** `reached` is false when they have stopped the bot there. */
export type Account = { channel: StaffChannel; reached: boolean }

export async function accountsOf({ db }: Pick<Store, 'db'>, staffId: string): Promise<Account[]> {
  const staff = await db.staff.findUnique({
    where: { id: staffId },
    include: { person: { include: { addresses: { orderBy: { createdAt: 'asc' } } } } },
  })
  return (staff?.person?.addresses ?? []).flatMap(({ channel, state }) =>
    isStaffChannel(channel) ? [{ channel, reached: state === 'open' || state === 'quiet' }] : [],
  )
}

/** The house does not know this account any more: it tells nothing there, and in a group it is a stranger's. False when there was none. */
export const forgetAccount = (house: InsideHouse, staff: StaffMember, channel: StaffChannel): Promise<boolean> =>
  change(
    house,
    staff,
    { action: 'self.work', recordedAs: 'account.forget', object: staff.alias },
    async (tx): Promise<boolean> => {
      const { personId } = await tx.staff.findUniqueOrThrow({ where: { id: staff.id } })
      if (!personId) return false
      const { count } = await tx.address.deleteMany({ where: { personId, channel } })
      if ((await tx.address.count({ where: { personId } })) === 0) await forgetPerson(tx, personId)
      return count > 0
    },
  )

/** With what was said to them there, and what was still to be said. A case that they once opened as a client stays theirs. */
export async function forgetPerson(tx: Tx, personId: string): Promise<void> {
  await tx.staff.updateMany({ where: { personId }, data: { personId: null } })
  if ((await tx.case.count({ where: { personId } })) === 0) {
    await tx.person.delete({ where: { id: personId } })
    return
  }
  await tx.message.updateMany({
    where: { conversation: { personId }, state: 'due', caseId: null },
    data: { state: 'dropped' },
  })
  await tx.person.update({ where: { id: personId }, data: { role: 'client' } })
}
