/** The queue as staff see it: who is in danger first, then who waits longest; of each case as much as this colleague may see. */
import type { Store } from '../store/store.js'
import type { StaffMember } from './access.js'
import type { CaseRow } from './cases.js'
import { GUEST, OFFERED, SIGHT, type Sight } from './visible.js'

const COLUMNS = `k.id, k.code, k.state, k.urgency, k.danger, k.topic, k.country, k.city, k.language, k.owner_id as "ownerId",
  s.alias as "ownerAlias", k.revision, k.opened_at as "openedAt", k.waiting_since as "waitingSince", k.closed_at as "closedAt",
  k.due_at as "dueAt", k.outcome, k.contact_kind as "contactKind", k.rating, ${SIGHT} as sight,
  ${OFFERED} as offered, ${GUEST} as helping`

const FROM = 'case_file k join staff me on me.id = $1::uuid left join staff s on s.id = k.owner_id'

/** Open cases, and of the closed ones the newest few. */
export const QUEUE_PAGE = 200
const CLOSED_SHOWN = 20

type Seen = CaseRow & { sight: Sight }

type Reader = Pick<StaffMember, 'id'>

export async function queue(store: Pick<Store, 'sql'>, { id }: Reader): Promise<CaseRow[]> {
  const rows = await store.sql<Seen>(
    `(select * from (select ${COLUMNS} from ${FROM} where k.state in ('queued', 'claimed')) open where sight <> 'none'
       order by (urgency = 'urgent') desc, (state = 'queued') desc, "waitingSince" nulls last, "openedAt" limit $2::int)
     union all
     (select * from (select ${COLUMNS} from ${FROM} where k.state = 'closed') closed where sight = 'full'
       order by "closedAt" desc limit $3::int)`,
    [id, QUEUE_PAGE, CLOSED_SHOWN],
  )
  return rows.map((row) => (row.sight === 'full' ? { ...row, sight: 'full' } : outlineOf(row)))
}

/** `undefined` for a case that is not there, and for one that this colleague may not read. */
export async function caseFor(store: Pick<Store, 'sql'>, { id }: Reader, code: string): Promise<CaseRow | undefined> {
  const [row] = await store.sql<Seen>(`select ${COLUMNS} from ${FROM} where k.code = $2`, [id, code])
  return row?.sight === 'full' ? { ...row, sight: 'full' } : undefined
}

/** Emptied here, so that no page can show what its reader may not know. */
const outlineOf = (row: Seen): CaseRow => ({
  ...row,
  sight: 'outline',
  danger: null,
  topic: null,
  country: null,
  city: null,
  language: '',
})
