/**
 * Shows every open case in the groups of its centre, and keeps that in step: one worker that compares what a place shows with what the
 * case is, and does the next thing. Nothing is planned beforehand, so nothing can be lost or forgotten: after a crash it looks again.
 */
import type { Pace } from '../../conversation/budget.js'
import { type Channel, DeliveryError, type Outbound, type OutFile, PLACE_GONE } from '../../conversation/channel.js'
import { pauseAfter } from '../../conversation/deliver.js'
import type { House } from '../../conversation/house.js'
import { createWorker, type Worker } from '../../conversation/worker.js'
import { isTrouble } from '../../store/trouble.js'
import { type DrawnCase, drawCase, type HeadHouse } from './drawing.js'
import { claimPlaces, type DuePlace, nextPlace, releasePlace } from './due.js'
import { groupLacks, groupLost, groupMoved } from './groups.js'
import { headHash, type Item, itemsFor, markShown } from './items.js'
import { linesOf } from './lines.js'
import { SEALED, STAFF_CHANNELS } from './names.js'

const BATCH = 20
/** How much of a longer talk a new place shows. */
const RECOVER_MESSAGES = 20
/** A file that is still on its way holds up what came after it, so that order is kept. */
const FILE_WAIT_MS = 1000

export type MirrorHouse = House &
  HeadHouse & {
    channels: readonly Channel[]
    paces: ReadonlyMap<string, Pace>
    loadFile(fileId: string, personId: string): Promise<OutFile | undefined>
  }

/** A group that the house forgets goes with its last place. */
const EMPTY_GROUP = `delete from staff_group g where g.id = $1::uuid and g.state = 'leaving'
  and not exists (select 1 from place p where p.group_id = g.id)`

/** Thrown to give a place back until later. */
class Wait extends Error {
  constructor(
    readonly at: Date,
    readonly code: string,
    /** Our own pace is no failure. */
    readonly counts: boolean,
  ) {
    super(code)
  }
}

