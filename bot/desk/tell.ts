/** Words of the house to colleagues in their own chats: who is on call, whose case it is, who looks after the centre. */
import { ConversationGone, type InsideHouse, inConversation } from '../conversation/inside.js'
import type { Staff } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import { isStaffLanguage, type StaffLanguage } from '../text/languages.js'
import { createLabels } from './labels.js'

const staffLanguage = (language: string): StaffLanguage => (isStaffLanguage(language) ? language : 'ru')

type Values = Record<string, string | number>

/** False when this colleague has connected no account: then only the desk shows it. */
export async function tell(
  house: InsideHouse,
  tx: Tx,
  staff: Pick<Staff, 'personId' | 'language'>,
  key: string,
  values: Values = {},
) {
  if (!staff.personId) return false
  const { alias } = createLabels(house.mind.words, staffLanguage(staff.language))
  const shown = values.alias === undefined ? values : { ...values, alias: alias(String(values.alias)) }
  const conversations = await tx.conversation.findMany({
    where: { personId: staff.personId, address: { state: { in: ['open', 'quiet'] } } },
    select: { id: true },
  })
  for (const { id } of conversations)
    await inConversation(house, tx, id, async (turn) =>
      turn.say({ text: { key: `rooms:${key}`, values: shown } }),
    ).catch((error: unknown) => {
      if (!(error instanceof ConversationGone)) throw error
    })
  return conversations.length > 0
}

/** Everybody on this list, each once; in one transaction. Returns how many were reached. */
export async function tellAll(
  house: InsideHouse,
  staff: Pick<Staff, 'personId' | 'language'>[],
  key: string,
  values: Values = {},
) {
  let reached = 0
  await house.store.transaction(async (tx) => {
    reached = 0
    for (const each of staff) if (await tell(house, tx, each, key, values)) reached++
  })
  house.store.signals.emit('outbox')
  return reached
}

/** Those who look after a centre: its own supervisors, and those of the whole house. */
export async function tellSupervisors(house: InsideHouse, centreId: string | null, key: string, values: Values = {}) {
  const staff = await house.store.db.staff.findMany({
    where: { role: 'supervisor', disabledAt: null, OR: [{ centreId: null }, { centreId }] },
  })
  return tellAll(house, staff, key, values)
}
