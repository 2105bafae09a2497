/** A word to whoever reports, in the chat they used last, with the way into the report below it. */
import type { InsideHouse } from '../../conversation/inside.js'
import { inNewestChat } from '../../conversation/newest-chat.js'
import { goButton } from '../../engine/ask.js'
import type { Tx } from '../../store/store.js'
import type { Language } from '../../text/languages.js'
import { REPORT } from './form.js'

type Values = Record<string, string | number>

/** `values` are put together in the language of whoever reads them. False when they can be reached nowhere. */
export const tellWorker = (
  house: InsideHouse,
  tx: Tx,
  personId: string,
  key: string,
  values: (language: Language) => Values,
): Promise<boolean> =>
  inNewestChat(house, tx, personId, async (turn) =>
    turn.say({ text: { key: `report:${key}`, values: values(turn.language) }, buttons: [goButton(REPORT)] }),
  )
