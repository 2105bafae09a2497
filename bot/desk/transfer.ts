/**
 * Handing a case on: it is offered with a summary, and the old owner keeps it until somebody accepts. Nobody is left alone with it, and
 * the client hears of it once, when it has happened. Another centre may only know of it when the client agrees (S04).
 */
import { type InsideHouse, inConversation } from '../conversation/inside.js'
import { UserError } from '../errors.js'
import type { Case, Offer } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import { may, type StaffMember } from './access.js'
import { act } from './act.js'
import { mustOwn } from './case-lock.js'
import { firstTime } from './once.js'
import { wantPlaces } from './places/wanted.js'
import { STRICT_NEEDS } from './targets.js'
import { tell } from './tell.js'
import { cleanWords } from './words.js'

/** So long an offer waits for an answer; then the old owner is told that nobody came. */
export const OFFER_MINUTES = 30

export type NewOffer = {
  /** `s:<colleague>`, `t:<team>` or `c:<centre>`. */
  to: string
  summary: string
  requestId: string
}

type To = { toStaffId: string } | { toTeamId: string } | { toCentre: string }

/**
 * Offers a case to a colleague, a team or another centre. With another centre the client is asked first, unless they have agreed before.
 * False when this request was carried out before.
 * @throws UserError notClaimed, caseTaken, caseClosed, noTarget, alreadyOffered, notTrained
 */
export async function offerCase(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  offer: NewOffer,
): Promise<boolean> {
  const summary = cleanWords(offer.summary)
  return act(house, { code, staff, action: 'case.transfer' }, async (found, tx) => {
    if (!(await firstTime(tx, staff, offer.requestId, house.clock()))) return false
    if (!may(staff, 'case.releaseOthers')) await mustOwn(tx, found, staff)
    if (found.state !== 'claimed') throw new UserError('notClaimed')
    if ((await tx.offer.count({ where: { caseId: found.id, state: { in: ['asked', 'offered'] } } })) > 0)
      throw new UserError('alreadyOffered')
    const { to, centreId } = await readTarget(tx, found, offer.to)
    const needsConsent = centreId !== found.centreId && found.centreId !== null && !(await sharing(tx, found.personId))
    const person = await tx.person.findUniqueOrThrow({ where: { id: found.personId } })
    if (!person.wrappedKey) throw new UserError('noCase')
    const now = house.clock()
    await tx.offer.create({
      data: {
        caseId: found.id,
        fromId: found.ownerId ?? staff.id,
        ...to,
        summary: house.store.vault.drawer(person.id, person.wrappedKey).seal('offer.summary', summary),
        state: needsConsent ? 'asked' : 'offered',
        at: now,
        expiresAt: new Date(now.getTime() + OFFER_MINUTES * 60_000),
      },
    })
    await touch(tx, found.id)
    if (needsConsent)
      await inConversation(house, tx, found.conversationId, async (turn) => {
        turn.say({
          text: { key: 'desk:mayShare' },
          buttons: [
            { data: 'go:share:yes', label: { key: 'desk:mayShareYes' } },
            { data: 'go:share:no', label: { key: 'desk:mayShareNo' } },
          ],
        })
      })
    else await announce(house, tx, found)
    return true
  })
}

/** The client's word on whether another centre may know. Returns false when nothing was asked. */
export async function clientAnswered(house: InsideHouse, tx: Tx, caseId: string, agreed: boolean): Promise<boolean> {
  const asked = await tx.offer.findFirst({ where: { caseId, state: 'asked' } })
  if (!asked) return false
  const now = house.clock()
  await tx.offer.update({
    where: { id: asked.id },
    data: agreed
      ? { state: 'offered', expiresAt: new Date(now.getTime() + OFFER_MINUTES * 60_000) }
      : { state: 'declined', endedAt: now },
  })
  await touch(tx, caseId)
  const found = await tx.case.findUniqueOrThrow({ where: { id: caseId } })
  if (agreed) await announce(house, tx, found)
  else await remarkAt(tx, caseId, 'offer.clientRefused', {}, now)
  return true
}

/** Those to whom it is offered learn of it in their own chats, and see it in their group. */
async function announce(house: InsideHouse, tx: Tx, found: Case): Promise<void> {
  const offer = await tx.offer.findFirst({ where: { caseId: found.id, state: 'offered' } })
  if (!offer) return
  if (offer.toCentre) await wantPlaces(tx, found.id, house.clock())
  const staff = await tx.staff.findMany({
    where: {
      disabledAt: null,
      ...(offer.toStaffId
        ? { id: offer.toStaffId }
        : offer.toTeamId
          ? { teamId: offer.toTeamId }
          : { centreId: offer.toCentre, role: 'supervisor' }),
    },
  })
  for (const each of staff) await tell(house, tx, each, 'tell.offered', { code: found.code })
}

/**
 * Takes what was offered: compare-and-set, so that of a team one has it. The client is told, the old owner as well.
 * @throws UserError noOffer, notForYou, caseClosed
 */
