/** A turn that no message began: a consultant answers, a case closes, a timer fires. */
import { sqlOf, type Tx } from '../store/store.js'
import { beginTurn } from './begin-turn.js'
import type { House } from './house.js'
import { loadById, write } from './records.js'
import { think } from './think.js'
import type { Turn } from './turn.js'

/** The parts of the house that a turn needs. */
export type InsideHouse = Pick<House, 'store' | 'mind' | 'clock' | 'channel'>

/** Thrown when the person was erased meanwhile. */
export class ConversationGone extends Error {
  readonly code = 'CONVERSATION_GONE'
}

/** Changes one conversation inside an open transaction, with its row locked against every other writer. */
export async function inConversation<T>(
  house: InsideHouse,
  tx: Tx,
  conversationId: string,
  work: (turn: Turn) => Promise<T>,
): Promise<T> {
  const sql = sqlOf(tx)
  const loaded = await loadById(sql, conversationId)
  if (!loaded?.wrappedKey) throw new ConversationGone()
  const turn = beginTurn(loaded, house)
  const result = await work(turn)
  if (!(await write(sql, turn.written(null)))) throw new Error('The conversation changed although its row was locked.')
  return result
}

/** Gives the conversation back to the bot, which asks again what it had asked. */
export async function giveBack(house: InsideHouse, tx: Tx, turn: Turn): Promise<void> {
  turn.owner = 'bot'
  turn.caseId = null
  turn.state.aside = null
  if (turn.state.position) await think(turn, house.mind, { kind: 'resume' }, tx)
}
