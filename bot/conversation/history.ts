/** What was said on an address, for channels that draw the conversation themselves. */
import type { Store } from '../store/store.js'
import type { ChannelName, HistoryItem, OutFile } from './channel.js'
import type { Body } from './render.js'

type Row = {
  id: string
  direction: 'in' | 'out'
  author: HistoryItem['author']
  body: Uint8Array
  channelKey: Uint8Array | null
  at: Date
  personId: string
  wrappedKey: Uint8Array
  fileId: string | null
  kind: OutFile['kind'] | null
  mime: string | null
  bytes: number | null
  name: Uint8Array | null
}

/** A page of history; a channel asks again with the last id until it gets none. */
const HISTORY_PAGE = 200

/** Messages after `after`, oldest first; without `after` the newest page. What stands behind
 * a message that is still to go out is not shown yet: the reader's cursor would pass over that one. */
export async function history(
  store: Store,
  channel: ChannelName,
  address: string,
  after: number,
): Promise<HistoryItem[]> {
  const rows = await store.sql<Row>(
    `select * from (
       select m.id::text as id, m.direction, m.author, m.body, m.channel_key as "channelKey", m.created_at as at,
              p.id as "personId", p.wrapped_key as "wrappedKey",
              f.id as "fileId", f.kind, f.mime, f.bytes, f.name, m.id as nth
         from address a join conversation c on c.address_id = a.id join person p on p.id = a.person_id
         join message m on m.conversation_id = c.id left join file f on f.id = m.file_id
        where a.channel = $1 and a.hash = $2 and m.id > $3::bigint and m.body is not null and p.wrapped_key is not null
          and m.state in ('received', 'sent') and m.created_at >= coalesce(c.cleared_at, '-infinity')
          and not exists (select 1 from message w where w.conversation_id = c.id and w.state in ('due', 'sending') and w.id < m.id)
        order by case when $3::bigint = 0 then -m.id else m.id end limit $4::int) page
     order by nth`,
    [channel, store.vault.hash('address', channel, address), after, HISTORY_PAGE],
  )
  return rows.flatMap((row) => {
    const drawer = store.vault.drawer(row.personId, row.wrappedKey)
    const { text, buttons, request, event, edits, takenBack } = drawer.openJson<Body>('message.body', row.body)
    // What the client did is noted for staff, to the client nobody said anything; a correction is shown where it belongs.
    if (event || edits || takenBack) return []
    const item: HistoryItem = {
      id: Number(row.id),
      ...(row.channelKey ? { messageKey: drawer.openText('message.channel_key', row.channelKey) } : {}),
      direction: row.direction,
      author: row.author,
      text,
      at: row.at,
      ...(buttons ? { buttons } : {}),
      ...(request ? { request } : {}),
      ...(row.fileId && row.kind && row.mime
        ? {
            file: {
              id: row.fileId,
              kind: row.kind,
              mime: row.mime,
              name: row.name ? drawer.openText('file.name', row.name) : row.kind,
              bytes: row.bytes ?? 0,
            },
          }
        : {}),
    }
    return [item]
  })
}
