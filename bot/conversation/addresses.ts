/** What happens to an address itself: blocked, let in again, moved to another id. */
import type { Store } from '../store/store.js'
import type { Incoming } from './channel.js'

/** True when the update was about the address and nothing else is to be done. */
export async function changeAddress(store: Store, incoming: Incoming, hash: Uint8Array): Promise<boolean> {
  const { kind } = incoming.event
  if (kind === 'blocked' || kind === 'unblocked') {
    await closeAddress(store, incoming.channel, hash, kind === 'blocked' ? 'blocked' : 'open')
    return true
  }
  if (incoming.event.kind === 'moved') {
    await moveAddress(store, incoming.channel, hash, incoming.event.to)
    return true
  }
  return false
}

/** A closed address gets nothing more: what still waits to go out is dropped, not sent later to somebody who left. */
export async function closeAddress(
  store: Store,
  channel: string,
  hash: Uint8Array,
  state: 'open' | 'blocked' | 'gone',
) {
  await store.sql(
    `with changed as (update address set state = $3 where channel = $1 and hash = $2 returning id)
     update message set state = 'dropped' from conversation c, changed
      where $3 <> 'open' and c.address_id = changed.id and message.conversation_id = c.id and message.state in ('due', 'sending')`,
    [channel, hash, state],
  )
}

export async function moveAddress(store: Store, channel: string, hash: Uint8Array, to: string): Promise<void> {
  const address = await store.db.address.findUnique({
    where: { channel_hash: { channel, hash: new Uint8Array(hash) } },
    include: { person: true },
  })
  if (!address?.person.wrappedKey) return
  const drawer = store.vault.drawer(address.personId, address.person.wrappedKey)
  await store.db.address.update({
    where: { id: address.id },
    data: { hash: store.vault.hash('address', channel, to), sealed: drawer.seal('address.sealed', to) },
  })
}
