/**
 * A worker's personal invitation: a link, a QR, or a code that they type. It opens once, ties that chat to the person who was enrolled,
 * and a second one ties another messenger to the same person.
 */
import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { permit } from '../../desk/access.js'
import { audit } from '../../desk/audit.js'
import { newCode, spelledCode, tidyCode } from '../../desk/pairing.js'
import { UserError } from '../../errors.js'
import type { Store, Tx } from '../../store/store.js'
import { enrolmentOf } from './enrolments.js'
import { groupFor } from './sight.js'

/** A letter with an invitation lies some days; one that nobody opened in this time is asked for anew. */
export const INVITATION_DAYS = 14

/** Typed from one phone screen into another. */
export const SECOND_MESSENGER_HOURS = 24

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export type WorkerInvite = { code: string; link: string | undefined; until: Date }

/** `language` is that of whoever is invited, when it is known. */
export type SentInvite = WorkerInvite & { language: string | null }

const hashOf = ({ vault }: Pick<Store, 'vault'>, code: string) =>
  new Uint8Array(vault.hash('worker-invitation', tidyCode(code)))

/**
 * A new invitation; an older one of the same person that was not used opens nothing any more.
 * @throws UserError notAllowed, noTraining, noWorker, leftAlready
 */
export async function inviteWorker(house: InsideHouse, staff: StaffMember, enrolmentId: string): Promise<SentInvite> {
  permit(staff, 'programme.change')
  const now = house.clock()
  return house.store.transaction(async (tx) => {
    const { groupId, leftOn, personId } = await enrolmentOf(tx, enrolmentId)
    const { language } = await tx.person.findUniqueOrThrow({ where: { id: personId } })
    await groupFor(tx, staff, groupId)
    if (leftOn) throw new UserError('leftAlready')
    const invite = await newInvite(house, tx, enrolmentId, new Date(now.getTime() + INVITATION_DAYS * DAY_MS))
    await audit(tx, house.store.vault, { staffId: staff.id, action: 'worker.invite', object: groupId, at: now })
    return { ...invite, language }
  })
}

/** For a worker who is here already, and wants their other messenger too. */
export const inviteSecond = (house: InsideHouse, tx: Tx, enrolmentId: string): Promise<WorkerInvite> =>
  newInvite(house, tx, enrolmentId, new Date(house.clock().getTime() + SECOND_MESSENGER_HOURS * HOUR_MS))

async function newInvite(house: InsideHouse, tx: Tx, enrolmentId: string, until: Date): Promise<WorkerInvite> {
  const code = newCode()
  // Whoever comes with an older one is told that it was taken back
  await tx.workerInvitation.updateMany({
    where: { enrolmentId, usedAt: null, expiresAt: { gt: house.clock() } },
    data: { expiresAt: house.clock() },
  })
  await tx.workerInvitation.create({ data: { codeHash: hashOf(house.store, code), enrolmentId, expiresAt: until } })
  return { code: spelledCode(code), link: house.channel('telegram')?.linkTo?.(`join_${code}`), until }
}

/** What a code turned out to be. */
export type Opened = { enrolmentId: string } | 'unknown' | 'used' | 'late'

/** Uses a code, once: of many who try at the same moment one succeeds. */
export async function useInvitation(store: Pick<Store, 'vault'>, tx: Tx, code: string, now: Date): Promise<Opened> {
  const codeHash = hashOf(store, code)
  const { count } = await tx.workerInvitation.updateMany({
    where: { codeHash, usedAt: null, expiresAt: { gt: now }, enrolment: { leftOn: null } },
    data: { usedAt: now },
  })
  const found = await tx.workerInvitation.findUnique({ where: { codeHash } })
  if (!found) return 'unknown'
  if (count > 0) return { enrolmentId: found.enrolmentId }
  return found.usedAt ? 'used' : 'late'
}
