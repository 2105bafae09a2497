/** What waits for a second person, and what became of one's own questions. */
import type { Store } from '../../store/store.js'
import { SealError } from '../../store/vault.js'
import { may, permit, type StaffMember } from '../access.js'
import { SIGHT, type Sight } from '../visible.js'
import { WORDS_PLACE } from './ask.js'
import { KNOWS } from './deciders.js'
import { type ApprovalKind, isApprovalKind } from './kinds.js'

export type ApprovalRow = {
  id: string
  kind: ApprovalKind
  object: string
  reason: string
  /** Undefined for whoever may know that the case is there, and not what it is about. */
  words: string | undefined
  state: 'asked' | 'approved' | 'refused' | 'expired' | 'used'
  askedBy: string
  askedAt: Date
  decidedBy: string | null
  expiresAt: Date
  mine: boolean
}

const SHOWN = 50

type Row = Omit<ApprovalRow, 'words' | 'kind'> & {
  kind: string
  words: Uint8Array
  personId: string | null
  key: Uint8Array | null
  sight: Sight | null
}

/** Open ones first, the oldest first; then the newest of those that are over. */
export async function approvalsFor({ sql, vault }: Pick<Store, 'sql' | 'vault'>, staff: StaffMember, now: Date) {
  permit(staff, 'approval.decide')
  const rows = await sql<Row>(
    `select a.id, a.kind, a.object, a.reason, a.words, a.asked_at as "askedAt", a.expires_at as "expiresAt",
            case when a.state in ('asked', 'approved') and a.expires_at <= $2 then 'expired' else a.state end as state,
            coalesce(asker.alias, '') as "askedBy", decider.alias as "decidedBy", a.asked_by_id = me.id as mine,
            p.id as "personId", p.wrapped_key as key, case when k.id is not null then ${SIGHT} end as sight
       from approval a join staff me on me.id = $1::uuid left join case_file k on k.id = a.case_id left join person p on p.id = k.person_id
       left join staff asker on asker.id = a.asked_by_id left join staff decider on decider.id = a.decided_by_id
      where a.asked_by_id = me.id or ${KNOWS}
      order by case when a.state in ('asked', 'approved') and a.expires_at > $2 then a.asked_at end nulls last, a.asked_at desc
      limit $3::int`,
    [staff.id, now, SHOWN],
  )
  return rows.flatMap(({ personId, key, sight, words, kind, ...row }): ApprovalRow[] => {
    if (!isApprovalKind(kind)) return []
    const mayRead = sight === null || sight === 'full'
    const drawer = personId && key ? vault.drawer(personId, key) : vault.house
    return [{ ...row, kind, words: mayRead ? read(() => drawer.openText(WORDS_PLACE, words)) : undefined }]
  })
}

/** Erased since: the old words open no more. */
function read(open: () => string): string | undefined {
  try {
    return open()
  } catch (error) {
    if (error instanceof SealError) return undefined
    throw error
  }
}

export type Alerts = {
  /** Since when nothing leaves the house. */
  frozenSince: Date | null
  /** How many questions wait for this colleague's word. */
  waiting: number
}

/** What every page of those who may act on it says. */
export async function alertsFor({ sql }: Pick<Store, 'sql'>, staff: StaffMember, now: Date): Promise<Alerts> {
  if (!may(staff, 'approval.decide')) return { frozenSince: null, waiting: 0 }
  const [row] = await sql<Alerts>(
    `select (select at from breach where lifted_at is null limit 1) as "frozenSince",
            (select count(*)::int from approval a join staff me on me.id = $1::uuid left join case_file k on k.id = a.case_id
              where a.state = 'asked' and a.expires_at > $2 and a.asked_by_id <> me.id and ${KNOWS}) as waiting`,
    [staff.id, now],
  )
  return row ?? { frozenSince: null, waiting: 0 }
}
