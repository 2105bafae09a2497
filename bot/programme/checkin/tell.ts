/** Words of the house to workers and trainers in the chat that they used last. */
import type { InsideHouse } from '../../conversation/inside.js'
import { inNewestChat } from '../../conversation/newest-chat.js'
import { goData } from '../../engine/tokens.js'
import type { Tx } from '../../store/store.js'
import type { Language } from '../../text/languages.js'

export type Told = {
  /** A text of `checkin.json`. */
  key: string
  /** Rendered in the language of whoever reads it. */
  values?: (language: Language) => Record<string, string | number>
  /** A button into each of these flows, named by `checkin:buttons.<flow>`. */
  into?: readonly string[]
}

/** False when this person has no chat that can be written to. */
export const tellPerson = (house: InsideHouse, tx: Tx, personId: string, told: Told): Promise<boolean> =>
  inNewestChat(house, tx, personId, async (turn) =>
    turn.say({
      text: { key: `checkin:${told.key}`, values: told.values?.(turn.language) ?? {} },
      ...(told.into
        ? { buttons: told.into.map((flow) => ({ data: goData(flow), label: { key: `checkin:buttons.${flow}` } })) }
        : {}),
    }),
  )
