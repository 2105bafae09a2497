/**
 * Takes one update: in one transaction the receipt, the state, the answer and the timers. Resolves after the commit.
 * The short way is two statements, load and write, and an optimistic check between them. A turn that calls an action begins again
 * inside a transaction that holds the conversation's row; thinking is pure, so beginning again changes nothing.
 */
import { randomUUID } from 'node:crypto'
import { type Sql, sqlOf, type Tx } from '../store/store.js'
import { changeAddress } from './addresses.js'
import type { Incoming } from './channel.js'
import { hearIncoming } from './hear.js'
import type { House } from './house.js'
import { createPatience, type Patience } from './patience.js'
import { create, isDuplicate, type Loaded, loadByAddress, write } from './records.js'
import { createSerial } from './serial.js'
import { NeedsTransaction } from './think.js'
import { beginTurn, type Turn } from './turn.js'

/** How often a lost race is run again before the update is given back to its channel. */
const MAX_RACES = 8

export class RaceLost extends Error {
  readonly code = 'RACE_LOST'
}

/** `new`: nobody by this address yet; `race`: another writer was first. */
type Result = Turn | 'seen' | 'race' | 'new'

type Judgement = ReturnType<Patience['judge']>

type Key = { channel: string; hash: Uint8Array; updateKey: string; contentKey: Uint8Array | null }

export function createReceive(house: House): (incoming: Incoming) => Promise<void> {
  const { store } = house
  const oneAtATime = createSerial()
  const patience = createPatience()

  const keyOf = (incoming: Incoming): Key => ({
    channel: incoming.channel,
    hash: store.vault.hash('address', incoming.channel, incoming.address),
    updateKey: incoming.updateKey,
    // An edit is another update of the same message; a press is not a message at all.
    contentKey:
      incoming.messageKey && incoming.event.kind !== 'edit' && incoming.event.kind !== 'button'
        ? store.vault.hash('content', incoming.channel, incoming.address, incoming.messageKey)
        : null,
  })

  const welcome = async (incoming: Incoming, key: Key): Promise<void> => {
    const personId = randomUUID()
    const wrappedKey = store.vault.newKey(personId)
    const sealed = store.vault.drawer(personId, wrappedKey).seal('address.sealed', incoming.address)
    try {
      await create(store.sql, { personId, wrappedKey, channel: key.channel, hash: key.hash, sealed, at: house.clock() })
    } catch (error) {
      if (!isDuplicate(error)) throw error // another process was first
    }
  }

  const turnOf = (loaded: Loaded, incoming: Incoming): Turn =>
    beginTurn(loaded, {
      vault: store.vault,
      words: house.mind.words,
      measure: house.channel(incoming.channel)?.limits ?? { text: 4096, label: 64, buttons: 100 },
      now: house.clock(),
    })

  /** One try. */
  const attempt = async (
    incoming: Incoming,
    key: Key,
    pace: Judgement,
    sql: Sql,
    tx: Tx | undefined,
  ): Promise<Result> => {
    const loaded = await loadByAddress(sql, key, tx !== undefined)
    if (!loaded) return 'new'
    if (loaded.seen) return 'seen'
    const turn = turnOf(loaded, incoming)
    await hearIncoming(turn, house, incoming, pace, tx)
    const done = await write(sql, turn.written({ updateKey: key.updateKey, contentKey: key.contentKey }))
    return done ? turn : 'race'
  }

  /** The apology for a fault of ours: the update counts as taken, the position stays, somebody can read the log. */
  const apologise = async (incoming: Incoming, key: Key, cause: unknown): Promise<Result> => {
    house.log.warn(
      { code: faultOf(cause), channel: incoming.channel },
      'A message met a fault of ours; the person was told.',
    )
    const loaded = await loadByAddress(store.sql, key, false)
    if (!loaded || loaded.seen) return 'seen'
    const turn = turnOf(loaded, incoming)
    turn.hear(incoming, incoming.event.kind === 'text' ? { text: incoming.event.text } : null)
    turn.say({ text: { key: 'common:failed' }, buttons: [{ data: 'go:human', label: { key: 'common:humanButton' } }] })
    return (await write(store.sql, turn.written({ updateKey: key.updateKey, contentKey: key.contentKey })))
      ? turn
      : 'race'
  }

  const once = async (incoming: Incoming, key: Key, pace: Judgement): Promise<Result> => {
    try {
      return await attempt(incoming, key, pace, store.sql, undefined)
    } catch (error) {
      if (!(error instanceof NeedsTransaction)) throw error
      return await store.transaction((tx) => attempt(incoming, key, pace, sqlOf(tx), tx))
    }
  }

  const take = async (incoming: Incoming): Promise<void> => {
    const key = keyOf(incoming)
    if (await changeAddress(store, incoming, key.hash)) return
    // Judged once for an update, however often it is run.
    const pace = patience.judge(`${incoming.channel} ${incoming.address}`, house.clock().getTime())
    for (let race = 0; race < MAX_RACES; race++) {
      let result: Result
      try {
        result = await once(incoming, key, pace)
        if (result === 'new') await welcome(incoming, key)
      } catch (error) {
        if (isDuplicate(error)) return
        // With the database away the channel keeps the update and brings it again; a fault of ours would come back for ever.
        if (!(await store.alive())) throw error
        result = await apologise(incoming, key, error)
      }
      if (result === 'seen') return
      if (typeof result === 'object') return wake(result)
    }
    throw new RaceLost('Too many writers at once on one conversation.')
  }

  const wake = (turn: Turn): void => {
    store.signals.emit('outbox')
    store.signals.emit('files')
    store.signals.emit('conversation', turn.loaded.conversationId)
    const { caseId } = turn
    if (caseId) store.signals.emit('case', caseId)
    for (const each of turn.afterwards) each()
  }

  // Groups are for staff; what a stranger writes there opens no conversation.
  return (incoming) =>
    incoming.group ? Promise.resolve() : oneAtATime(`${incoming.channel} ${incoming.address}`, () => take(incoming))
}

/** A name for the log that holds nothing a person wrote. */
const faultOf = (cause: unknown): string => {
  const { code, name } = cause as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'FAULT'
}
