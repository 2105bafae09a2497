/**
 * One-time codes that tie a staff group, or a colleague's own account on a messenger, to this house. Made at the desk, written into the
 * messenger by hand: no code, no settings. Short, so they live briefly, open once, and guesses are slowed down.
 */
import { randomInt } from 'node:crypto'
import { UserError } from '../errors.js'
import type { Store, Tx } from '../store/store.js'
import type { Drawer } from '../store/vault.js'
import { permit, type StaffMember } from './access.js'
import { audit } from './audit.js'

export const PAIRING_MINUTES = 30

/** No 0/O, 1/I/L, 5/S, 8/B: it is typed on a phone. */
export const LETTERS = '234679ACDEFGHJKMNPQRTUVWXYZ'
const LENGTH = 8

/**
 * About 38: few, because people type it. Ten thousand accounts with five tries an hour (`pairing-guesses.ts`) meet one open code within
 * its half hour less than once in a million times.
 */
export const PAIRING_BITS = Math.floor(LENGTH * Math.log2(LETTERS.length))

/** A code that nobody has used yet. */
export const newCode = () => Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** As people type it: small letters, spaces and dashes do not matter. */
export const tidyCode = (code: string) => code.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** As people read it: `ABCD-1234`. */
export const spelledCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

const hashOf = ({ vault }: Pick<Store, 'vault'>, code: string) => new Uint8Array(vault.hash('pairing', tidyCode(code)))

type Ties = { centreId: string; need: string | null } | { staffId: string }

/** A new code for a group of this centre, or for one's own account. @throws UserError notAllowed, noCentre */
export async function newPairing(store: Store, staff: StaffMember, ties: Ties, now: Date): Promise<string> {
  permit(staff, 'centreId' in ties ? 'house.change' : 'self.work')
  if ('centreId' in ties && (await store.db.centre.count({ where: { id: ties.centreId } })) === 0)
    throw new UserError('noCentre')
  const code = newCode()
  await store.db.pairing.create({
    data: {
      codeHash: hashOf(store, code),
      ...ties,
      byId: staff.id,
      expiresAt: new Date(now.getTime() + PAIRING_MINUTES * 60_000),
    },
  })
  return spelledCode(code)
}

export type Pairing = { centreId: string | null; need: string | null; staffId: string | null; byId: string }

/** Uses a code, once: of many who try at the same moment one succeeds. `undefined` when it opens nothing of this kind. */
export async function usePairing(
  store: Store,
  tx: Tx,
  code: string,
  kind: 'group' | 'account',
  now: Date,
): Promise<Pairing | undefined> {
  const codeHash = hashOf(store, code)
  const { count } = await tx.pairing.updateMany({
    where: {
      codeHash,
      usedAt: null,
      expiresAt: { gt: now },
      ...(kind === 'group' ? { centreId: { not: null } } : { staffId: { not: null } }),
    },
    data: { usedAt: now },
  })
  return count > 0 ? ((await tx.pairing.findUnique({ where: { codeHash } })) ?? undefined) : undefined
}

/** What became of it: the colleague, and the drawer that this chat's words are sealed with from now on, when it joined their first one. */
export type Connected = { language: string; drawer?: Drawer }

/** An account is known from now on: this person is that colleague. `undefined` when the code opens nothing. */
export async function connectAccount(
  store: Store,
  tx: Tx,
  personId: string,
  code: string,
  now: Date,
): Promise<Connected | undefined> {
  const pairing = await usePairing(store, tx, code, 'account', now)
  const staff = pairing?.staffId ? await tx.staff.findUnique({ where: { id: pairing.staffId } }) : null
  if (!staff || staff.disabledAt) return undefined
  const joins = staff.personId !== null && staff.personId !== personId
  // A second messenger joins the first: both are addresses of one person.
  const drawer = joins ? await joinPersons(store, tx, personId, staff.personId ?? '') : undefined
  if (!joins) await tx.staff.update({ where: { id: staff.id }, data: { personId } })
  await tx.person.update({
    where: { id: staff.personId ?? personId },
    data: { role: 'staff', language: staff.language },
  })
  await audit(tx, store.vault, { staffId: staff.id, action: 'account.connect', object: staff.alias, at: now })
  return { language: staff.language, ...(drawer ? { drawer } : {}) }
}

/** Moves what this person's chat is to another person, sealed anew with that one's key. Their talk begins afresh there. */
export async function joinPersons(store: Store, tx: Tx, from: string, to: string): Promise<Drawer | undefined> {
  const [old, kept] = await Promise.all([
    tx.person.findUniqueOrThrow({ where: { id: from }, include: { addresses: true } }),
    tx.person.findUniqueOrThrow({ where: { id: to } }),
  ])
  if (!old.wrappedKey || !kept.wrappedKey) return undefined
  const before = store.vault.drawer(old.id, old.wrappedKey)
  const after = store.vault.drawer(kept.id, kept.wrappedKey)
  for (const { id, sealed } of old.addresses)
    await tx.address.update({
      where: { id },
      data: { personId: to, sealed: after.seal('address.sealed', before.openText('address.sealed', sealed)) },
    })
  await tx.message.deleteMany({ where: { conversation: { personId: from } } })
  await tx.conversation.updateMany({
    where: { personId: from },
    data: { personId: to, state: null, owner: 'bot', caseId: null, flow: null, version: null },
  })
  return after
}
