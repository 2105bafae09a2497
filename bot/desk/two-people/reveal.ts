/**
 * To see who a client is (S08), because a life is in danger or a law demands it: that breaks the confidentiality we promise (S41), so
 * two people must want it. Shown once for each press, to whoever asked, and each look leaves its own trace.
 */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import type { Case } from '../../store/generated/client.js'
import { type Store, sqlOf, type Tx } from '../../store/store.js'
import type { Drawer } from '../../store/vault.js'
import { may, permit, type StaffMember } from '../access.js'
import { audit } from '../audit.js'
import { lockCase, mustOwn } from '../case-lock.js'
import { mustSee } from '../visible.js'
import { askWithin, type Why } from './ask.js'
import { mustNotBeFrozen } from './frozen.js'

export type Identity = { addresses: { channel: string; id: string }[]; phone: string | null }

/** Whoever looks after children and adults at risk may ask beside whoever has the case. */
const SAFEGUARDING = 'safeguarding'

async function mustBeTheirs(tx: Tx, found: Case, staff: StaffMember): Promise<void> {
  const { skills } = await tx.staff.findUniqueOrThrow({ where: { id: staff.id } })
  if (!skills.includes(SAFEGUARDING)) await mustOwn(tx, found, staff)
}

async function drawerOf({ store }: InsideHouse, tx: Tx, personId: string): Promise<Drawer> {
  const person = await tx.person.findUnique({ where: { id: personId } })
  if (!person?.wrappedKey) throw new UserError('noCase')
  return store.vault.drawer(personId, person.wrappedKey)
}

async function theirCase(tx: Tx, code: string, staff: StaffMember): Promise<Case> {
  permit(staff, 'reveal.ask')
  const found = await lockCase(tx, code)
  await mustSee(sqlOf(tx), staff, code)
  await mustBeTheirs(tx, found, staff)
  return found
}

/** @throws UserError notAllowed, noCase, notClaimed, caseTaken, caseClosed, and those of `askWithin` */
export async function askReveal(house: InsideHouse, code: string, staff: StaffMember, why: Why): Promise<void> {
  const { store } = house
  const id = await store.transaction(async (tx) => {
    const found = await theirCase(tx, code, staff)
    const drawer = await drawerOf(house, tx, found.personId)
    await askWithin(house, tx, staff, { ...why, kind: 'reveal', object: code, caseId: found.id, drawer })
    return found.id
  })
  store.signals.emit('outbox')
  store.signals.emit('case', id)
}

/** @throws UserError notAllowed, noCase, notClaimed, caseTaken, caseClosed, frozen, noApproval */
export async function showIdentity(house: InsideHouse, code: string, staff: StaffMember): Promise<Identity> {
  return house.store.transaction(async (tx) => {
    const now = house.clock()
    const found = await theirCase(tx, code, staff)
    await mustNotBeFrozen(sqlOf(tx))
    const approval = await tx.approval.findFirst({
      where: { kind: 'reveal', caseId: found.id, askedById: staff.id, state: 'approved', expiresAt: { gt: now } },
      orderBy: { askedAt: 'desc' },
    })
    if (!approval) throw new UserError('noApproval')
    await tx.approval.update({ where: { id: approval.id }, data: { usedAt: approval.usedAt ?? now } })
    const drawer = await drawerOf(house, tx, found.personId)
    const rows = await tx.address.findMany({ where: { personId: found.personId }, orderBy: { createdAt: 'asc' } })
    const calls = { caseId: found.id, phone: { not: null } }
    const call = await tx.call.findFirst({ where: calls, orderBy: { id: 'desc' } })
    await audit(tx, house.store.vault, { staffId: staff.id, action: 'identity.shown', object: code, at: now })
    return {
      addresses: rows.map(({ channel, sealed }) => ({ channel, id: drawer.openText('address.sealed', sealed) })),
      phone: call?.phone ? drawer.openText('call.phone', call.phone) : null,
    }
  })
}

/** Where one's own wish to see this client stands. */
export type RevealState = { state: 'none' | 'asked' | 'refused' | 'approved'; until: Date | null }

/** `undefined` for whoever may not even ask. */
export async function revealStateOf(
  { db }: Pick<Store, 'db'>,
  staff: StaffMember,
  found: { id: string; state: string; ownerId: string | null },
  now: Date,
): Promise<RevealState | undefined> {
  if (!may(staff, 'reveal.ask')) return undefined
  const { skills } = await db.staff.findUniqueOrThrow({ where: { id: staff.id } })
  const owns = found.state === 'claimed' && found.ownerId === staff.id
  if (!owns && !skills.includes(SAFEGUARDING)) return undefined
  const last = await db.approval.findFirst({
    where: { kind: 'reveal', caseId: found.id, askedById: staff.id },
    orderBy: { askedAt: 'desc' },
  })
  const live = last && (last.state === 'refused' || last.expiresAt > now)
  const state = live ? (['asked', 'refused', 'approved'] as const).find((each) => each === last.state) : undefined
  return { state: state ?? 'none', until: state === 'asked' || state === 'approved' ? (last?.expiresAt ?? null) : null }
}
