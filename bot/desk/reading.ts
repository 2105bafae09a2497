/** What a consultant sees of a case: its summary, the conversation, the notes. No name, no account, no number. */
import type { Body } from '../conversation/render.js'
import type { Store } from '../store/store.js'
import type { Summary } from './cases.js'

export type CaseMessage = {
  id: number
  direction: 'in' | 'out'
  author: 'client' | 'bot' | 'staff'
  alias: string | null
  text: string
  /** A correction of an earlier message. */
  corrects: boolean
  /** A shared contact or place is masked. */
  shared: 'phone' | 'location' | null
  file: { id: string; kind: string; mime: string; name: string; state: 'wanted' | 'kept' | 'failed' } | null
  /** due, sending, sent, dead, dropped or received */
  state: string
  at: Date
}

export type CaseNote = { id: number; alias: string; text: string; at: Date }

type Row = Omit<CaseMessage, 'id' | 'text' | 'corrects' | 'shared' | 'file'> & {
  id: string
  body: Uint8Array | null
  fileId: string | null
  kind: string | null
  mime: string | null
  name: Uint8Array | null
  fileState: 'wanted' | 'kept' | 'failed'
}

const MESSAGES_SHOWN = 500

async function drawerOf(store: Store, caseId: string) {
  const found = await store.db.case.findUnique({ where: { id: caseId }, include: { person: true } })
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
       select m.id::text as id, m.direction, m.author, s.alias, m.body, m.state, m.created_at as at,
              f.id as "fileId", f.kind, f.mime, f.name, f.state as "fileState", m.id as nth
         from message m left join staff s on s.id = m.staff_id left join file f on f.id = m.file_id
        where m.case_id = $1::uuid order by m.id desc limit $2::int) newest order by nth`,
    [caseId, MESSAGES_SHOWN],
  )
  return rows.map(({ body, fileId, kind, mime, name, fileState, ...row }) => {
    const said: Body = body ? drawer.openJson<Body>('message.body', body) : { text: '' }
    return {
      ...row,
      id: Number(row.id),
      text: said.text,
      corrects: said.corrects !== undefined,
      shared: said.shared ?? null,
      file: fileId
        ? {
            id: fileId,
            kind: kind ?? '',
            mime: mime ?? '',
            name: name ? drawer.openText('file.name', name) : (kind ?? ''),
            state: fileState,
          }
        : null,
    }
  })
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
