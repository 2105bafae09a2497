/**
 * The chat that clears itself (S20): on channels that let nothing old be taken away, each message goes from the phone while it still can.
 * Only the channel's copies go; what we keep, and how long, is another matter (`lifetimes.ts`).
 */
import type { Channel } from '../conversation/channel.js'
import type { House } from '../conversation/house.js'
import { createWorker, type Worker } from '../conversation/worker.js'
import { sqlOf, type Tx } from '../store/store.js'
import { CLEANS } from './clean-choice.js'

const MINUTE = 60_000

/** So long before the channel's limit a message is gone at the latest: we, or the channel, may be away meanwhile. */
const SPARE_MS = 8 * 60 * MINUTE
const EVERY_MS = 5 * MINUTE
/** Taken up so much earlier that a talk which is busy in one round still has the next. */
const LEAD_MS = 2 * EVERY_MS

/** How old a message is when it goes. */
const goesAfter = (removableMs: number) => removableMs - SPARE_MS - LEAD_MS

/** The channels that take part, as a query reads them. */
export const cleaningChannels = (channels: readonly Channel[]): string =>
  JSON.stringify(
    channels.flatMap(({ name, limits: { removableMs } }) =>
      removableMs ? [{ channel: name, lastMs: removableMs, goMs: goesAfter(removableMs) }] : [],
    ),
  )

/** Conversations of one round; the removals go a hundred messages at a time. */
const BATCH = 100

/**
 * Whose chats have something due. Only messages between "due" and "too late" are looked at, so neither the history nor what was
 * missed for ever (we were away too long) costs anything, and nothing is tried that the channel would refuse. The locks see to it that
 * of two processes one cleans.
 */
const DUE_CHATS = `select c.id from conversation c where c.id in (
    select m.conversation_id from message m
      join conversation t on t.id = m.conversation_id join address a on a.id = t.address_id join person p on p.id = t.person_id
     where m.sent_at > $1 and m.sent_at <= $2 and m.channel_key is not null
       and a.channel = $3 and p.role = 'client' and p.wrapped_key is not null and ${CLEANS}
     limit $4::int)
   for update of c skip locked`

/**
 * Hands the messages over to be removed, keyboards too. Where the person has written nothing since, the bot is silent until they do
 * (S22); a statement after the lock, so that it sees what was written while we waited for it.
 */
const CLEAN = `with due as (
    select m.id, c.address_id, m.channel_key from message m join conversation c on c.id = m.conversation_id
     where c.id = any($1::uuid[]) and m.sent_at > $2 and m.sent_at <= $3 and m.channel_key is not null),
  planned as (insert into removal (address_id, channel_key, not_before) select address_id, channel_key, $4 from due),
  taken as (update message m set channel_key = null from due where m.id = due.id),
  still as (
    select c.id, c.address_id from conversation c where c.id = any($1::uuid[]) and not exists (
      select 1 from message n where n.conversation_id = c.id and n.author = 'client' and n.sent_at > $3)),
  cleared as (update conversation c set cleared_at = $4 from still where c.id = still.id),
  silenced as (delete from timer t using still where t.conversation_id = still.id)
  update address a set state = 'cleaned' from still where a.id = still.address_id and a.state = 'open'`

/** Takes up one channel's due chats; returns how many there were. */
async function cleanChats(tx: Tx, channel: Channel, removableMs: number, now: Date): Promise<number> {
  const sql = sqlOf(tx)
  const tooLate = new Date(now.getTime() - removableMs)
  const due = new Date(now.getTime() - goesAfter(removableMs))
  const chats = await sql<{ id: string }>(DUE_CHATS, [tooLate, due, channel.name, BATCH])
  const ids = chats.map(({ id }) => id)
  if (ids.length > 0) await sql(CLEAN, [ids, tooLate, due, now])
  return ids.length
}

export function createAutoClean(house: Pick<House, 'store' | 'clock' | 'log'> & { channels: Channel[] }): Worker {
  const { store, clock, log, channels } = house
  return createWorker({
    name: 'auto-clean',
    log,
    clock,
    longestSleepMs: EVERY_MS,
    async run() {
      let done = 0
      for (const channel of channels) {
        const { removableMs } = channel.limits
        if (removableMs) done += await store.transaction((tx) => cleanChats(tx, channel, removableMs, clock()))
      }
      if (done > 0) store.signals.emit('outbox')
      return done > 0 ? clock() : new Date(clock().getTime() + EVERY_MS)
    },
    wakenBy: () => () => undefined,
  })
}
