/** The first of two people: asks, says why, and those who may decide are told. */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import { sqlOf, type Tx } from '../../store/store.js'
import type { Drawer } from '../../store/vault.js'
import { permit, type StaffMember } from '../access.js'
import { audit } from '../audit.js'
import { tell } from '../tell.js'
import { cleanWords } from '../words.js'
import { decidersOf } from './deciders.js'
import { mustNotBeFrozen } from './frozen.js'
import { APPROVAL_LIVES_MS, type ApprovalKind, KINDS, REASON_MAX } from './kinds.js'

export type Why = { reason: string; words: string }

export type Asked = Why & {
  kind: ApprovalKind
  /** What exactly; the audit names it, so it holds no word of anybody. */
  object: string
  caseId?: string
  /** Seals the words: the client's own where it is about a client, so that they go with them. */
  drawer: Drawer
}

/** Where the words of an approval are sealed. */
export const WORDS_PLACE = 'approval.words'

/** In an open transaction; whoever opened it wakes the others (`store.signals`).
 * @throws UserError notAllowed, badReason, noReason, tooLong, frozen, askedAlready
 */
export async function askWithin(house: InsideHouse, tx: Tx, staff: StaffMember, asked: Asked): Promise<void> {
  const { kind, object, caseId, drawer, reason } = asked
  const { ask, reasons, freezes } = KINDS[kind]
  permit(staff, ask)
  if (!reasons.some((each) => each === reason)) throw new UserError('badReason')
  const words = cleanWords(asked.words)
  if (words === '') throw new UserError('noReason')
  if (words.length > REASON_MAX) throw new UserError('tooLong', { max: REASON_MAX })
  if (freezes) await mustNotBeFrozen(sqlOf(tx))
  const now = house.clock()
  const open = { kind, object, state: 'asked', expiresAt: { gt: now } }
  if ((await tx.approval.count({ where: open })) > 0) throw new UserError('askedAlready')
  await tx.approval.create({
    data: {
      kind,
      object,
      caseId: caseId ?? null,
      reason,
      words: drawer.seal(WORDS_PLACE, words),
      askedById: staff.id,
      askedAt: now,
      expiresAt: new Date(now.getTime() + APPROVAL_LIVES_MS),
    },
  })
  for (const each of await decidersOf(tx, staff.id, caseId))
    await tell(house, tx, each, `tell.approval.${kind}`, { alias: staff.alias, object })
  await audit(tx, house.store.vault, { staffId: staff.id, action: ask, object: `${object} ${reason}`, at: now })
}

/** The same in a transaction of its own. */
export async function askFor(house: InsideHouse, staff: StaffMember, asked: Omit<Asked, 'drawer' | 'caseId'>) {
  const { store } = house
  await store.transaction((tx) => askWithin(house, tx, staff, { ...asked, drawer: store.vault.house }))
  store.signals.emit('outbox')
}
