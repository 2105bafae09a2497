/** What a consultant sees of a case: its summary, the conversation, the notes. No name, no account, no number. */
import type { Body } from '../conversation/render.js'
import type { Store } from '../store/store.js'
import type { Summary } from './cases.js'
import { HELD } from './held.js'

export type CaseMessage = {
  id: number
  direction: 'in' | 'out'
  author: 'client' | 'bot' | 'staff'
  alias: string | null
  text: string
  /** Nothing that could be read: a pressed button, or words that were deleted since. */
  empty: boolean
  /** A correction of an earlier message. */
  corrects: boolean
  /** What it said before a colleague corrected it, oldest first. */
  was: string[]
  /** Its writer took it back: only staff see it any more. */
  takenBack: boolean
  /** The earlier message that it answers. */
  quotes: { id: number; author: CaseMessage['author']; alias: string | null; text: string } | null
  /** Not words but something that the client did; named in `console:events.*`. */
  event: string | null
  /** A shared contact or place is masked. */
  shared: 'phone' | 'location' | null
  file: {
    id: string
    kind: string
    mime: string
    name: string
    bytes: number
    state: 'wanted' | 'kept' | 'failed'
    /** Shown only by an act that is recorded (`held.ts`). */
    held: boolean
  } | null
  /** due, sending, sent, dead, dropped or received */
  state: string
  /** Code of the last failure to deliver it. */
  error: string | null
  at: Date
}

export type CaseNote = { id: number; alias: string; text: string; at: Date }

type Row = Omit<
  CaseMessage,
  'id' | 'text' | 'empty' | 'corrects' | 'was' | 'takenBack' | 'quotes' | 'event' | 'shared' | 'file'
> & {
  id: string
  answers: string | null
  body: Uint8Array | null
  fileId: string | null
  kind: string | null
  mime: string | null
  name: Uint8Array | null
  bytes: number | null
  fileState: 'wanted' | 'kept' | 'failed'
  held: boolean
}

const MESSAGES_SHOWN = 500

async function drawerOf(store: Store, caseId: string) {
  // Not `findUnique`: see `drawing.ts`
  const found = await store.db.case.findFirst({ where: { id: caseId }, include: { person: true } })
  if (!found?.person.wrappedKey) return undefined
  return { found, drawer: store.vault.drawer(found.personId, found.person.wrappedKey) }
}

/** What was said since the case was opened; the newest `MESSAGES_SHOWN`, oldest first. */
export async function caseMessages(store: Store, caseId: string): Promise<CaseMessage[]> {
  const known = await drawerOf(store, caseId)
  if (!known) return []
  const { drawer } = known
  const rows = await store.sql<Row>(
    `select * from (
       select m.id::text as id, m.direction, m.author, s.alias, m.body, m.state, m.error, m.answers::text as answers, m.created_at as at,
              f.id as "fileId", f.kind, f.mime, f.name, f.bytes, f.state as "fileState", ${HELD} as held, m.id as nth
         from message m join case_file k on k.id = m.case_id left join staff s on s.id = m.staff_id left join file f on f.id = m.file_id
        where m.case_id = $1::uuid order by m.id desc limit $2::int) newest order by nth`,
    [caseId, MESSAGES_SHOWN],
  )
  const read = rows.map((row) => ({
    row,
    said: row.body ? drawer.openJson<Body>('message.body', row.body) : ({ text: '' } as Body),
  }))
  const byId = new Map(read.map((each) => [each.row.id, each]))
  // What only carries a correction to the messenger is no message of its own.
  return read.flatMap(
    ({ row: { body: _, answers, fileId, kind, mime, name, bytes, fileState, held, ...row }, said }) => {
      if (said.edits) return []
      const quoted = byId.get(answers ?? '')
      const message: CaseMessage = {
        ...row,
        id: Number(row.id),
        was: said.was ?? [],
        takenBack: said.takenBack ?? false,
        quotes: quoted
          ? { id: Number(quoted.row.id), author: quoted.row.author, alias: quoted.row.alias, text: quoted.said.text }
          : null,
        text: said.text,
        empty: !said.text && !said.event && !said.shared && !fileId,
        event: said.event ?? null,
        corrects: said.corrects !== undefined,
        shared: said.shared ?? null,
        file: fileId
          ? {
              id: fileId,
              kind: kind ?? '',
              mime: mime ?? '',
              name: name ? drawer.openText('file.name', name) : (kind ?? ''),
              bytes: bytes ?? 0,
              state: fileState,
              held,
            }
          : null,
      }
      return [message]
    },
  )
}

/**
 * Whether words reach the client now: `open`; `quiet` (they cleared the chat: our words wait until they write); `blocked` or `gone`
 * (nothing reaches them).
 */
export type Reach = 'open' | 'quiet' | 'blocked' | 'gone'

export async function clientReach(store: Pick<Store, 'sql'>, caseId: string): Promise<Reach> {
  const [row] = await store.sql<{ state: Reach }>(
    // Where the chat cleared itself our words reach them as ever
    `select case when a.state = 'cleaned' then 'open' else a.state end as state from case_file k join conversation c on c.id = k.conversation_id join address a on a.id = c.address_id
      where k.id = $1::uuid`,
    [caseId],
  )
  return row?.state ?? 'gone'
}

/** The person whose file it is, when this file was sent in this case and is not held back; `undefined` for any other file. */
export async function fileOwner(
  store: Pick<Store, 'sql'>,
  caseId: string,
  fileId: string,
): Promise<string | undefined> {
  const [row] = await store.sql<{ personId: string }>(
    `select f.person_id as "personId" from file f join message m on m.file_id = f.id join case_file k on k.id = m.case_id
      where f.id = $2::uuid and m.case_id = $1::uuid and not ${HELD} limit 1`,
    [caseId, fileId],
  )
  return row?.personId
}

export async function caseNotes(store: Store, caseId: string): Promise<CaseNote[]> {
  const known = await drawerOf(store, caseId)
  if (!known) return []
  const notes = await store.db.note.findMany({
    where: { caseId },
    include: { staff: true },
    orderBy: { id: 'asc' },
  })
  return notes.map((note) => ({
    id: Number(note.id),
    alias: note.staff.alias,
    text: known.drawer.openText('note.body', note.body),
    at: note.at,
  }))
}

export async function caseSummary(store: Store, caseId: string): Promise<Summary | undefined> {
  const known = await drawerOf(store, caseId)
  if (!known?.found.summary) return undefined
  return known.drawer.openJson<Summary>('case.summary', known.found.summary)
}
