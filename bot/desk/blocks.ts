/** Timed blocks for abuse: no new cases for a while. Never for danger, and the bot goes on answering. */
import type { InsideHouse } from '../conversation/inside.js'
import type { Turn } from '../conversation/turn.js'
import { UserError } from '../errors.js'
import type { Block } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import type { StaffMember } from './access.js'
import { act } from './act.js'
import { mustOwn } from './case-lock.js'

/** Days that can be chosen; longer is a matter for a supervisor, each time anew. */
export const BLOCK_DAYS = [1, 3, 7] as const

export const blockOf = async (tx: Tx, turn: Turn): Promise<Block | null> =>
  tx.block.findFirst({ where: { personId: turn.loaded.personId, until: { gt: turn.now } } })

/** @throws UserError inDanger (an urgent case is never blocked), badRequest, notClaimed, caseTaken */
export async function blockClient(house: InsideHouse, code: string, staff: StaffMember, days: number): Promise<void> {
  await act(house, { code, staff, action: 'case.block' }, async (found, tx) => {
    if (!BLOCK_DAYS.some((each) => each === days)) throw new UserError('badRequest')
    await mustOwn(tx, found, staff)
    if (found.urgency === 'urgent') throw new UserError('inDanger')
    const at = house.clock()
    const until = new Date(at.getTime() + days * 86_400_000)
    const data = { byId: staff.id, at, until }
    await tx.block.upsert({
      where: { personId: found.personId },
      create: { personId: found.personId, ...data },
      update: data,
    })
    return true
  })
}
