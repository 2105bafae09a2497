/** A consultant corrects, or takes back, what a client was told. What it said before stays in the case's history. */
import { type InsideHouse, inConversation } from '../conversation/inside.js'
import type { Body } from '../conversation/render.js'
import type { Message } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import type { Drawer } from '../store/vault.js'
import type { StaffMember } from './access.js'
import { act } from './act.js'
import { MESSAGE_ID } from './replies.js'
import { cleanWords } from './words.js'

type Own = { message: Message; body: Body; drawer: Drawer }

/** One's own words in this case; `undefined` when they are not, or are gone. */
async function ownMessage(
  house: InsideHouse,
  tx: Tx,
  caseId: string,
  staffId: string,
  id: string,
): Promise<Own | undefined> {
  if (!MESSAGE_ID.test(id)) return undefined
  const message = await tx.message.findFirst({
    where: { id: BigInt(id), caseId, staffId, direction: 'out' },
    include: { conversation: { include: { person: true } } },
  })
  const person = message?.conversation.person
  if (!message?.body || !person?.wrappedKey) return undefined
  const drawer = house.store.vault.drawer(person.id, person.wrappedKey)
  return { message, body: drawer.openJson<Body>('message.body', message.body), drawer }
}

/** Gives an own message new words, also at the client's where its messenger changes messages. False when there is nothing to change. */
export async function correctReply(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  id: string,
  text: string,
): Promise<boolean> {
  const words = cleanWords(text)
  return act(house, { code, staff, action: 'case.reply' }, async (found, tx) => {
    const own = await ownMessage(house, tx, found.id, staff.id, id)
    if (!own || !words || own.body.text === words) return false
    const { message, body, drawer } = own
    const corrected: Body = { ...body, text: words, was: [...(body.was ?? []), body.text] }
    await tx.message.update({ where: { id: message.id }, data: { body: drawer.sealJson('message.body', corrected) } })
    // What has not left yet leaves with its new words.
    if (message.state !== 'due')
      await inConversation(house, tx, message.conversationId, async (turn) => turn.sayAgain(words, id, staff.id))
    return true
  })
}

/** Takes an own message back. What has not left yet never does. */
export async function takeBackReply(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  id: string,
): Promise<boolean> {
  return act(house, { code, staff, action: 'case.reply' }, async (found, tx) => {
    const own = await ownMessage(house, tx, found.id, staff.id, id)
    if (!own || own.body.takenBack) return false
    const { message, body, drawer } = own
    await tx.message.update({
      where: { id: message.id },
      data: {
        body: drawer.sealJson('message.body', { ...body, takenBack: true }),
        ...(message.state === 'due' ? { state: 'dropped' } : {}),
      },
    })
    const { addressId } = await tx.conversation.findUniqueOrThrow({ where: { id: message.conversationId } })
    if (message.channelKey)
      await tx.removal.create({ data: { addressId, channelKey: message.channelKey, notBefore: house.clock() } })
    return true
  })
}
