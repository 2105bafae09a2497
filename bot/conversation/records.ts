/** The rows of a turn: read in one statement, written in one statement, so that a message costs two round trips. */
import type { Sql } from '../store/store.js'
import type { ChannelName } from './channel.js'
import type { SentTimer } from './think.js'

export type Owner = 'bot' | 'queue' | 'human' | 'nobody'

export type ConsentState = { given: boolean; version: string; withdrawn: boolean }

export type Loaded = {
  personId: string
  role: string
  wrappedKey: Uint8Array | null
  /** Keyed hash of the word that clears this person's chat (`neutral-word.ts`). */
  neutralWord: Uint8Array | null
  language: string | null
  country: string | null
  city: string | null
  /** Where the group of a worker meets who has not said where they are. */
  groupZone: string | null
  addressId: string
  addressState: string
  channel: ChannelName
  conversationId: string
  owner: Owner
  caseId: string | null
  state: Uint8Array | null
  revision: number
  /** The latest word on each kind of consent. */
  consents: Record<string, ConsentState> | null
  /** Whether this update, or this message, was taken before. */
  seen: boolean
}

const COLUMNS = `p.id as "personId", p.role, p.wrapped_key as "wrappedKey", p.neutral_word as "neutralWord", p.language, p.country, p.city,
  case when p.role = 'worker' and p.country is null then (
    select g.time_zone from enrolment e join programme_group g on g.id = e.group_id
     where e.person_id = p.id order by e.joined_on desc limit 1) end as "groupZone",
  a.id as "addressId", a.state as "addressState", a.channel,
  c.id as "conversationId", c.owner, c.case_id as "caseId", c.state, c.revision,
  (select jsonb_object_agg(kind, jsonb_build_object('given', given, 'version', version, 'withdrawn', withdrawn_at is not null))
     from (select distinct on (kind) kind, given, version, withdrawn_at from consent k
            where k.person_id = p.id order by kind, id desc) latest) as consents`

const FROM = 'from address a join person p on p.id = a.person_id join conversation c on c.address_id = a.id'

/**
 * `lock` keeps every other writer of this conversation waiting until the transaction ends: no message is answered from an old position.
 * The lock is a statement of its own: one that both waits and reads would see the fresh conversation beside the language, consents and
 * receipts from before its wait, and write those back.
 */
export async function loadByAddress(
  sql: Sql,
  key: { channel: string; hash: Uint8Array; updateKey: string; contentKey: Uint8Array | null },
  lock: boolean,
): Promise<Loaded | undefined> {
  if (lock)
    await sql(
      'select c.id from conversation c join address a on a.id = c.address_id where a.channel = $1 and a.hash = $2 for update of c',
      [key.channel, key.hash],
    )
  const [row] = await sql<Loaded>(
    `select ${COLUMNS}, exists (select 1 from receipt r where r.channel = $1 and (r.update_key = $3 or r.content_key = $4)) as seen
     ${FROM} where a.channel = $1 and a.hash = $2`,
    [key.channel, key.hash, key.updateKey, key.contentKey],
  )
  return row
}

/** Locks, too; for a turn that no message began. */
export async function loadById(sql: Sql, conversationId: string): Promise<Loaded | undefined> {
  await sql('select id from conversation where id = $1::uuid for update', [conversationId])
  const [row] = await sql<Loaded>(`select ${COLUMNS}, false as seen ${FROM} where c.id = $1::uuid`, [conversationId])
  return row
}

/** First contact: the person, the address and the conversation, made once however many processes try. Undefined when another was first. */
export async function create(
  sql: Sql,
  first: {
    personId: string
    wrappedKey: Uint8Array
    channel: ChannelName
    hash: Uint8Array
    sealed: Uint8Array
    at: Date
  },
): Promise<Loaded | undefined> {
  const { personId, wrappedKey, channel } = first
  const [made] = await sql<{ addressId: string; conversationId: string }>(
    `with fresh as (
       insert into address (id, person_id, channel, hash, sealed, created_at)
       select gen_random_uuid(), $1::uuid, $3, $4, $5, $6 where not exists (select 1 from address where channel = $3 and hash = $4)
       returning id),
     known as (insert into person (id, wrapped_key, created_at) select $1::uuid, $2, $6 from fresh)
     insert into conversation (id, person_id, address_id, updated_at) select gen_random_uuid(), $1::uuid, id, $6 from fresh
     returning address_id as "addressId", id as "conversationId"`,
    [personId, wrappedKey, channel, first.hash, first.sealed, first.at],
  )
  if (!made) return undefined
  return {
    ...made,
    personId,
    wrappedKey,
    channel,
    role: 'client',
    neutralWord: null,
    language: null,
    country: null,
    city: null,
    groupZone: null,
    addressState: 'open',
    owner: 'bot',
    caseId: null,
    state: null,
    revision: 0,
    consents: null,
    seen: false,
  }
}