export async function acceptOffer(house: InsideHouse, code: string, staff: StaffMember): Promise<void> {
  await act(house, { code, staff, action: 'case.transfer' }, async (found, tx) => {
    if (found.state === 'closed') throw new UserError('caseClosed')
    const { offer, centreId } = await mine(tx, found, staff)
    const now = house.clock()
    await tx.offer.update({ where: { id: offer.id }, data: { state: 'accepted', endedAt: now } })
    await tx.case.update({
      where: { id: found.id },
      data: {
        state: 'claimed',
        ownerId: staff.id,
        claimedAt: now,
        centreId,
        teamId: offer.toTeamId ?? found.teamId,
        revision: { increment: 1 },
      },
    })
    // Guests were invited within the old centre; the client agreed that the new one may know.
    const moves = centreId !== found.centreId
    await tx.guest.deleteMany({ where: { caseId: found.id, ...(moves ? {} : { staffId: staff.id }) } })
    await wantPlaces(tx, found.id, now)
    await inConversation(house, tx, found.conversationId, async (turn) => {
      turn.owner = 'human'
      turn.say({ text: { key: 'desk:handedOn' } })
    })
    const from = await tx.staff.findUnique({ where: { id: offer.fromId } })
    if (from) await tell(house, tx, from, 'tell.accepted', { code, alias: staff.alias })
    await remarkAt(tx, found.id, 'offer.accepted', { alias: staff.alias }, now)
    return true
  })
}

/** Says no to what was offered; the old owner has it still, and is told. */
export async function declineOffer(house: InsideHouse, code: string, staff: StaffMember): Promise<void> {
  await act(house, { code, staff, action: 'case.transfer' }, async (found, tx) => {
    const { offer } = await mine(tx, found, staff)
    await endOffer(house, tx, found, offer, 'declined', 'tell.declined')
    return true
  })
}

/** The old owner takes the offer back. */
export async function withdrawOffer(house: InsideHouse, code: string, staff: StaffMember): Promise<void> {
  await act(house, { code, staff, action: 'case.transfer' }, async (found, tx) => {
    if (!may(staff, 'case.releaseOthers')) await mustOwn(tx, found, staff)
    const { count } = await tx.offer.updateMany({
      where: { caseId: found.id, state: { in: ['asked', 'offered'] } },
      data: { state: 'withdrawn', endedAt: house.clock() },
    })
    await touch(tx, found.id)
    await wantPlaces(tx, found.id, house.clock())
    return count > 0
  })
}

/** Nobody answered in time; run by the watch in a transaction that holds the case. */
export async function expireOffer(house: InsideHouse, tx: Tx, found: Case, offer: Offer): Promise<void> {
  await endOffer(house, tx, found, offer, 'expired', 'tell.expired')
}

async function endOffer(
  house: InsideHouse,
  tx: Tx,
  found: Case,
  offer: Offer,
  state: 'declined' | 'expired',
  key: string,
) {
  const now = house.clock()
  await tx.offer.update({ where: { id: offer.id }, data: { state, endedAt: now } })
  await touch(tx, found.id)
  await wantPlaces(tx, found.id, now)
  const from = await tx.staff.findUnique({ where: { id: offer.fromId } })
  if (from) await tell(house, tx, from, key, { code: found.code })
  await remarkAt(tx, found.id, `offer.${state}`, {}, now)
}

/** The offer that waits, when it is for this colleague. */
async function mine(tx: Tx, found: Case, staff: StaffMember): Promise<{ offer: Offer; centreId: string | null }> {
  const offer = await tx.offer.findFirst({ where: { caseId: found.id, state: 'offered' } })
  if (!offer) throw new UserError('noOffer')
  const me = await tx.staff.findUniqueOrThrow({ where: { id: staff.id } })
  const isMine = offer.toStaffId
    ? offer.toStaffId === me.id
    : offer.toTeamId
      ? offer.toTeamId === me.teamId
      : offer.toCentre === me.centreId
  if (!isMine) throw new UserError('notForYou')
  if (STRICT_NEEDS.includes(found.need) && !me.skills.includes(found.need)) throw new UserError('notTrained')
  return { offer, centreId: offer.toCentre ?? me.centreId ?? found.centreId }
}

async function readTarget(tx: Tx, found: Case, to: string): Promise<{ to: To; centreId: string | null }> {
  const [, kind, id = ''] = /^([stc]):([\w-]{1,64})$/.exec(to) ?? []
  if (kind === 'c' && id !== found.centreId && (await tx.centre.count({ where: { id } })) > 0)
    return { to: { toCentre: id }, centreId: id }
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new UserError('noTarget')
  if (kind === 't') {
    const team = await tx.team.findUnique({ where: { id } })
    if (team) return { to: { toTeamId: id }, centreId: team.centreId }
  }
  const colleague = kind === 's' ? await tx.staff.findUnique({ where: { id } }) : null
  if (!colleague || colleague.disabledAt || colleague.id === found.ownerId || found.avoid.includes(id))
    throw new UserError('noTarget')
  if (STRICT_NEEDS.includes(found.need) && !colleague.skills.includes(found.need)) throw new UserError('notTrained')
  return { to: { toStaffId: id }, centreId: colleague.centreId ?? found.centreId }
}

const sharing = async (tx: Tx, personId: string): Promise<boolean> => {
  const consent = await tx.consent.findFirst({ where: { personId, kind: 'sharing' }, orderBy: { id: 'desc' } })
  return consent?.given === true && consent.withdrawnAt === null
}

/** Whatever shows the case draws it anew. */
const touch = (tx: Tx, id: string) => tx.case.update({ where: { id }, data: { revision: { increment: 1 } } })

/** Said in every place of the case. */
export async function remarkAt(
  tx: Tx,
  caseId: string,
  key: string,
  values: Record<string, string>,
  at: Date,
): Promise<void> {
  const places = await tx.place.findMany({ where: { caseId }, select: { id: true } })
  await tx.remark.createMany({ data: places.map(({ id }) => ({ placeId: id, key, values, at })) })
}
