/** Goals of answering: set when a client begins to wait, warned of before, told at the breach. */
import { inConversation } from '../../conversation/inside.js'
import type { Case } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import { centreOf, type DeskHouse, onCallStaff, presentStaff, timedOf } from '../centres.js'
import { standing } from '../goals.js'
import { filterOf } from '../goals-of-case.js'
import { STRICT_NEEDS } from '../targets.js'
import { tell } from '../tell.js'
import { type DueCase, each, underLock } from './under-lock.js'

const BATCH = 50

/** A clock begins with the first words that nobody has answered. */
export async function setGoals(house: DeskHouse): Promise<number> {
  const due = await house.store.sql<DueCase>(
    `select id, code from case_file where state <> 'closed' and waiting_since is not null and goal is null order by waiting_since limit $1::int`,
    [BATCH],
  )
  return each(due, (one) =>
    underLock(house, one, async (found, tx) => {
      if (found.goal !== null || found.waitingSince === null || found.state === 'closed') return false
      const { hours, zone, goals } = timedOf(await centreOf(tx, found.centreId))
      const at = standing(factsOf(found), goals, { hours, zone, filter: filterOf(found) }, house.clock().getTime())
      await tx.case.update({
        where: { id: found.id },
        data: {
          goal: at?.goal ?? 'first',
          dueAt: at?.due === undefined ? null : new Date(at.due),
          warnAt: at?.warnAt === undefined ? null : new Date(at.warnAt),
          breachedAt: null,
        },
      })
      await tellThatNobodyFits(house, tx, found)
      return true
    }),
  )
}

/** A case that only somebody trained may see (S42, S43), and nobody like that is here: whoever looks after the house must know. */
async function tellThatNobodyFits(house: DeskHouse, tx: Tx, found: Case): Promise<void> {
  if (found.state !== 'queued' || !STRICT_NEEDS.includes(found.need)) return
  const present = await presentStaff(tx, found.centreId, house.clock())
  if (present.some(({ skills }) => skills.includes(found.need))) return
  const all = await tx.staff.findMany({
    where: { disabledAt: null, OR: [{ centreId: null }, { centreId: found.centreId }] },
  })
  const supervisors = all.filter(({ role }) => role === 'supervisor')
  // Without a supervisor everybody learns that it waits; its code tells nothing
  for (const staff of supervisors.length > 0 ? supervisors : all)
    await tell(house, tx, staff, 'tell.noOneFits', { code: found.code })
}

export const factsOf = ({ urgency, urgentAt, openedAt, firstReplyAt, waitingSince }: Case) => ({
  ...(urgentAt ? { urgentSince: urgentAt.getTime() } : {}),
  urgency: urgency === 'urgent' ? ('urgent' as const) : ('normal' as const),
  openedAt: openedAt.getTime(),
  firstReplyAt: firstReplyAt?.getTime() ?? null,
  waitingSince: waitingSince?.getTime() ?? null,
})

/** Before the time is over: whoever has the case, or who is on call for the queue. */
export async function tellWarnings(house: DeskHouse): Promise<number> {
  const now = house.clock()
  const due = await house.store.sql<DueCase>(
    `select id, code from case_file where state <> 'closed' and warn_at <= $1 order by warn_at limit $2::int`,
    [now, BATCH],
  )
  return each(due, (one) =>
    underLock(house, one, async (found, tx) => {
      if (!found.warnAt || found.warnAt > now || found.state === 'closed') return false
      await tx.case.update({ where: { id: found.id }, data: { warnAt: null } })
      if (!found.dueAt || found.dueAt <= now) return true
      const minutes = Math.max(1, Math.round((found.dueAt.getTime() - now.getTime()) / 60_000))
      const owner = found.ownerId ? await tx.staff.findUnique({ where: { id: found.ownerId } }) : null
      const whom = owner ? [owner] : await onCallStaff(tx, found.centreId, found.need, now)
      for (const staff of whom) await tell(house, tx, staff, 'tell.goalNear', { code: found.code, minutes })
      return true
    }),
  )
}

/** At the breach: who is on call and the supervisors. The client is told once, honestly, that it takes long. */
export async function tellBreaches(house: DeskHouse): Promise<number> {
  const now = house.clock()
  const due = await house.store.sql<DueCase>(
    `select id, code from case_file where state <> 'closed' and due_at <= $1 and breached_at is null order by due_at limit $2::int`,
    [now, BATCH],
  )
  return each(due, (one) =>
    underLock(house, one, async (found, tx) => {
      if (!found.dueAt || found.dueAt > now || found.breachedAt || found.state === 'closed') return false
      const tellsClient = found.toldAt === null && found.urgency !== 'urgent'
      await tx.case.update({
        where: { id: found.id },
        data: { breachedAt: now, warnAt: null, revision: { increment: 1 }, ...(tellsClient ? { toldAt: now } : {}) },
      })
      const supervisors = await tx.staff.findMany({
        where: { role: 'supervisor', disabledAt: null, OR: [{ centreId: null }, { centreId: found.centreId }] },
      })
      const onCall = await onCallStaff(tx, found.centreId, found.need, now)
      const owner = found.ownerId ? await tx.staff.findUnique({ where: { id: found.ownerId } }) : null
      const whom = new Map([...supervisors, ...onCall, ...(owner ? [owner] : [])].map((staff) => [staff.id, staff]))
      for (const staff of whom.values()) await tell(house, tx, staff, 'tell.goalMissed', { code: found.code })
      if (tellsClient)
        await inConversation(house, tx, found.conversationId, async (turn) =>
          turn.say({ text: { key: 'desk:stillWaiting', values: { code: found.code } } }),
        )
      return true
    }),
  )
}
