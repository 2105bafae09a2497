/** Takes messages away on the channel's side, both ours and the person's own, where the channel lets us. */
import { sqlOf, type Tx } from '../store/store.js'
import { type Channel, type ChannelName, DeliveryError } from './channel.js'
import { pauseAfter } from './deliver.js'
import { faultOf } from './fault.js'
import type { House } from './house.js'
import type { Turn } from './turn.js'
import { createWorker, type Worker } from './worker.js'

/** So many are taken up at a time; a channel takes away those of one address together. */
const BATCH = 100
/** With the pauses between them about two days: after that the channels that have a limit do not let us. */
const MAX_ATTEMPTS = 55

/** Plans the removal of everything said on this address that the channel still lets us remove. */
export async function planRemovals(house: Pick<House, 'channel'>, tx: Tx, turn: Turn): Promise<void> {
  const { removableMs = turn.now.getTime() } = house.channel(turn.loaded.channel)?.limits ?? {}
  const rows = await sqlOf(tx)<{ key: Uint8Array }>(
    `select channel_key as key from message
      where conversation_id = $1::uuid and channel_key is not null and coalesce(sent_at, created_at) > $2`,
    [turn.loaded.conversationId, new Date(turn.now.getTime() - removableMs)],
  )
  const keys = rows.map(({ key }) => new Uint8Array(key))
  for (const key of turn.heardKeys) keys.push(turn.drawer.seal('message.channel_key', key))
  // What is planned for later, because the chat clears itself, goes now as well
  const { addressId } = turn.loaded
  await tx.removal.updateMany({ where: { addressId, notBefore: { gt: turn.now } }, data: { notBefore: turn.now } })
  await tx.removal.createMany({
    data: keys.map((channelKey) => ({ addressId, channelKey, notBefore: turn.now })),
  })
}

/** Takes away the message that began this turn: it held what should not stand in the chat. */
export async function planRemovalOfHeard(
  tx: Tx,
  { heardKeys, drawer, loaded: { addressId }, now }: Turn,
): Promise<void> {
  await tx.removal.createMany({
    data: heardKeys.map((key) => ({ addressId, channelKey: drawer.seal('message.channel_key', key), notBefore: now })),
  })
}

const retryAfter = (error: unknown) => (error instanceof DeliveryError ? error.detail.retryAfterMs : undefined)

type Planned = {
  id: string
  addressId: string
  attempts: number
  channelKey: Uint8Array
  channel: ChannelName
  address: Uint8Array
  personId: string
  wrappedKey: Uint8Array
}

function byAddress(planned: Planned[]): Map<string, Planned[]> {
  const groups = new Map<string, Planned[]>()
  for (const one of planned) groups.set(one.addressId, [...(groups.get(one.addressId) ?? []), one])
  return groups
}

export function createRemover(house: House & { channels: Channel[] }): Worker {
  const { store, clock } = house

  const forget = (planned: Planned[]) =>
    store.sql('delete from removal where id = any($1::bigint[])', [planned.map(({ id }) => id)])

  /** Puts it off, or gives it up when it will never work. */
  const failed = async (planned: Planned, error: unknown): Promise<void> => {
    const lasting = error instanceof DeliveryError && error.policy !== 'retry'
    if (!lasting && planned.attempts + 1 < MAX_ATTEMPTS) {
      await store.sql('update removal set attempts = attempts + 1, not_before = $2 where id = $1::bigint', [
        planned.id,
        new Date(clock().getTime() + (retryAfter(error) ?? pauseAfter(planned.attempts + 1))),
      ])
      return
    }
    const where = { channel: planned.channel, code: faultOf(error) }
    house.log.warn(where, 'A message could not be taken away on the channel’s side.')
    await forget([planned])
  }

  const open = (planned: Planned) => {
    const drawer = store.vault.drawer(planned.personId, planned.wrappedKey)
    return {
      address: drawer.openText('address.sealed', planned.address),
      key: drawer.openText('message.channel_key', planned.channelKey),
    }
  }

  const removeOne = async (planned: Planned): Promise<void> => {
    try {
      const { address, key } = open(planned)
      await house.channel(planned.channel)?.remove?.(address, key)
    } catch (error) {
      return failed(planned, error)
    }
    await forget([planned])
  }

  /** All of one address at once, where the channel can; one by one when one of them holds up the others. */
  const removeTogether = async (planned: Planned[]): Promise<void> => {
    const [first] = planned
    const channel = first && house.channel(first.channel)
    if (!channel?.removeMany || planned.length === 1) return void (await Promise.all(planned.map(removeOne)))
    try {
      const opened = planned.map(open)
      const [{ address = '' } = {}] = opened
      await channel.removeMany(
        address,
        opened.map(({ key }) => key),
      )
    } catch (error) {
      const isForAll = error instanceof DeliveryError && error.policy !== 'refused'
      return void (await Promise.all(planned.map((one) => (isForAll ? failed(one, error) : removeOne(one)))))
    }
    await forget(planned)
  }

  return createWorker({
    name: 'removals',
    log: house.log,
    clock,
    async run() {
      // A channel that is away keeps its removals, as it keeps its messages.
      const up = house.channels.filter((channel) => channel.health().state === 'up').map(({ name }) => name)
      const planned = await store.sql<Planned>(
        `select r.id::text as id, r.address_id as "addressId", r.attempts, r.channel_key as "channelKey", a.channel, a.sealed as address, p.id as "personId",
                p.wrapped_key as "wrappedKey"
           from removal r join address a on a.id = r.address_id join person p on p.id = a.person_id
          where r.not_before <= $1 and a.channel = any($3::text[]) and p.wrapped_key is not null order by r.id desc limit $2::int`,
        [clock(), BATCH, up],
      )
      await Promise.all([...byAddress(planned).values()].map(removeTogether))
      if (planned.length > 0) return clock()
      const [next] = await store.sql<{ at: Date | null }>(
        'select min(r.not_before) as at from removal r join address a on a.id = r.address_id where a.channel = any($1::text[])',
        [up],
      )
      return next?.at ?? undefined
    },
    wakenBy: (wake) => store.signals.on('outbox', wake),
  })
}
