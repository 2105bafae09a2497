/** One-time links for staff: made at the terminal, at the desk or by the bot, short-lived, kept only as a hash (S36). */
import type { StaffRole } from '../desk/access.js'
import { audit } from '../desk/audit.js'
import { CASE_ROLES, type CaseRole } from '../desk/routing/facts.js'
import { type Store, sqlOf, type Tx } from '../store/store.js'
import { isStaffLanguage, type StaffLanguage } from '../text/languages.js'
import { newToken } from './tokens.js'

export const INVITATION_MINUTES = 30
/** Asked for in one's own chat it is opened at once, and there it stays to be read: it lives no longer than that takes. */
export const OWN_LINK_MINUTES = 10

/** The token stands behind `#`, which browsers keep to themselves: it is in no log, history of a proxy, or referrer. */
export const signInLink = (publicUrl: string, token: string): string => `${publicUrl}/desk/sign-in#${token}`

/** Staff whose language the desk does not speak read Russian, as the centres' staff do. */
export const staffLanguage = (language: string): StaffLanguage => (isStaffLanguage(language) ? language : 'ru')

export const tokenHash = (store: Pick<Store, 'vault'>, token: string) => store.vault.hash('invitation', token)

async function inviteStaff(
  store: Store,
  tx: Tx,
  staff: { id: string; alias: string },
  now: Date,
  by: string | undefined,
  minutes = INVITATION_MINUTES,
): Promise<string> {
  const token = newToken()
  // An older link of the same person ends here: only the newest one opens.
  await tx.invitation.deleteMany({ where: { staffId: staff.id, usedAt: null } })
  await tx.invitation.create({
    data: {
      tokenHash: new Uint8Array(tokenHash(store, token)),
      staffId: staff.id,
      expiresAt: new Date(now.getTime() + minutes * 60_000),
    },
  })
  await audit(tx, store.vault, { staffId: by ?? null, action: 'invite', object: staff.alias, at: now })
  return token
}

/** `by` is the id of whoever invites at the desk; absent at the terminal. */
type NewStaff = {
  role: StaffRole
  language: string
  now: Date
  by?: string
  centreId?: string | null
  /** What they are trained for; what most are when it is left out. */
  skills?: CaseRole[]
}

/**
 * Adds a member of staff and returns the token of their sign-in link, `/desk/sign-in#<token>`. Colleagues and clients know them by
 * role and number only (`consultant-3`; the words stand in `console:alias.*`), never by name (S09).
 */
export async function invite(store: Store, { role, language, now, by, centreId, skills }: NewStaff): Promise<string> {
  return store.transaction(async (tx) => {
    // Two invitations at once would take the same number.
    await sqlOf(tx)('lock table staff in share row exclusive mode')
    const [last] = await sqlOf(tx)<{ n: number | null }>(
      `select max(substring(alias from '\\d+$')::int) as n from staff where alias ~ ('^' || $1 || '-\\d+$')`,
      [role],
    )
    const alias = `${role}-${(last?.n ?? 0) + 1}`
    const staff = await tx.staff.create({
      data: {
        alias,
        role,
        language: staffLanguage(language),
        createdAt: now,
        centreId: centreId ?? null,
        ...(skills ? { skills } : {}),
      },
    })
    return inviteStaff(store, tx, staff, now, by)
  })
}

/** A new link for somebody who is staff already. `undefined` when nobody by this alias works here (any more). */
export async function inviteAgain(
  store: Store,
  { alias, now, by }: { alias: string; now: Date; by?: string },
): Promise<string | undefined> {
  return store.transaction(async (tx) => {
    const staff = await tx.staff.findUnique({ where: { alias } })
    return staff && !staff.disabledAt ? inviteStaff(store, tx, staff, now, by) : undefined
  })
}

/** A link for whoever asks in their own chat, by the person of that chat. `undefined` when that is no colleague (any more). */
export async function inviteOneself(store: Store, tx: Tx, personId: string, now: Date): Promise<string | undefined> {
  const staff = await tx.staff.findFirst({ where: { personId, disabledAt: null } })
  return staff ? inviteStaff(store, tx, staff, now, staff.id, OWN_LINK_MINUTES) : undefined
}

/** For the first start: a link for the first consultant, who takes every kind of case while there is nobody else, made anew at each start until somebody has signed in. */
export async function inviteFirst(
  store: Store,
  { language, now }: { language: string; now: Date },
): Promise<string | undefined> {
  // The trace outlives invitations and sessions.
  const entered = await store.db.audit.count({ where: { action: 'sign-in' } })
  if (entered > 0) return undefined
  const first = await store.db.staff.findFirst({ where: { disabledAt: null }, orderBy: { createdAt: 'asc' } })
  return first
    ? inviteAgain(store, { alias: first.alias, now })
    : invite(store, { role: 'consultant', language, now, skills: [...CASE_ROLES] })
}
