/** Somebody who was never here: a person with a key of their own, their address, and the conversation on it. */
import { randomUUID } from 'node:crypto'
import type { Sql, Store } from '../store/store.js'
import type { ChannelName } from './channel.js'
import { create, type Loaded } from './records.js'

/** Undefined when another process was first. */
export async function welcome(
  store: Pick<Store, 'vault'>,
  sql: Sql,
  first: { channel: ChannelName; address: string; at: Date },
): Promise<Loaded | undefined> {
  const { channel, address, at } = first
  const personId = randomUUID()
  const wrappedKey = store.vault.newKey(personId)
  const sealed = store.vault.drawer(personId, wrappedKey).seal('address.sealed', address)
  const hash = store.vault.hash('address', channel, address)
  return create(sql, { personId, wrappedKey, channel, hash, sealed, at })
}
