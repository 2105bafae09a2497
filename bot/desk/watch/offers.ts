/** Offers that nobody answered: the old owner still has the case, and is told. */
import type { DeskHouse } from '../centres.js'
import { expireOffer } from '../transfer.js'
import { each, underLock } from './under-lock.js'

const BATCH = 50

export async function endOffers(house: DeskHouse): Promise<number> {
  const now = house.clock()
  const due = await house.store.sql<{ id: string; code: string; offerId: string }>(
    `select k.id, k.code, o.id as "offerId" from offer o join case_file k on k.id = o.case_id
      where o.state in ('asked', 'offered') and o.expires_at <= $1 order by o.expires_at limit $2::int`,
    [now, BATCH],
  )
  return each(due, ({ offerId, ...one }) =>
    underLock(house, one, async (found, tx) => {
      const offer = await tx.offer.findUnique({ where: { id: offerId } })
      if (!offer || !['asked', 'offered'].includes(offer.state) || offer.expiresAt > now) return false
      await expireOffer(house, tx, found, offer)
      return true
    }),
  )
}
