/** Six digits can be guessed: whoever was wrong five times in five minutes asks the trainer instead. */
import type { Tx } from '../../store/store.js'

export const MAX_TRIES = 5
export const TRIES_MS = 5 * 60_000

/** Counted over all of a person's chats. */
export async function triedTooOften(tx: Tx, personId: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - TRIES_MS)
  return (await tx.checkinTry.count({ where: { personId, at: { gt: since } } })) >= MAX_TRIES
}

export async function noteTry(tx: Tx, personId: string, at: Date): Promise<void> {
  await tx.checkinTry.create({ data: { personId, at } })
}
