/** One timed act on one case: looked at again under its lock, for it may have been answered, or the act done elsewhere, meanwhile. */
import { ConversationGone } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import type { Case } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import { lockCase } from '../case-lock.js'
import type { DeskHouse } from '../centres.js'

/** `work` returns false when there was nothing to do after all. Returns whether something was done. */
export async function underLock(
  house: DeskHouse,
  { id, code }: { id: string; code: string },
  work: (found: Case, tx: Tx) => Promise<boolean>,
): Promise<boolean> {
  const done = await house.store
    .transaction(async (tx) => work(await lockCase(tx, code), tx))
    .catch((error: unknown) => {
      // Erased meanwhile
      if (error instanceof ConversationGone || (error instanceof UserError && error.code === 'noCase')) return false
      throw error
    })
  if (!done) return false
  house.store.signals.emit('outbox')
  house.store.signals.emit('case', id)
  return true
}

export type DueCase = { id: string; code: string }

/** How many of a list were acted on, one after the other. */
export async function each<T>(list: readonly T[], act: (one: T) => Promise<boolean>): Promise<number> {
  let done = 0
  for (const one of list) if (await act(one)) done++
  return done
}
