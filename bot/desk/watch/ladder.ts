/** An urgent case that nobody takes climbs: the next on call, then the supervisor, then the client is told honestly (S39). */

import { CASE_BUTTON } from '../../conversation/buttons.js'
import { inConversation } from '../../conversation/inside.js'
import { type DeskHouse, onCallStaff } from '../centres.js'
import { DEFAULT_LADDER, ladder, stepsFor } from '../ladder.js'
import { tell } from '../tell.js'
import { type DueCase, each, underLock } from './under-lock.js'

const BATCH = 50

export async function climb(house: DeskHouse): Promise<number> {
  const now = house.clock()
  const due = await house.store.sql<DueCase>(
    `select id, code from case_file where state = 'queued' and urgency = 'urgent' and rung_at <= $1 order by rung_at limit $2::int`,
    [now, BATCH],
  )
  return each(due, (one) =>
    underLock(house, one, async (found, tx) => {
      if (found.state !== 'queued' || !found.rungAt || found.rungAt > now) return false
      const onCall = await onCallStaff(tx, found.centreId, found.need, now)
      // When it became urgent, or was given back
      const since = (found.urgentAt ?? found.openedAt).getTime()
      const steps = stepsFor(DEFAULT_LADDER, onCall.length)
      const { due: rungs, nextAt } = ladder(since, now.getTime(), steps, found.rungsDone)
      for (const { call, nth } of rungs) {
        if (call === 'client') {
          await inConversation(house, tx, found.conversationId, async (turn) =>
            turn.say({ text: { key: 'desk:urgentUnanswered' }, buttons: [CASE_BUTTON] }),
          )
          continue
        }
        const supervisors = {
          role: 'supervisor',
          disabledAt: null,
          OR: [{ centreId: null }, { centreId: found.centreId }],
        }
        const whom =
          call === 'supervisor' ? await tx.staff.findMany({ where: supervisors }) : onCall.slice(nth, nth + 1)
        for (const staff of whom) await tell(house, tx, staff, 'tell.urgent', { code: found.code })
      }
      await tx.case.update({
        where: { id: found.id },
        data: {
          rungsDone: [...found.rungsDone, ...rungs.map(({ id }) => id)],
          rungAt: nextAt === undefined ? null : new Date(nextAt),
          ...(rungs.some(({ call }) => call === 'client') ? { toldAt: now } : {}),
        },
      })
      return true
    }),
  )
}
