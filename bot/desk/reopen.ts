/** A closed case goes on as a new engagement: a case of its own for the figures, with the same person, talk and summary. */
import { randomUUID } from 'node:crypto'
import { type InsideHouse, inConversation } from '../conversation/inside.js'
import { UserError } from '../errors.js'
import type { Case } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import type { StaffMember } from './access.js'
import { act } from './act.js'
import { COMES_BACK_WITHIN_MS, freeCode } from './cases.js'
import { whyNot } from './claiming.js'
import { wantPlaces } from './places/wanted.js'
import { keepTogether } from './same-person.js'

/** Whether it may be opened again at that time: not too old, and not one that its client ended. */
export const mayReopen = ({ state, closedAt, outcome }: Pick<Case, 'state' | 'closedAt' | 'outcome'>, now: Date) =>
  state === 'closed' &&
  closedAt !== null &&
  closedAt.getTime() > now.getTime() - COMES_BACK_WITHIN_MS &&
  outcome !== 'withdrawn'

/**
 * Opens it again for whoever reopens it, and tells the client. Returns the new case's code.
 * @throws UserError tooOld, openAlready, noConsent, avoided, wrongCentre, notTrained, wrongLanguage
 */
export async function reopenCase(house: InsideHouse, code: string, staff: StaffMember): Promise<string> {
  const id = randomUUID()
  let fresh = ''
  await act(house, { code, staff, action: 'case.reopen' }, async (found, tx) => {
    const now = house.clock()
    await mustReopen(tx, found, staff, now)
    fresh = await freeCode(tx)
    await tx.case.create({
      data: {
        id,
        code: fresh,
        personId: found.personId,
        conversationId: found.conversationId,
        state: 'claimed',
        urgency: found.urgency,
        danger: found.danger,
        topic: found.topic,
        country: found.country,
        city: found.city,
        language: found.language,
        ownerId: staff.id,
        summary: found.summary,
        openedAt: now,
        claimedAt: now,
        centreId: found.centreId,
        teamId: found.teamId,
        need: found.need,
        minor: found.minor,
        avoid: found.avoid,
        preferredId: staff.id,
        engagement: found.engagement + 1,
        mergedIntoId: found.mergedIntoId,
      },
    })
    await keepTogether(tx, found.id, id)
    await wantPlaces(tx, id, now)
    await inConversation(house, tx, found.conversationId, async (turn) => {
      turn.caseId = id
      turn.owner = 'human'
      turn.state.passedOn = 0
      turn.say({ text: { key: 'desk:reopened', values: { code: fresh } } })
    })
    return true
  })
  house.store.signals.emit('case', id)
  return fresh
}

async function mustReopen(tx: Tx, found: Case, staff: StaffMember, now: Date): Promise<void> {
  if (!mayReopen(found, now)) throw new UserError('tooOld')
  const open = await tx.case.findFirst({ where: { personId: found.personId, state: { not: 'closed' } } })
  if (open) throw new UserError('openAlready')
  // Whoever took their consent back is not kept again by a click of ours (S03).
  const consent = await tx.consent.findFirst({
    where: { personId: found.personId, kind: 'case' },
    orderBy: { id: 'desc' },
  })
  if (consent && (!consent.given || consent.withdrawnAt)) throw new UserError('noConsent')
  const me = await tx.staff.findUniqueOrThrow({ where: { id: staff.id } })
  const centre = found.centreId ? await tx.centre.findUnique({ where: { id: found.centreId } }) : null
  const reason = whyNot({ ...found, centre }, me, now)
  if (reason) throw new UserError(reason)
}
