/** A word to whoever reports, in the chat they used last, with the way into the report below it. */
import { ConversationGone, type InsideHouse, inConversation } from '../../conversation/inside.js'
import { goButton } from '../../engine/ask.js'
import { sqlOf, type Tx } from '../../store/store.js'
import type { Language } from '../../text/languages.js'
import { REPORT } from './form.js'

type Values = Record<string, string | number>

/** The chat they used last; undefined when they can be reached nowhere. */
export async function chatOf(tx: Tx, personId: string): Promise<string | undefined> {
  const [latest] = await sqlOf(tx)<{ id: string }>(
    `select c.id from conversation c join address a on a.id = c.address_id
      where c.person_id = $1::uuid and a.state = 'open' order by c.updated_at desc limit 1`,
    [personId],
  )
  return latest?.id
}

/**
 * `values` are put together in the language of whoever reads them. False when they can be reached nowhere: also who has cleared their chat
 * hears nothing there until they write again.
 */
export async function tellWorker(
  house: InsideHouse,
  tx: Tx,
  personId: string,
  key: string,
  values: (language: Language) => Values,
): Promise<boolean> {
  const latest = await chatOf(tx, personId)
  if (!latest) return false
  try {
    await inConversation(house, tx, latest, async (turn) =>
      turn.say({ text: { key: `report:${key}`, values: values(turn.language) }, buttons: [goButton(REPORT)] }),
    )
    return true
  } catch (error) {
    if (error instanceof ConversationGone) return false
    throw error
  }
}