export type MessageRow = {
  case_id: string | null
  direction: 'in' | 'out'
  author: 'client' | 'bot' | 'staff'
  staff_id?: string | null
  /** Base64 of the sealed body. */
  body: string | null
  file_id?: string | null
  state: 'received' | 'due'
  /** When the person said it, by the channel's clock. */
  sent_at?: string
  channel_key?: string | null
  channel_hash?: string | null
  /** The earlier message that this one answers: our own id, or the hash of the channel's. */
  answers?: string | null
  answers_hash?: string | null
  /** Clocks that start when the message was really sent. */
  timer?: SentTimer[]
}

export type FileRow = {
  id: string
  kind: string
  mime: string
  bytes: number
  name: string | null
  ref: string | null
  state: 'wanted' | 'kept'
}

export type Written = {
  loaded: Pick<Loaded, 'conversationId' | 'revision' | 'personId' | 'addressId' | 'channel'>
  now: Date
  receipt: { updateKey: string; contentKey: Uint8Array | null } | null
  owner: Owner
  caseId: string | null
  state: Uint8Array | null
  flow: string | null
  version: string | null
  person: { language: string | null; country: string | null; city: string | null }
  messages: MessageRow[]
  files: FileRow[]
  timers: { key: string; turn: number; due: string }[]
  cancelled: string[]
  /** The case that now waits for an answer to the client's words. */
  waiting: string | null
  /** What the address becomes; null leaves it. Whoever writes to us can be reached, whatever we believed. */
  addressState: 'open' | 'quiet' | null
}

/**
 * Writes a whole turn in one statement. False when another writer was first (the revision moved on): nothing was written, load again.
 * A duplicate update violates the receipt's key and rejects the statement, and with it everything.
 */
export async function write(sql: Sql, turn: Written): Promise<boolean> {
  const rows = await sql<{ id: string }>(
    `with moved as (
       update conversation set owner = $3, case_id = $4::uuid, state = $5, flow = $6, version = $7, revision = revision + 1, updated_at = $8
        where id = $1::uuid and revision = $2::int returning id),
     taken as (
       insert into receipt (channel, update_key, content_key, at) select $9, $10, $11::bytea, $8 from moved where $10::text is not null),
     known as (
       update person set language = $13, country = $14, city = $15 from moved
        where person.id = $12::uuid
          and (person.language, person.country, person.city) is distinct from ($13::text, $14::text, $15::text)),
     filed as (
       insert into file (id, person_id, kind, mime, bytes, name, channel, ref, state, not_before, created_at)
       select f.id, $12::uuid, f.kind, f.mime, f.bytes, decode(f.name, 'base64'), $9, decode(f.ref, 'base64'), f.state, $8, $8
         from moved, jsonb_to_recordset($16::jsonb) as f(id uuid, kind text, mime text, bytes int, name text, ref text, state text)),
     said as (
       insert into message (conversation_id, case_id, direction, author, staff_id, body, file_id, state, not_before, channel_key, channel_hash, answers, timer, created_at, sent_at)
       select moved.id, m.case_id, m.direction, m.author, m.staff_id, decode(m.body, 'base64'), m.file_id, m.state, $8,
              decode(m.channel_key, 'base64'), decode(m.channel_hash, 'base64'),
              coalesce(m.answers, (select r.id from message r where r.conversation_id = moved.id and r.channel_hash = decode(m.answers_hash, 'base64') order by r.id limit 1)),
              m.timer, $8, m.sent_at
         from moved, rows from (jsonb_to_recordset($17::jsonb) as (case_id uuid, direction text, author text, staff_id uuid, body text,
              file_id uuid, state text, channel_key text, channel_hash text, answers bigint, answers_hash text, timer jsonb, sent_at timestamptz))
              with ordinality as m(case_id, direction, author, staff_id, body, file_id, state, channel_key, channel_hash, answers, answers_hash, timer, sent_at, nth)
        order by m.nth),
     cancelled as (delete from timer using moved where conversation_id = moved.id and key = any($19::text[])),
     timed as (
       insert into timer (conversation_id, key, turn, due_at)
       select moved.id, t.key, t.turn, t.due from moved, jsonb_to_recordset($18::jsonb) as t(key text, turn int, due timestamptz)
       on conflict (conversation_id, key) do update set turn = excluded.turn, due_at = excluded.due_at),
     hushed as (
       update address set state = $22 from moved where address.id = $21::uuid and address.state <> $22::text),
     waits as (
       update case_file set waiting_since = coalesce(waiting_since, $8) from moved where case_file.id = $20::uuid and case_file.state <> 'closed')
     select id from moved`,
    [
      turn.loaded.conversationId,
      turn.loaded.revision,
      turn.owner,
      turn.caseId,
      turn.state,
      turn.flow,
      turn.version,
      turn.now,
      turn.loaded.channel,
      turn.receipt?.updateKey ?? null,
      turn.receipt?.contentKey ?? null,
      turn.loaded.personId,
      turn.person.language,
      turn.person.country,
      turn.person.city,
      JSON.stringify(turn.files),
      JSON.stringify(turn.messages),
      JSON.stringify(turn.timers),
      turn.cancelled,
      turn.waiting,
      turn.loaded.addressId,
      turn.addressState,
    ],
  )
  return rows.length > 0
}
