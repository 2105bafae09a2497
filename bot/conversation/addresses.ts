/** What happens to an address itself: blocked, let in again, moved to another id. */
import type { Store } from '../store/store.js'
import { isDuplicate } from '../store/trouble.js'
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

/**
 * A closed address gets nothing more: what still waits to go out is dropped, not sent later to somebody who left. Let in again it is as
 * it was: quiet, if the person had cleared the chat and not written since (S22).
 */
export async function closeAddress(
  store: Pick<Store, 'sql'>,
  channel: string,
  hash: Uint8Array,
  state: 'open' | 'blocked' | 'gone',
): Promise<void> {
  await store.sql(
    `with changed as (
       update address a set state = case when $3 <> 'open' then $3 when exists (
                select 1 from conversation c where c.address_id = a.id and c.cleared_at is not null and not exists (
                  select 1 from message m where m.conversation_id = c.id and m.author = 'client' and m.created_at > c.cleared_at))
                then 'quiet' else 'open' end
        where channel = $1 and hash = $2 and (state in ('blocked', 'gone')) = ($3 = 'open') returning id)
     update message set state = 'dropped', lease_until = null, error = 'ADDRESS_CLOSED' from conversation c, changed
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
  try {
    await store.db.address.update({
      where: { id: address.id },
      data: { hash: store.vault.hash('address', channel, to), sealed: drawer.seal('address.sealed', to) },
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    // Somebody wrote from the new address before we heard of the move: the talk goes on there, and the old one is over.
    await closeAddress(store, channel, hash, 'gone')
  }
}
