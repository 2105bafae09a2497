/**
 * Takes one update: in one transaction the receipt, the state, the answer and the timers. Resolves after the commit.
 * The short way is two statements, load and write, and an optimistic check between them. A turn that calls an action begins again
 * inside a transaction that holds the conversation's row; thinking is pure, so beginning again changes nothing.
 */
import { FILE_MAX_BYTES } from '../limits.js'
import { sqlOf, type Tx } from '../store/store.js'
import { isDuplicate, isLostRace, isTrouble } from '../store/trouble.js'
import { changeAddress } from './addresses.js'
import { beginTurn } from './begin-turn.js'
import { HUMAN_BUTTON } from './buttons.js'
import type { Incoming } from './channel.js'
import { faultOf } from './fault.js'
import { ALL, type Left, within } from './file-space.js'
import { welcome } from './first-contact.js'
import { hearIncoming } from './hear.js'
import type { House, Log } from './house.js'
import { createPatience, type Judgement } from './patience.js'
import { bodyOf } from './read-event.js'
import { loadByAddress, write } from './records.js'
import { createSerial } from './serial.js'
import { NeedsTransaction } from './think.js'
import type { Turn } from './turn.js'

/** How often a lost race is run again before the update is given back to its channel. */
const MAX_RACES = 8

/** Who lost this often waits for the row instead of racing for it: with two processes on one person somebody could lose for ever. */
const RACES_BEFORE_LOCK = 2

class RaceLost extends Error {
  readonly code = 'RACE_LOST'
}

/** `seen`: taken before; `race`: another writer was first. */
type Result = Turn | 'seen' | 'race'

type Key = { channel: string; hash: Uint8Array; updateKey: string; contentKey: Uint8Array | null }

export function createReceive(house: House): (incoming: Incoming) => Promise<void> {
  const { store } = house
  const oneAtATime = createSerial()
  const told = tellingOnce(house.log)
  const patience = createPatience()

  const keyOf = (incoming: Incoming): Key => ({
    channel: incoming.channel,
    hash: store.vault.hash('address', incoming.channel, incoming.address),
    // Hashed, because channels build names into it: the upper half of a Telegram press's id is the presser's own id.
    updateKey: Buffer.from(store.vault.hash('update', incoming.channel, incoming.updateKey)).toString('base64url'),
    // An edit is another update of the same message; a press is not a message at all.
    contentKey:
      incoming.messageKey && incoming.event.kind !== 'edit' && incoming.event.kind !== 'button'
        ? store.vault.hash('content', incoming.channel, incoming.address, incoming.messageKey)
        : null,
  })

  /** One try: what `hear` does to the turn is written, or nothing is. */
  const attempt = async (
    incoming: Incoming,
    key: Key,
    tx: Tx | undefined,
    hear: (turn: Turn, left: Left) => Promise<void> | void,
  ): Promise<Result> => {
    const sql = tx ? sqlOf(tx) : store.sql
    const { channel, address } = incoming
    const loaded =
      (await loadByAddress(sql, key, tx !== undefined)) ??
      (await welcome(store, sql, { channel, address, at: house.clock() }))
    if (!loaded) return 'race'
    if (loaded.seen) return 'seen'
    const turn = beginTurn(loaded, house)
    // Asked only for files: a message of words costs two round trips, and no more
    const left = incoming.event.kind === 'files' ? await house.space.left(sql, loaded.personId, turn.now) : ALL
    await hear(turn, left)
    return (await write(sql, turn.written(key))) ? turn : 'race'
  }

  /** The apology for a fault of ours: the update counts as taken, the position stays, somebody can read the log. */
  const apologise = async (incoming: Incoming, key: Key, cause: unknown): Promise<Result> => {
    house.log.warn(
      { code: faultOf(cause), channel: incoming.channel },
      'A message met a fault of ours; the person was told.',
    )
    return attempt(incoming, key, undefined, (turn, left) => {
      if (incoming.event.kind === 'files')
        turn.takeFiles(within(left, incoming.event.files).filter(({ bytes }) => bytes <= FILE_MAX_BYTES))
      turn.hear(incoming, bodyOf(incoming.event))
      // What was meant for a human still reaches one.
      if (turn.owner !== 'bot') turn.waiting = turn.caseId
      turn.say({ text: { key: 'common:failed' }, buttons: [HUMAN_BUTTON] })
    })
  }

  const once = async (incoming: Incoming, key: Key, pace: Judgement, locked: boolean): Promise<Result> => {
    const within = (tx: Tx | undefined) =>
      attempt(incoming, key, tx, (turn, left) => hearIncoming(turn, house, incoming, { pace, left }, tx))
    if (!locked) {
      try {
        return await within(undefined)
      } catch (error) {
        if (!(error instanceof NeedsTransaction)) throw error
      }
    }
    return store.transaction(within)
  }

  const take = async (incoming: Incoming): Promise<void> => {
    const key = keyOf(incoming)
    if (await changeAddress(store, incoming, key.hash)) return
    // Judged once for an update, however often it is run.
    const pace = patience.judge(`${incoming.channel} ${incoming.address}`, house.clock().getTime())
    for (let race = 1; race <= MAX_RACES; race++) {
      let result: Result
      try {
        result = await once(incoming, key, pace, race > RACES_BEFORE_LOCK)
      } catch (error) {
        // Somebody was first with what may be there only once; looking again tells whether it was this very update.
        if ((isDuplicate(error) || isLostRace(error)) && race < MAX_RACES) continue
        // With the database in trouble the channel keeps the update and brings it again; a fault of ours would come back for ever.
        if (isTrouble(error) || !(await store.alive())) {
          told.trouble(error)
          throw error
        }
        result = await apologise(incoming, key, error)
      }
      if (result === 'race') continue
      told.well()
      return result === 'seen' ? undefined : wake(result)
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
    for (const fault of turn.faults)
      house.log.warn({ code: faultOf(fault), what: turn.state.position?.flow ?? '' }, 'A flow met a fault of ours.')
  }

  // Groups are for staff; what a stranger writes there opens no conversation.
  const isStaffs = ({ group, event }: Incoming) => group === true || event.kind === 'home'
  return (incoming) =>
    oneAtATime(`${incoming.channel} ${incoming.address}`, async () =>
      isStaffs(incoming) ? house.staffroom?.(incoming) : take(incoming),
    )
}

/** Once when the trouble begins and once when it is over, not once for each message. */
function tellingOnce(log: Log) {
  let troubled = false
  return {
    trouble(error: unknown) {
      if (!troubled)
        log.warn({ code: faultOf(error) }, 'The database cannot take messages; they wait with their channel.')
      troubled = true
    },
    well() {
      if (troubled) log.info({}, 'The database can take messages again.')
      troubled = false
    },
  }
}
