/** Words of the house to workers and trainers in the chat that they used last. */
import { ConversationGone, type InsideHouse, inConversation } from '../../conversation/inside.js'
import { goData } from '../../engine/tokens.js'
import type { Tx } from '../../store/store.js'
import { isLanguage, type Language } from '../../text/languages.js'

export type Told = {
  /** A text of `checkin.json`. */
  key: string
  /** Rendered in the language of whoever reads it. */
  values?: (language: Language) => Record<string, string | number>
  /** A button into each of these flows, named by `checkin:buttons.<flow>`. */
  into?: readonly string[]
}

/** False when this person has no chat that can be written to. */
export async function tellPerson(house: InsideHouse, tx: Tx, personId: string, told: Told): Promise<boolean> {
  const last = await tx.conversation.findFirst({
    where: { personId, address: { state: { in: ['open', 'quiet'] } } },
    orderBy: { updatedAt: 'desc' },
    select: { id: true },
  })
  if (!last) return false
  try {
    await inConversation(house, tx, last.id, async (turn) => {
      const language = isLanguage(turn.language) ? turn.language : 'en'
      turn.say({
        text: { key: `checkin:${told.key}`, values: told.values?.(language) ?? {} },
        ...(told.into
          ? { buttons: told.into.map((flow) => ({ data: goData(flow), label: { key: `checkin:buttons.${flow}` } })) }
          : {}),
      })
    })
    return true
  } catch (error) {
    if (error instanceof ConversationGone) return false
    throw error
  }
}
