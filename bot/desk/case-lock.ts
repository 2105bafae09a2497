/** A case under a lock: whoever acts on it reads it through here, so that two who act at once act one after the other. */
import { UserError } from '../errors.js'
import type { Case } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import type { StaffMember } from './access.js'

/**
 * `beside` is a second case to lock; whether it is there is not asked.
 * @throws UserError noCase
 */
export async function lockCase(tx: Tx, code: string, beside?: string): Promise<Case> {
  const codes = beside ? [code, beside] : [code]
  // The conversation before the case, as a client's message takes them; in the other order the two would wait for each other.
  await tx.$queryRawUnsafe(
    'select c.id from conversation c join case_file k on k.conversation_id = c.id where k.code = any($1::text[]) order by c.id for update of c',
    codes,
  )
  // Two at once always in the same order, for the same reason.
  await tx.$queryRawUnsafe('select id from case_file where code = any($1::text[]) order by id for update', codes)
  const found = await tx.case.findUnique({ where: { code } })
  if (!found) throw new UserError('noCase')
  return found
}

/**
 * That this member of staff has the case now.
 * @throws UserError caseClosed, notClaimed (nobody has it), caseTaken (with the alias of who has it)
 */
export async function mustOwn(tx: Tx, found: Case, staff: StaffMember): Promise<void> {
  if (found.state === 'closed') throw new UserError('caseClosed')
  if (!found.ownerId) throw new UserError('notClaimed')
  if (found.ownerId !== staff.id) throw await takenBy(tx, found.ownerId)
}

/**
 * The same for whoever may answer: the owner, and a second consultant who was invited.
 * @throws UserError caseClosed, notClaimed, caseTaken
 */
export async function mustAnswer(tx: Tx, found: Case, staff: StaffMember): Promise<void> {
  const isGuest = found.ownerId && found.ownerId !== staff.id && found.state === 'claimed'
  const guest = isGuest
    ? await tx.guest.findUnique({ where: { caseId_staffId: { caseId: found.id, staffId: staff.id } } })
    : null
  if (!guest) await mustOwn(tx, found, staff)
}

export async function takenBy(tx: Tx, ownerId: string): Promise<UserError> {
  const owner = await tx.staff.findUnique({ where: { id: ownerId } })
  return new UserError('caseTaken', { alias: owner?.alias ?? '' })
}
