/**
 * Wrong codes are slowed down, in a group and in a person's own chat alike: after a few within an hour nobody listens to that chat, and a
 * right one opens nothing there either. Kept as receipts, so that they count in every process and go by themselves.
 */
import type { Tx } from '../store/store.js'

export const TRIES_PER_HOUR = 5
const HOUR_MS = 3_600_000

/** `chat` names the group or the person without telling who (a keyed hash). */
type Guesser = { chat: string; now: Date }

const triesOf = (chat: string): string => `guess/${chat}/`

export async function mustWait(tx: Tx, { chat, now }: Guesser): Promise<boolean> {
  const wrong = await tx.receipt.count({
    where: {
      channel: 'places',
      updateKey: { startsWith: triesOf(chat) },
      at: { gt: new Date(now.getTime() - HOUR_MS) },
    },
  })
  return wrong >= TRIES_PER_HOUR
}

export async function guessedWrong(tx: Tx, { chat, now }: Guesser, update: string): Promise<void> {
  await tx.receipt.create({ data: { channel: 'places', updateKey: `${triesOf(chat)}${update}`, at: now } })
}
