/**
 * What happens in staff's groups. Plain words are internal: they become a note. An explicit act sends to the client: an answer to one
 * of their messages, words that begin with `!`, or the form behind "Answer". Each update acts once, by its own key.
 */
import type { Incoming } from '../../conversation/channel.js'
import { UserError } from '../../errors.js'
import type { FileStore } from '../../store/files.js'
import { audit } from '../audit.js'
import { tellSupervisors } from '../tell.js'
import { connectGroup } from './connect.js'
import { changeGroup } from './groups.js'
import { showHome } from './home.js'
import { headHash } from './items.js'
import type { MirrorHouse } from './mirror.js'
import { SEALED } from './names.js'
import { press } from './press.js'
import { type Colleague, senderOf } from './sender.js'
import { correct, hearWords, takeBack } from './spoken.js'

export type EarHouse = MirrorHouse & { files: FileStore }

/** A place of a case, as whoever acts in it needs it. */
export type KnownPlace = {
  id: string
  caseId: string
  code: string
  channel: Incoming['channel']
  address: string
  language: string
}

export function createEar(house: EarHouse): (incoming: Incoming) => Promise<void> {
  const { store, log } = house

  const placeAt = async ({ channel, address, event }: Incoming): Promise<KnownPlace | undefined> => {
    const { vault } = store
    const head =
      event.kind === 'button' && event.messageKey ? headHash(vault, channel, address, event.messageKey) : null
    const [row] = await store.sql<Omit<KnownPlace, 'address'> & { sealed: Uint8Array | null }>(
      `select p.id, p.sealed, p.case_id as "caseId", k.code, g.channel, g.language
         from place p join staff_group g on g.id = p.group_id join case_file k on k.id = p.case_id
        where g.channel = $2 and (p.hash = $1 or $3::bytea is not null and exists (
                select 1 from copy c where c.place_id = p.id and c.hash = $3)) limit 1`,
      [vault.hash('place', channel, address), channel, head],
    )
    if (!row?.sealed) return undefined
    const { sealed, ...place } = row
    return { ...place, address: vault.house.openText(SEALED.place, sealed) }
  }

  /** The staff list does not know them: nothing they do counts, and somebody is told, but not after every line. */
  const stranger = async (incoming: Incoming, place: KnownPlace): Promise<void> => {
    const hour = Math.floor(incoming.at.getTime() / 3_600_000)
    const isFirst = await store.transaction(async (tx) => {
      const receipt = { channel: 'stranger', updateKey: `${place.id}/${hour}`, at: house.clock() }
      const { count } = await tx.receipt.createMany({ data: receipt, skipDuplicates: true })
      if (count === 0) return false
      await tx.remark.create({ data: { placeId: place.id, key: 'stranger', values: {}, at: house.clock() } })
      await audit(tx, store.vault, { staffId: null, action: 'stranger', object: place.code, at: house.clock() })
      return true
    })
    if (!isFirst) return
    log.warn(
      { channel: incoming.channel, code: 'STRANGER_IN_GROUP' },
      'Somebody who is not on the staff list wrote in a staff group.',
    )
    const found = await store.db.case.findUnique({ where: { id: place.caseId }, select: { centreId: true } })
    await tellSupervisors(house, found?.centreId ?? null, 'tell.stranger', { code: place.code })
    store.signals.emit('case', place.caseId)
  }

  const actIn = async (incoming: Incoming, place: KnownPlace, staff: Colleague): Promise<void> => {
    const { event } = incoming
    switch (event.kind) {
      case 'button':
        return press(house, incoming, event, place, staff)
      case 'text':
      case 'files':
        return hearWords(house, incoming, event, place, staff)
      case 'edit':
        return correct(house, event, place, staff)
      case 'removed':
        return takeBack(house, event, place, staff)
      case 'unsupported':
        throw new UserError('fileKind')
      default:
        return
    }
  }

  return async (incoming) => {
    const { event } = incoming
    if (event.kind === 'home') return showHome(house, incoming)
    if (event.kind === 'blocked' || event.kind === 'unblocked' || event.kind === 'moved')
      return changeGroup(house, incoming)
    if (event.kind === 'command' && event.name === 'connect') return connectGroup(house, incoming, event.argument)
    const place = await placeAt(incoming)
    if (!place) return
    const staff = await senderOf(store, incoming)
    if (!staff) return stranger(incoming, place)
    try {
      await actIn(incoming, place, staff)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      // The case stands before their eyes here: that it is not there would be a strange thing to say.
      await answer(house, incoming, place, error.code === 'noCase' ? new UserError('notVisible') : error)
    }
  }
}

/** A refusal, in the place itself, under what was refused. */
async function answer(house: EarHouse, incoming: Incoming, place: KnownPlace, error: UserError): Promise<void> {
  const { store } = house
  const once = Buffer.from(store.vault.hash('answer', incoming.channel, incoming.updateKey)).toString('base64url')
  await store.transaction(async (tx) => {
    const { count } = await tx.receipt.createMany({
      data: { channel: 'places', updateKey: once, at: house.clock() },
      skipDuplicates: true,
    })
    if (count === 0) return
    const key = incoming.messageKey ?? (incoming.event.kind === 'button' ? incoming.event.messageKey : undefined)
    await tx.remark.create({
      data: {
        placeId: place.id,
        key: `error.${error.code}`,
        values: error.values,
        replyTo: key ? store.vault.house.seal('remark.reply_to', key) : null,
        at: house.clock(),
      },
    })
  })
  store.signals.emit('case', place.caseId)
}
