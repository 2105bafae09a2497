/** The outbox's rows: claimed with a lease, marked when they went out. */
import type { Sql } from '../store/store.js'
import type { ChannelName } from './channel.js'
import type { SentTimer } from './think.js'

/** A claimed message that is not marked within this time was left by a process that died; it is sent again. */
export const LEASE_MS = 45_000
/** A large file over a poor line: longer than any channel's own limit for an upload, or a second process would send it too. */
const FILE_LEASE_MS = 600_000

export type Due = {
  id: string
  conversationId: string
  caseId: string | null
  author: string
  body: Uint8Array | null
  fileId: string | null
  attempts: number
  timer: SentTimer[] | null
  /** The channel's id, sealed, of the earlier message that this one answers. */
  answersKey: Uint8Array | null
  channel: ChannelName
  address: Uint8Array
  personId: string
  wrappedKey: Uint8Array | null
}

/**
 * Claims up to `limit` messages, at most one for each conversation, and that its oldest: order per address is kept because the next
 * one is not claimed before this one is marked. SKIP LOCKED lets several processes claim side by side without waiting.
 */
export const claimDue = (sql: Sql, now: Date, channels: ChannelName[], limit: number): Promise<Due[]> =>
  sql<Due>(
    `with heads as (
       select distinct on (m.conversation_id) m.id, m.state, m.not_before, m.lease_until
         from message m where m.state in ('due', 'sending') order by m.conversation_id, m.id),
     ready as (
       select m.id from message m join heads h on h.id = m.id
         join conversation c on c.id = m.conversation_id join address a on a.id = c.address_id
        where a.channel = any($2::text[])
          -- Who cleared the chat gets answers, but nobody's new words until they write again. Where it cleared itself only the bot is
          -- silent (it says nothing then): a consultant's answer in an open case is what the client waits for, and comes.
          and (a.state in ('open', 'cleaned') or (a.state = 'quiet' and m.author = 'bot'))
          and ((m.state = 'due' and m.not_before <= $1) or (m.state = 'sending' and m.lease_until <= $1))
        order by m.id limit $3::int for update of m skip locked)
     update message m set state = 'sending', lease_until = $1::timestamptz + case when m.file_id is null then $4::int else $5::int end * interval '1 ms', attempts = m.attempts + 1
       from ready, conversation c, address a, person p
      where m.id = ready.id and c.id = m.conversation_id and a.id = c.address_id and p.id = c.person_id
     returning m.id::text as id, m.conversation_id as "conversationId", m.case_id as "caseId", m.author, m.body, m.file_id as "fileId",
       m.attempts, m.timer, (select r.channel_key from message r where r.id = m.answers) as "answersKey", a.channel, a.sealed as address, p.id as "personId", p.wrapped_key as "wrappedKey"`,
    [now, channels, limit, LEASE_MS, FILE_LEASE_MS],
  )

/**
 * Marks as sent, and starts the reminder clocks that hang on the message. False when the message no longer stands as being sent
 * (dropped meanwhile, or sent by another process); asked twice with the same key, it says the same.
 */
export async function markSent(
  sql: Sql,
  due: Due,
  now: Date,
  key: { sealed: Uint8Array; hash: Uint8Array },
): Promise<boolean> {
  const [row] = await sql<{ stands: boolean }>(
    `with sent as (
       update message set state = 'sent', sent_at = $2, lease_until = null, error = null, channel_key = $3, channel_hash = $4
        where id = $1::bigint and state = 'sending' returning conversation_id),
     timed as (
       insert into timer (conversation_id, key, turn, due_at)
       select conversation_id, t.key, t.turn, $2::timestamptz + t."afterMs" * interval '1 ms'
         from sent, jsonb_to_recordset($5::jsonb) as t(key text, turn int, "afterMs" bigint)
       on conflict (conversation_id, key) do update set turn = excluded.turn, due_at = excluded.due_at)
     select exists (select 1 from sent)
         or exists (select 1 from message where id = $1::bigint and state = 'sent' and channel_hash = $4) as stands`,
    [due.id, now, key.sealed, key.hash, JSON.stringify(due.timer ?? [])],
  )
  return row?.stands ?? false
}

/** A wait that our own pace asked for is no failed attempt. */
export const markRetry = (sql: Sql, id: string, at: Date, code: string, counts = true) =>
  sql(
    `update message set state = 'due', not_before = $2, lease_until = null, error = $3, attempts = attempts - $4::int
      where id = $1::bigint and state = 'sending'`,
    [id, at, code, counts ? 0 : 1],
  )

/** `dead` is what staff see in the list of dead letters; `dropped` is what nobody should get any more. */
export const markEnded = (sql: Sql, id: string, state: 'dead' | 'dropped', code: string) =>
  sql(`update message set state = $2, lease_until = null, error = $3 where id = $1::bigint and state = 'sending'`, [
    id,
    state,
    code,
  ])

/** When the next message that may go out becomes due; only the oldest of each conversation counts, the others wait for it. */
export async function nextDue(sql: Sql, channels: ChannelName[]): Promise<Date | undefined> {
  const [row] = await sql<{ at: Date | null }>(
    `select min(case when h.state = 'due' then h.not_before else h.lease_until end) as at
       from (select distinct on (conversation_id) conversation_id, author, state, not_before, lease_until
               from message where state in ('due', 'sending') order by conversation_id, id) h
       join conversation c on c.id = h.conversation_id join address a on a.id = c.address_id
      where a.channel = any($1::text[]) and (a.state in ('open', 'cleaned') or (a.state = 'quiet' and h.author = 'bot'))`,
    [channels],
  )
  return row?.at ?? undefined
}

/** The channel's id, sealed, of a message that was sent; the newest correction of it has the same one. */
export async function keyOf(sql: Sql, id: string): Promise<Uint8Array | undefined> {
  const [row] = await sql<{ key: Uint8Array | null }>(
    `select channel_key as key from message where id = $1::bigint and state = 'sent'`,
    [id],
  )
  return row?.key ?? undefined
}

/** After a start on the embedded database nobody else can hold a lease: what a dead process left goes out at once. */
export const releaseLeases = (sql: Sql) =>
  sql(`update message set state = 'due', lease_until = null where state = 'sending'`)
