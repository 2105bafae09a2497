/** What a place has not shown yet, in the order in which it happened. */
import type { Body } from '../../conversation/render.js'
import type { Sql, Store } from '../../store/store.js'
import type { Drawer, Vault } from '../../store/vault.js'
import { HELD } from '../held.js'
import { SEALED } from './names.js'

export type Item =
  | {
      kind: 'message'
      id: string
      author: 'client' | 'staff' | 'bot'
      alias: string | null
      body: Body
      file?: { id: string; state: 'wanted' | 'kept' | 'failed' | 'held' }
      /** The channel's id, sealed, of what it answers or corrects in this place. */
      replyTo: Uint8Array | null
    }
  | { kind: 'note'; id: string; alias: string; text: string }
  | { kind: 'remark'; id: string; key: string; values: Record<string, string | number>; replyTo: Uint8Array | null }

type MessageRow = {
  id: string
  author: 'client' | 'staff' | 'bot'
  alias: string | null
  body: Uint8Array | null
  fileId: string | null
  fileState: 'wanted' | 'kept' | 'failed' | 'held' | null
  replyTo: Uint8Array | null
  at: Date
}

/** More would only stand in a queue; the rest comes with the next look. */
const AT_ONCE = 20

/** What was written in this very place is not copied back into it. */
const MESSAGES = `select m.id::text as id, m.author, s.alias, m.body, m.file_id as "fileId", case when ${HELD} then 'held' else f.state end as "fileState", m.created_at as at,
    (select c.sealed from copy c where c.place_id = $1::uuid and c.message_id = m.answers limit 1) as "replyTo"
  from message m join case_file k on k.id = m.case_id left join staff s on s.id = m.staff_id left join file f on f.id = m.file_id
 where m.case_id = $2::uuid and m.id > $3::bigint and (m.author <> 'bot' or m.direction = 'in')
   and not exists (select 1 from copy c where c.place_id = $1::uuid and c.message_id = m.id)
 order by m.id limit $4::int`

export async function itemsFor(
  store: Store,
  place: { id: string; cursor: string },
  caseId: string,
  drawer: Drawer,
): Promise<Item[]> {
  const { sql } = store
  const messages = await sql<MessageRow>(MESSAGES, [place.id, caseId, place.cursor, AT_ONCE])
  const notes = await sql<{ id: string; alias: string; body: Uint8Array; at: Date }>(
    `select n.id::text as id, s.alias, n.body, n.at from note n join staff s on s.id = n.staff_id
      where n.case_id = $2::uuid
        and not exists (select 1 from copy c where c.place_id = $1::uuid and c.note_id = n.id) order by n.id limit $3::int`,
    [place.id, caseId, AT_ONCE],
  )
  const remarks = await remarksOf(sql, place.id)
  const dated: { at: Date; item: Item }[] = [
    ...messages.map(({ at, body, fileId, fileState, ...row }) => ({
      at,
      item: {
        kind: 'message' as const,
        ...row,
        body: body ? drawer.openJson<Body>('message.body', body) : { text: '' },
        ...(fileId && fileState ? { file: { id: fileId, state: fileState } } : {}),
      },
    })),
    ...notes.map(({ at, id, alias, body }) => ({
      at,
      item: { kind: 'note' as const, id, alias, text: drawer.openText('note.body', body) },
    })),
    ...remarks,
  ]
  return dated.sort((one, other) => one.at.getTime() - other.at.getTime()).map(({ item }) => item)
}

async function remarksOf(sql: Sql, placeId: string): Promise<{ at: Date; item: Item }[]> {
  const rows = await sql<{
    id: string
    key: string
    values: Record<string, string | number>
    replyTo: Uint8Array | null
    at: Date
  }>(
    `select id::text as id, key, values, reply_to as "replyTo", at from remark where place_id = $1::uuid order by id limit $2::int`,
    [placeId, AT_ONCE],
  )
  return rows.map(({ at, ...row }) => ({ at, item: { kind: 'remark' as const, ...row } }))
}

/** Marks an item as shown, in one statement with where the place stands now. Without `key` it could not be shown, and is passed over. */
export async function markShown(
  store: Store,
  place: { id: string; channel: string },
  address: string,
  item: Item,
  key?: string,
) {
  const { sql, vault } = store
  if (item.kind === 'remark') return void (await sql('delete from remark where id = $1::bigint', [item.id]))
  const isMessage = item.kind === 'message'
  await sql(
    `with moved as (update place set cursor = greatest(cursor, $2::bigint) where id = $1::uuid returning id)
     insert into copy (place_id, message_id, note_id, sealed, hash) select id, $3::bigint, $4::bigint, $5, $6 from moved
     on conflict do nothing`,
    [
      place.id,
      isMessage ? item.id : 0,
      isMessage ? item.id : null,
      isMessage ? null : item.id,
      vault.house.seal(SEALED.copy, key ?? ''),
      key ? copyHash(vault, place.channel, address, key) : vault.hash('not shown', place.id, item.kind, item.id),
    ],
  )
}

/** By which a place is found again when its address is not told, only its group's. */
export const headHash = (vault: Vault, channel: string, group: string, key: string) =>
  vault.hash('head', channel, group, key)

/** By which a message of a place is found again. */
export const copyHash = (vault: Vault, channel: string, address: string, key: string) =>
  vault.hash('message', channel, address, key)
