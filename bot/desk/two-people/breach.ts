/**
 * "We may have had a breach" (S47): the moment is written down, nothing leaves the house any more, everybody who can act is called, and
 * what to do next stands on one page until two people say that it is over.
 */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import { type Store, sqlOf, type Tx } from '../../store/store.js'
import { permit, type StaffMember } from '../access.js'
import { audit } from '../audit.js'
import { change } from '../house/change.js'
import { tell } from '../tell.js'
import { cleanWords } from '../words.js'
import { askFor, type Why } from './ask.js'
import { stopWhatLeaves } from './frozen.js'
import { REASON_MAX } from './kinds.js'

const HOUR_MS = 3_600_000

/** Regulation (EU) 2016/679, Art. 33 (1): to the supervisory authority, not later than 72 hours after having become aware of it. */
export const AUTHORITY_WITHIN_HOURS = 72

/** The setting with the organisation's own words on whom to tell. */
const PLAN = 'breach.plan'
export const PLAN_MAX = 4000

const WORDS_PLACE = 'breach.words'

export type OpenBreach = { id: string; at: Date; by: string; words: string; deadline: Date }

/** @throws UserError notAllowed, noReason, tooLong, breachAlready */
export async function reportBreach(house: InsideHouse, staff: StaffMember, said: string): Promise<void> {
  permit(staff, 'breach.report')
  const words = cleanWords(said)
  if (words === '') throw new UserError('noReason')
  if (words.length > REASON_MAX) throw new UserError('tooLong', { max: REASON_MAX })
  const { store, clock } = house
  await store.transaction(async (tx) => {
    const at = clock()
    await stopWhatLeaves(sqlOf(tx))
    if ((await tx.breach.count({ where: { liftedAt: null } })) > 0) throw new UserError('breachAlready')
    const { id } = await tx.breach.create({
      data: { at, byId: staff.id, words: store.vault.house.seal(WORDS_PLACE, words) },
    })
    const called = await tx.staff.findMany({
      where: {
        disabledAt: null,
        id: { not: staff.id },
        OR: [{ onCall: true }, { role: { in: ['supervisor', 'administrator'] } }],
      },
      orderBy: { id: 'asc' },
    })
    for (const each of called) await tell(house, tx, each, 'tell.breach', { alias: staff.alias })
    await audit(tx, store.vault, { staffId: staff.id, action: 'breach.report', object: String(id), at })
  })
  store.signals.emit('outbox')
}

export async function openBreach({ db, vault }: Pick<Store, 'db' | 'vault'>): Promise<OpenBreach | undefined> {
  const found = await db.breach.findFirst({ where: { liftedAt: null } })
  if (!found) return undefined
  const by = await db.staff.findUnique({ where: { id: found.byId } })
  return {
    id: String(found.id),
    at: found.at,
    by: by?.alias ?? '',
    words: vault.house.openText(WORDS_PLACE, found.words),
    deadline: new Date(found.at.getTime() + AUTHORITY_WITHIN_HOURS * HOUR_MS),
  }
}

/** Asks a second person to say that it is over. @throws UserError noBreach, and those of `askFor` */
export async function askUnfreeze(house: InsideHouse, staff: StaffMember, why: Why): Promise<void> {
  permit(staff, 'unfreeze.ask')
  const open = await openBreach(house.store)
  if (!open) throw new UserError('noBreach')
  await askFor(house, staff, { ...why, kind: 'unfreeze', object: open.id })
}

/** Two people agreed. @throws UserError approvalOver */
export async function liftBreach(house: InsideHouse, tx: Tx, staff: StaffMember, object: string): Promise<void> {
  const now = house.clock()
  const { count } = await tx.breach.updateMany({
    where: { id: BigInt(object), liftedAt: null },
    data: { liftedAt: now },
  })
  if (count === 0) throw new UserError('approvalOver')
  await audit(tx, house.store.vault, { staffId: staff.id, action: 'breach.lift', object, at: now })
}

/** Every colleague but oneself signs in anew. Returns how many browsers were signed out. */
export async function endOtherSessions(house: InsideHouse, staff: StaffMember): Promise<number> {
  let ended = 0
  const what = { action: 'breach.report', recordedAs: 'session.endOthers', object: staff.alias } as const
  await change(house, staff, what, async (tx) => {
    ended = (await tx.session.deleteMany({ where: { staffId: { not: staff.id } } })).count
    return true
  })
  return ended
}

export const breachPlan = async ({ db }: Pick<Store, 'db'>): Promise<string> =>
  (await db.setting.findUnique({ where: { name: PLAN } }))?.value ?? ''

/** @throws UserError notAllowed, tooLong */
export async function setBreachPlan(house: InsideHouse, staff: StaffMember, text: string): Promise<void> {
  const value = cleanWords(text)
  if (value.length > PLAN_MAX) throw new UserError('tooLong', { max: PLAN_MAX })
  const what = { action: 'breach.report', recordedAs: 'breach.plan', object: PLAN } as const
  await change(house, staff, what, async (tx) => {
    await tx.setting.upsert({ where: { name: PLAN }, create: { name: PLAN, value }, update: { value } })
    return true
  })
}
