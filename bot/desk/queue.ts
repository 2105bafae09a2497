/** The queue as staff see it: who is in danger first, then who waits longest. */
import type { Store } from '../store/store.js'
import type { CaseRow } from './cases.js'

const COLUMNS = `k.id, k.code, k.state, k.urgency, k.danger, k.topic, k.country, k.city, k.language, k.owner_id as "ownerId",
  s.alias as "ownerAlias", k.revision, k.opened_at as "openedAt", k.waiting_since as "waitingSince", k.closed_at as "closedAt", k.outcome, k.rating`

/** Open cases, and of the closed ones the newest few. */
export const QUEUE_PAGE = 200
const CLOSED_SHOWN = 20

export async function queue(store: Pick<Store, 'sql'>): Promise<CaseRow[]> {
  return store.sql<CaseRow>(
    `(select ${COLUMNS} from case_file k left join staff s on s.id = k.owner_id where k.state in ('queued', 'claimed')
       order by (k.urgency = 'urgent') desc, (k.state = 'queued') desc, k.waiting_since nulls last, k.opened_at limit $1::int)
     union all
     (select ${COLUMNS} from case_file k left join staff s on s.id = k.owner_id where k.state = 'closed'
       order by k.closed_at desc limit $2::int)`,
    [QUEUE_PAGE, CLOSED_SHOWN],
  )
}

export async function caseByCode(store: Pick<Store, 'sql'>, code: string): Promise<CaseRow | undefined> {
  const [row] = await store.sql<CaseRow>(
    `select ${COLUMNS} from case_file k left join staff s on s.id = k.owner_id where k.code = $1`,
    [code],
  )
  return row
}
