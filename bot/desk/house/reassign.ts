/** A supervisor gives a case to somebody, or takes it over: at once, and nobody is left to find out by themselves. */
import { type InsideHouse, inConversation } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import type { Case, Staff } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import { may, type StaffMember } from '../access.js'
import { act } from '../act.js'
import { centreOf } from '../centres.js'
import { give, whyNot } from '../claiming.js'
import { withdrawOffers } from '../handling.js'
import { tell } from '../tell.js'
import { stateOf } from './overview.js'

/**
 * The client is told, whoever has it now, and whoever had it. The same rules hold as for taking it oneself.
 * @throws UserError noColleague, isAway, caseClosed, avoided, wrongCentre, notTrained, wrongLanguage
 */
export async function reassign(house: InsideHouse, code: string, actor: StaffMember, toId: string): Promise<boolean> {
  return act(house, { code, staff: actor, action: 'case.releaseOthers' }, async (found, tx) => {
    if (found.state === 'closed') throw new UserError('caseClosed')
    if (found.ownerId === toId) return false
    const to = await receiver(house, tx, found, toId)
    const before = found.ownerId ? await tx.staff.findUnique({ where: { id: found.ownerId } }) : null
    const now = house.clock()
    await give(tx, found, to, now)
    await withdrawOffers(tx, found.id, now)
    await tx.guest.deleteMany({ where: { caseId: found.id, staffId: to.id } })
    await inConversation(house, tx, found.conversationId, async (turn) => {
      turn.owner = 'human'
      turn.say({ text: { key: before ? 'desk:handedOn' : 'desk:joined' } })
    })
    if (to.id !== actor.id) await tell(house, tx, to, 'tell.reassigned', { code })
    if (before && before.id !== actor.id) await tell(house, tx, before, 'tell.accepted', { code, alias: to.alias })
    return true
  })
}

/** Claims it over whoever has it. @throws what `reassign` throws */
export const takeOver = (house: InsideHouse, code: string, actor: StaffMember): Promise<boolean> =>
  reassign(house, code, actor, actor.id)

async function receiver({ clock }: InsideHouse, tx: Tx, found: Case, id: string): Promise<Staff> {
  const to = /^[0-9a-f-]{36}$/.test(id) ? await tx.staff.findUnique({ where: { id } }) : null
  if (!to || to.disabledAt || !may(to, 'case.claim')) throw new UserError('noColleague')
  if (stateOf(to, clock()).state === 'away') throw new UserError('isAway')
  const reason = whyNot({ ...found, centre: await centreOf(tx, found.centreId) }, to, clock())
  if (reason) throw new UserError(reason)
  return to
}
