/** A turn in the chat that a person used last: for words of the house that answer no message. */
import { sqlOf, type Tx } from '../store/store.js'
import { ConversationGone, type InsideHouse, inConversation } from './inside.js'
import type { Turn } from './turn.js'

/** Undefined when they can be reached nowhere: also who has cleared their chat hears nothing there until they write again. */
export async function newestChat(tx: Tx, personId: string): Promise<string | undefined> {
  const [newest] = await sqlOf(tx)<{ id: string }>(
    `select c.id from conversation c join address a on a.id = c.address_id
      where c.person_id = $1::uuid and a.state = 'open' order by c.updated_at desc limit 1`,
    [personId],
  )
  return newest?.id
}

/** False when this person has no chat that can be written to: then no work was done. */
export async function inNewestChat(
  house: InsideHouse,
  tx: Tx,
  personId: string,
  work: (turn: Turn) => Promise<void>,
): Promise<boolean> {
  const newest = await newestChat(tx, personId)
  if (!newest) return false
  try {
    await inConversation(house, tx, newest, work)
    return true
  } catch (error) {
    if (error instanceof ConversationGone) return false
    throw error
  }
}