export function createMirror(house: MirrorHouse): Worker {
  const { store, clock, log } = house

  const ready = () => house.channels.filter(canShow).map(({ name }) => name)

  /** Waits its turn in the group, then speaks there. */
  const speak = async <T>(place: DuePlace, what: string, act: () => Promise<T>): Promise<T> => {
    const now = clock()
    const pause =
      house.paces.get(place.channel)?.take(place.groupId, `${place.id} ${what}`, now.getTime(), place.groupId) ?? 0
    if (pause > 0) throw new Wait(new Date(now.getTime() + pause), 'PACE', false)
    return act()
  }

  const send = (place: DuePlace, address: string, message: Omit<Outbound, 'address'>) =>
    speak(place, message.id, () =>
      channelOf(place).send({ ...message, address, guarded: true, ...(place.attempts > 1 ? { again: true } : {}) }),
    )

  const channelOf = (place: DuePlace): Channel => {
    const channel = house.channel(place.channel)
    if (!channel?.rooms) throw new DeliveryError('retry', 'CHANNEL_OFF')
    return channel
  }

  const open = async (place: DuePlace, drawn: DrawnCase): Promise<string> => {
    const group = store.vault.house.openText(SEALED.group, place.group)
    const rooms = channelOf(place).rooms
    if (!rooms) throw new DeliveryError('retry', 'CHANNEL_OFF')
    const first = {
      id: `${place.id} head`,
      ...drawn.head,
      guarded: true,
      ...(place.attempts > 1 ? { again: true } : {}),
    }
    const { address, messageKey } = await speak(place, 'open', () => rooms.open(group, drawn.title, first))
    await store.sql(
      `update place set sealed = $2, hash = $3, head_key = $4, drawn = $5,
         cursor = coalesce((select min(id) - 1 from (select id from message where case_id = $6::uuid order by id desc limit $7::int) newest), 0)
        where id = $1::uuid`,
      [
        place.id,
        store.vault.house.seal(SEALED.place, address),
        store.vault.hash('place', place.channel, address),
        store.vault.house.seal(SEALED.head, messageKey),
        place.drawing,
        place.caseId,
        RECOVER_MESSAGES,
      ],
    )
    await knowHead(place, messageKey)
    return address
  }

  /** A messenger may name only the group beside a button of an old message. */
  const knowHead = (place: DuePlace, messageKey: string) =>
    store.sql('insert into copy (place_id, sealed, hash) values ($1::uuid, $2, $3) on conflict do nothing', [
      place.id,
      store.vault.house.seal(SEALED.copy, messageKey),
      headHash(store.vault, place.channel, store.vault.house.openText(SEALED.group, place.group), messageKey),
    ])

  const redraw = async (place: DuePlace, address: string, drawn: DrawnCase): Promise<void> => {
    const headKey = place.headKey && store.vault.house.openText(SEALED.head, place.headKey)
    if (headKey) {
      const id = `${place.id} ${place.drawing}`
      await send(place, address, { id, ...drawn.head, edits: headKey }).catch(async (error: unknown) => {
        if (!isRefused(error)) throw error
        // Somebody deleted it; its buttons are needed all the same, and the client's words must not wait for it.
        const { messageKey } = await send(place, address, { id: `${id} again`, ...drawn.head })
        await store.sql('update place set head_key = $2 where id = $1::uuid', [
          place.id,
          store.vault.house.seal(SEALED.head, messageKey),
        ])
        await knowHead(place, messageKey)
      })
    }
    await store.sql('update place set drawn = $2 where id = $1::uuid', [place.id, place.drawing])
    if (drawn.closed) await channelOf(place).rooms?.setOpen(address, false)
  }

  const show = async (place: DuePlace, address: string, item: Item, drawn: DrawnCase): Promise<void> => {
    const { limits } = channelOf(place)
    if (item.kind === 'message' && item.file?.state === 'wanted')
      throw new Wait(new Date(clock().getTime() + FILE_WAIT_MS), 'FILE_WAITS', false)
    const file =
      item.kind === 'message' && item.file?.state === 'kept'
        ? await house.loadFile(item.file.id, drawn.personId)
        : undefined
    const parts = linesOf(item, drawn.words, file ? limits.caption : limits.text)
    const replyTo =
      'replyTo' in item && item.replyTo
        ? store.vault.house.openText(item.kind === 'remark' ? SEALED.remark : SEALED.copy, item.replyTo)
        : undefined
    let key: string | undefined
    for (const [nth, text] of parts.entries()) {
      const message = {
        id: `${place.id} ${item.kind} ${item.id} ${nth}`,
        text,
        ...(nth === 0 && file ? { file } : {}),
        ...(nth === 0 && replyTo ? { replyTo } : {}),
      }
      try {
        const sent = await send(place, address, message)
        key ??= sent.messageKey
      } catch (error) {
        if (!isRefused(error)) throw error
        // What this messenger does not take is read at the desk; what comes after it must not wait for it.
        log.warn({ code: error.code, channel: place.channel }, 'Something could not be shown in a staff group.')
        await remark(place, 'line.notShown', { code: error.code })
        break
      }
    }
    await markShown(store, place, address, item, key)
  }

  const remark = (place: DuePlace, key: string, values: Record<string, string>) =>
    store.db.remark.create({ data: { placeId: place.id, key, values, at: clock() } })

  /** Everything that this place wants, one after the other. */
  const work = async (place: DuePlace): Promise<void> => {
    const address = place.sealed ? store.vault.house.openText(SEALED.place, place.sealed) : undefined
    if (place.over) return takeAway(place, address)
    const drawn = place.caseId ? await drawCase(house, place) : undefined
    if (!drawn || !place.caseId) return takeAway(place, address)
    const at = address ?? (await open(place, drawn))
    if (address && place.stale) await redraw(place, address, drawn)
    await showAll(place, at, drawn, place.caseId)
  }

  const showAll = async (place: DuePlace, address: string, drawn: DrawnCase, caseId: string): Promise<void> => {
    // Read before the items: what comes between the two is looked at the next time.
    const [at] = await store.sql<{ cursor: string; last: string }>(
      `select p.cursor::text as cursor, (select coalesce(max(id), 0)::text from message where case_id = $2::uuid) as last
         from place p where p.id = $1::uuid`,
      [place.id, caseId],
    )
    const items = await itemsFor(store, { id: place.id, cursor: at?.cursor ?? '0' }, caseId, drawn.drawer)
    for (const item of items) await show(place, address, item, drawn)
    // What was written here itself needs no copy, and is not looked at again.
    if (!items.some(({ kind }) => kind === 'message'))
      await store.sql('update place set cursor = greatest(cursor, $2::bigint) where id = $1::uuid', [
        place.id,
        at?.last ?? '0',
      ])
  }

  const takeAway = async (place: DuePlace, address: string | undefined): Promise<void> => {
    if (address) {
      const copies = await store.db.copy.findMany({ where: { placeId: place.id }, select: { sealed: true } })
      const keys = copies.map(({ sealed }) => store.vault.house.openText(SEALED.copy, sealed)).filter(Boolean)
      if (place.headKey) keys.push(store.vault.house.openText(SEALED.head, place.headKey))
      await channelOf(place).rooms?.remove(address, keys)
    }
    await store.sql('delete from place where id = $1::uuid', [place.id])
    await store.sql(EMPTY_GROUP, [place.groupId])
  }

  /** What went wrong, and what is to become of the place. */
  const failed = async (place: DuePlace, error: unknown): Promise<void> => {
    if (error instanceof Wait)
      return void (await releasePlace(store.sql, place.id, { at: error.at, error: error.code, counts: error.counts }))
    if (isTrouble(error)) throw error
    const { policy, code, detail } =
      error instanceof DeliveryError
        ? error
        : { policy: 'retry' as const, code: 'PLACE_FAILED', detail: {} as DeliveryError['detail'] }
    log.warn(
      { code, channel: place.channel, policy, attempts: place.attempts },
      'A case could not be shown in a staff group.',
    )
    if (code === PLACE_GONE) await begunAnew(place)
    else if (policy === 'gone') await groupLost(house, place.groupId, code)
    else if (policy === 'refused') await groupLacks(house, place.groupId, code)
    else if (policy === 'moved' && detail.to) await groupMoved(house, place.groupId, place.channel, detail.to)
    const pause = code === PLACE_GONE ? 0 : (detail.retryAfterMs ?? pauseAfter(place.attempts))
    await releasePlace(store.sql, place.id, { at: new Date(clock().getTime() + pause), error: code, counts: true })
  }

  /** Somebody deleted the topic: a new one is opened, with the last of what was said. */
  const begunAnew = async (place: DuePlace): Promise<void> => {
    await store.sql('delete from copy where place_id = $1::uuid', [place.id])
    await store.sql(
      'update place set sealed = null, hash = null, head_key = null, drawn = null, attempts = 0 where id = $1::uuid',
      [place.id],
    )
    await remark(place, 'line.begunAnew', {})
  }

  return createWorker({
    name: 'places',
    log,
    clock,
    async run() {
      const due = await claimPlaces(store.sql, clock(), ready(), BATCH)
      await Promise.all(
        due.map(async (place) => {
          try {
            await work(place)
            await releasePlace(store.sql, place.id)
          } catch (error) {
            await failed(place, error)
          }
        }),
      )
      if (due.length > 0) return clock()
      return nextPlace(store.sql, clock(), ready())
    },
    wakenBy: (wake) => store.signals.on('case', wake),
  })
}

const canShow = (channel: Channel): boolean =>
  STAFF_CHANNELS.some((name) => name === channel.name) &&
  channel.rooms !== undefined &&
  (channel.health().state === 'up' || channel.health().sends === true)

const isRefused = (error: unknown): error is DeliveryError =>
  error instanceof DeliveryError && error.policy === 'refused' && error.code !== PLACE_GONE
