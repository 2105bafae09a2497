/** A coordinator's word to those who owe a report: at once to whoever is awake, and to the others in their morning, if they still owe it. */
import type { InsideHouse } from '../../conversation/inside.js'
import { newestChat } from '../../conversation/newest-chat.js'
import { permit, type StaffMember } from '../../desk/access.js'
import { audit } from '../../desk/audit.js'
import { UserError } from '../../errors.js'
import { type Sql, sqlOf, type Tx } from '../../store/store.js'
import { formatMonth } from '../../text/formats.js'
import { AWAKE, FROM_HOUR, isAwake, REACHABLE, TO_HOUR, ZONES } from '../awake.js'
import { isFirst } from './groups.js'
import { matrixOf, missing } from './matrix.js'
import { dayIn, isPeriod } from './periods.js'
import { isOpen } from './states.js'
import { tellWorker } from './tell.js'
import { type Key, lockReport, stateOf } from './write.js'

/** `zone`: where the person is. */
type Wanted = Key & { zone: string }

/** A word that waits for the morning. */
const waits = ({ programmeId, period }: Omit<Key, 'personId'>): string => `asked ${programmeId} ${period}`

/** Whoever has not sent this month is asked for it, once a day at most. Returns how many were, or will be when they wake up. */
export async function remindMissing(
  house: InsideHouse,
  staff: StaffMember,
  groupId: string,
  period: string,
): Promise<number> {
  permit(staff, 'report.decide')
  if (!isPeriod(period)) throw new UserError('badRequest')
  const { store, clock } = house
  const now = clock()
  const matrix = await matrixOf(store, staff, { groupId, now, last: period, months: 1 })
  const { programmeId } = await store.db.programmeGroup.findUniqueOrThrow({ where: { id: groupId } })
  let asked = 0
  for (const { personId, zone } of missing(matrix, period)) {
    const isAsked = await store.transaction(async (tx) => {
      const key = { personId, programmeId, period }
      const done = isAwake(zone, now) ? say(house, tx, { ...key, zone }) : wait(tx, key, now)
      if (!(await done)) return false
      const { id: reportId } = await lockReport(tx, key)
      await tx.reportEvent.create({ data: { reportId, kind: 'reminded', staffId: staff.id, at: now } })
      return true
    })
    if (isAsked) asked++
  }
  await store.transaction((tx) =>
    audit(tx, store.vault, { staffId: staff.id, action: 'report.remind', object: `${groupId}/${period}`, at: clock() }),
  )
  store.signals.emit('outbox')
  return asked
}

/** False when they heard it today, or can be reached nowhere. */
async function say(house: InsideHouse, tx: Tx, { personId, programmeId, period, zone }: Wanted): Promise<boolean> {
  const now = house.clock()
  if (!(await newestChat(tx, personId))) return false
  if (!(await isFirst(sqlOf(tx), personId, `wanted ${programmeId} ${period} ${dayIn(zone, now)}`, now))) return false
  return tellWorker(house, tx, personId, 'wanted', (language) => ({ month: formatMonth(language, period) }))
}

/** False when a word waits for them already, or they can be reached nowhere. */
const wait = async (tx: Tx, { personId, ...about }: Key, now: Date): Promise<boolean> =>
  (await newestChat(tx, personId)) !== undefined && isFirst(sqlOf(tx), personId, waits(about), now)

/** Those who have woken up since. */
export const dueWanted = (sql: Sql, now: Date, limit: number) =>
  sql<Wanted>(
    `select n.id as "personId", split_part(k.about, ' ', 2) as "programmeId", split_part(k.about, ' ', 3) as period,
            coalesce($2::jsonb ->> n.country, g.time_zone) as zone
       from report_reminder k join person n on n.id = k.person_id
       join lateral (select time_zone from enrolment e join programme_group pg on pg.id = e.group_id
                      where e.person_id = n.id order by e.joined_on desc limit 1) g on true
      where k.about like 'asked %' and ${AWAKE} and ${REACHABLE} limit $5::int`,
    [now, ZONES, FROM_HOUR, TO_HOUR, limit],
  )

/** Whoever takes the row away says it; nobody does when the report has come meanwhile. */
export const sayInTheMorning = (house: InsideHouse, wanted: Wanted): Promise<boolean> =>
  house.store.transaction(async (tx) => {
    const { zone, ...key } = wanted
    const { count } = await tx.reportReminder.deleteMany({ where: { personId: key.personId, about: waits(key) } })
    if (count === 0) return false
    const report = await tx.report.findUnique({ where: { personId_programmeId_period: key } })
    if (report && (report.locked || !isOpen(stateOf(report)))) return false
    return say(house, tx, { ...key, zone })
  })
