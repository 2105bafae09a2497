/** What nobody decided, or nobody used, within its time. */
import { audit } from '../audit.js'
import type { DeskHouse } from '../centres.js'
import { tell } from '../tell.js'
import { each } from '../watch/under-lock.js'
import { lockApproval } from './decide.js'

const BATCH = 50

/** A part of the desk's clock. */
export async function endApprovals(house: DeskHouse): Promise<number> {
  const { store, clock } = house
  const now = clock()
  const due = await store.sql<{ id: string }>(
    `select id from approval where state in ('asked', 'approved') and expires_at <= $1 order by expires_at limit $2::int`,
    [now, BATCH],
  )
  const done = await each(due, ({ id }) =>
    store.transaction(async (tx) => {
      const found = await lockApproval(tx, id)
      if (!found || !['asked', 'approved'].includes(found.state) || found.expiresAt > now) return false
      // One that was looked at within its time has served.
      const state = found.usedAt ? 'used' : 'expired'
      await tx.approval.update({ where: { id }, data: { state } })
      if (state === 'used') return true
      const asker = await tx.staff.findUnique({ where: { id: found.askedById } })
      if (asker && !asker.disabledAt && found.state === 'asked')
        await tell(house, tx, asker, `tell.lapsed.${found.kind}`, { object: found.object })
      const object = `${found.kind} ${found.object}`
      await audit(tx, store.vault, { staffId: null, action: 'approval.lapse', object, at: now })
      return true
    }),
  )
  if (done > 0) store.signals.emit('outbox')
  return done
}
