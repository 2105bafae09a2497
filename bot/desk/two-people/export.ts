/**
 * Many cases at once, for a report (S37): codes, places, days and how they ended; no words and no identity. Asked for by one person,
 * agreed to by another, downloaded once.
 */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import { type Sql, sqlOf } from '../../store/store.js'
import { permit, type StaffMember } from '../access.js'
import { audit } from '../audit.js'
import { STRICT_NEEDS } from '../targets.js'
import { SIGHT } from '../visible.js'
import { askFor, type Why } from './ask.js'
import { lockApproval } from './decide.js'
import { mustNotBeFrozen } from './frozen.js'

/** A year, and the day on which it ends. */
export const EXPORT_DAYS_MAX = 366
const DAY_MS = 86_400_000

/** Whole days, both of them in it. */
export type Period = { from: string; to: string }

const DAY = /^\d{4}-\d{2}-\d{2}$/
const SLASH = '/'

/** As ISO 8601 writes an interval. @throws UserError badPeriod */
function checkedPeriod({ from, to }: Period): Period {
  const [first, last] = [from, to].map((each) => (DAY.test(each) ? Date.parse(each) : Number.NaN)) as [number, number]
  // Compared so that a day which does not exist is wrong, too
  if (!(first <= last && (last - first) / DAY_MS < EXPORT_DAYS_MAX)) throw new UserError('badPeriod')
  return { from, to }
}

export const periodOf = (object: string): Period => {
  const [from = '', to = ''] = object.split(SLASH)
  return { from, to }
}

/** @throws UserError notAllowed, badPeriod, and those of `askFor` */
export async function askExport(house: InsideHouse, staff: StaffMember, { from, to, ...why }: Why & Period) {
  permit(staff, 'export.ask')
  const period = checkedPeriod({ from, to })
  await askFor(house, staff, { ...why, kind: 'export', object: `${period.from}${SLASH}${period.to}` })
}

export type ExportedCase = {
  code: string
  centre: string | null
  country: string | null
  language: string
  /** Null too where the topic alone would tell of a child or of trafficking (S42, S43). */
  topic: string | null
  /** Only whether it needed a lawyer: what else it needed could tell the same. */
  lawyer: boolean
  opened: string
  closed: string | null
  outcome: string | null
  contactKind: string | null
}

const STRICT = STRICT_NEEDS.map((need) => `'${need}'`).join(', ')

/** Those that were opened in these days, and that the asker may read; what is over its time is not there any more. */
const rowsOf = (sql: Sql, staffId: string, { from, to }: Period) =>
  sql<ExportedCase>(
    `select k.code, k.centre_id as centre, k.country, k.language, k.need = 'lawyer' as lawyer,
            case when k.need not in (${STRICT}) and k.danger is null then k.topic end as topic,
            to_char(k.opened_at, 'YYYY-MM-DD') as opened, to_char(k.closed_at, 'YYYY-MM-DD') as closed,
            k.outcome, k.contact_kind as "contactKind"
       from case_file k join staff me on me.id = $1::uuid
      where k.opened_at >= $2::date and k.opened_at < $3::date + 1 and ${SIGHT} = 'full' order by k.opened_at, k.code`,
    [staffId, from, to],
  )

export type Exported = { period: Period; rows: ExportedCase[] }

/** Once: what was downloaded is used up. @throws UserError notAllowed, noApproval, frozen */
export async function downloadExport(house: InsideHouse, staff: StaffMember, id: string): Promise<Exported> {
  permit(staff, 'export.ask')
  return house.store.transaction(async (tx) => {
    const now = house.clock()
    const found = await lockApproval(tx, id)
    const usable = found?.kind === 'export' && found.state === 'approved' && found.expiresAt > now
    if (!found || !usable || found.askedById !== staff.id) throw new UserError('noApproval')
    await mustNotBeFrozen(sqlOf(tx))
    const period = periodOf(found.object)
    const rows = await rowsOf(sqlOf(tx), staff.id, period)
    await tx.approval.update({ where: { id }, data: { state: 'used', usedAt: now } })
    await audit(tx, house.store.vault, { staffId: staff.id, action: 'export.download', object: found.object, at: now })
    return { period, rows }
  })
}
