/** A consultant's words to the client: the only way from staff to a client. */
import { type InsideHouse, inConversation } from '../conversation/inside.js'
import type { Turn } from '../conversation/turn.js'
import { UserError } from '../errors.js'
import type { Case } from '../store/generated/client.js'
import { sqlOf, type Tx } from '../store/store.js'
import type { StaffMember } from './access.js'
import { act } from './act.js'
import { mustAnswer } from './case-lock.js'
import { replied } from './goals-of-case.js'
import { firstTime } from './once.js'
import { cleanWords } from './words.js'

/** As many digits as the database's numbers surely hold. */
export const MESSAGE_ID = /^\d{1,18}$/

/** Called in the same transaction with the id of what was written, to tie it to where it was written. */
export type Linked = (tx: Tx, id: string) => Promise<void>

export type Reply = {
  text: string
  fileId?: string | undefined
  /** Made by the page, the same on every attempt: sent twice, it acts once. */
  requestId: string
  /** The client's message that it answers. */
  answers?: string | undefined
}

/**
 * Sends a consultant's words or file to the client. False when this very request was carried out before.
 * @throws UserError notClaimed, caseTaken, caseClosed, emptyReply, tooLong, badRequest
 */
export async function reply(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  words: Reply,
  linked?: Linked,
): Promise<boolean> {
  const text = cleanWords(words.text)
  const { fileId, requestId } = words
  return act(house, { code, staff, action: 'case.reply' }, async (found, tx) => {
    if (!(await firstTime(tx, staff, requestId, house.clock()))) return false
    if (!text && !fileId) throw new UserError('emptyReply')
    await mustAnswer(tx, found, staff)
    const answers = await ofThisCase(tx, found.id, words.answers)
    await say(house, tx, found, (turn) =>
      turn.sayText(text, {
        author: 'staff',
        staffId: staff.id,
        ...(fileId ? { fileId } : {}),
        ...(answers ? { answers } : {}),
      }),
    )
    if (linked) await linked(tx, await newestOf(tx, found.id, staff.id))
    return true
  })
}

/** A message that is not of this case, or not there any more, is answered without its quote. */
async function ofThisCase(tx: Tx, caseId: string, id: string | undefined): Promise<string | undefined> {
  if (!id || !MESSAGE_ID.test(id)) return undefined
  return (await tx.message.count({ where: { id: BigInt(id), caseId } })) > 0 ? id : undefined
}

/** Says something to the client as a human's answer: who waited is answered. */
export async function say(house: InsideHouse, tx: Tx, found: Case, words: (turn: Turn) => void): Promise<void> {
  await tx.case.update({
    where: { id: found.id },
    data: { ...replied(found, house.clock()), revision: { increment: 1 } },
  })
  await inConversation(house, tx, found.conversationId, async (turn) => words(turn))
}

async function newestOf(tx: Tx, caseId: string, staffId: string): Promise<string> {
  const [row] = await sqlOf(tx)<{ id: string }>(
    'select max(id)::text as id from message where case_id = $1::uuid and staff_id = $2::uuid',
    [caseId, staffId],
  )
  return row?.id ?? ''
}
