/** Words of a colleague in a case's place: to the client by an explicit act, otherwise a note. */
import { createHash } from 'node:crypto'
import { DeliveryError, type Incoming, type IncomingEvent } from '../../conversation/channel.js'
import { UserError } from '../../errors.js'
import type { Tx } from '../../store/store.js'
import { correctReply, takeBackReply } from '../corrections.js'
import { addNote } from '../handling.js'
import { reply } from '../replies.js'
import { discardReplyFile, keepReplyFile } from '../reply-file.js'
import type { EarHouse, KnownPlace } from './ear.js'
import { copyHash } from './items.js'
import { SEALED } from './names.js'
import type { Colleague } from './sender.js'

/** Words that begin so are for the client. */
const TO_CLIENT = /^\s*!\s*/

type Copied = { messageId: string | null; noteId: string | null; origin: string }

/** What the message with this key is a copy of. */
async function copyOf({ store }: EarHouse, place: KnownPlace, key: string | undefined): Promise<Copied | undefined> {
  if (!key) return undefined
  const [row] = await store.sql<Copied>(
    `select message_id::text as "messageId", note_id::text as "noteId", origin from copy where place_id = $1::uuid and hash = $2`,
    [place.id, copyHash(store.vault, place.channel, place.address, key)],
  )
  return row
}

/** Remembers that this message of a colleague's is that message, or note, of the case. */
const linkTo =
  (house: EarHouse, place: KnownPlace, key: string | undefined) =>
  async (tx: Tx, it: { messageId?: string; noteId?: string }) => {
    if (!key) return
    const { vault } = house.store
    await tx.copy.createMany({
      data: {
        placeId: place.id,
        messageId: it.messageId ? BigInt(it.messageId) : null,
        noteId: it.noteId ? BigInt(it.noteId) : null,
        origin: 'theirs',
        sealed: vault.house.seal(SEALED.copy, key),
        hash: copyHash(vault, place.channel, place.address, key),
      },
      skipDuplicates: true,
    })
  }

/** An update's own id, in the form that makes an act happen once. */
export const requestOf = ({ channel, updateKey }: Incoming): string =>
  createHash('sha256').update(`${channel} ${updateKey}`).digest('hex').slice(0, 32)

type Spoken = Extract<IncomingEvent, { kind: 'text' | 'files' }>

export async function hearWords(
  house: EarHouse,
  incoming: Incoming,
  event: Spoken,
  place: KnownPlace,
  staff: Colleague,
): Promise<void> {
  const text = event.text ?? ''
  const answered = await copyOf(house, place, incoming.replyTo)
  const toClient = TO_CLIENT.test(text) || (answered?.messageId != null && answered.origin === 'ours')
  const link = linkTo(house, place, incoming.messageKey)
  const requestId = requestOf(incoming)
  if (!toClient) {
    if (event.kind === 'files') throw new UserError('fileStays')
    await addNote(house, place.code, staff, { text, requestId }, (tx, noteId) => link(tx, { noteId }))
    return
  }
  const words = {
    text: text.replace(TO_CLIENT, ''),
    requestId,
    ...(answered?.messageId ? { answers: answered.messageId } : {}),
  }
  const send = (more: { text?: string; fileId?: string; requestId?: string }) =>
    reply(house, place.code, staff, { ...words, ...more }, (tx, messageId) => link(tx, { messageId }))
  if (event.kind === 'text') return void (await send({}))
  for (const [nth, file] of event.files.entries()) {
    const content = await contentOf(house, incoming, file.ref)
    const fileId = await keepReplyFile(house.store, house.files, place.code, {
      mime: file.mime,
      name: file.name ?? file.kind,
      content,
    })
    let sent = false
    try {
      sent = await send({
        fileId,
        ...(nth > 0
          ? { text: '', requestId: createHash('sha256').update(`${requestId} ${nth}`).digest('hex').slice(0, 32) }
          : {}),
      })
    } finally {
      if (!sent) await discardReplyFile(house.store, house.files, fileId)
    }
  }
}

/** So long the messenger is asked again for a file that it cannot give yet: all that comes after it in the group waits meanwhile. */
const FILE_WITHIN_MS = 60_000

/** Its content, fetched at once: the client's copy is sealed with the client's key. @throws UserError fileKind, fileAway */
async function contentOf(house: EarHouse, { channel, at }: Incoming, ref = ''): Promise<Uint8Array> {
  try {
    const content = await house.channel(channel)?.fetchFile?.(ref)
    if (content) return content
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error
    if (error.policy === 'retry') {
      if (house.clock().getTime() - at.getTime() < FILE_WITHIN_MS) throw error
      throw new UserError('fileAway')
    }
  }
  throw new UserError('fileKind')
}

/** A colleague changed their message: what the client got is changed with it; a note gets its new words beside the old ones. */
export async function correct(
  house: EarHouse,
  { messageKey, text }: Extract<IncomingEvent, { kind: 'edit' }>,
  place: KnownPlace,
  staff: Colleague,
): Promise<void> {
  const copied = await copyOf(house, place, messageKey)
  if (copied?.origin !== 'theirs') return
  if (copied.messageId) await correctReply(house, place.code, staff, copied.messageId, text.replace(TO_CLIENT, ''))
  else if (copied.noteId)
    await addNote(house, place.code, staff, {
      text,
      requestId: createHash('sha256').update(`${place.id} ${messageKey} ${text}`).digest('hex').slice(0, 32),
    })
}

/** A colleague took their message back: it is taken away at the client's as well, where the messenger lets us. */
export async function takeBack(
  house: EarHouse,
  { messageKey }: Extract<IncomingEvent, { kind: 'removed' }>,
  place: KnownPlace,
  staff: Colleague,
): Promise<void> {
  const copied = await copyOf(house, place, messageKey)
  if (copied?.origin === 'theirs' && copied.messageId) await takeBackReply(house, place.code, staff, copied.messageId)
}
