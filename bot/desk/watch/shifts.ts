/** A centre opens: whoever works there hears how many wait, once, whichever process sees it first. */
import { type DeskHouse, presentStaff, timedOf } from '../centres.js'
import { openIntervals } from '../hours/opening.js'
import { tell } from '../tell.js'

/** An opening that nobody saw within this time is not announced any more. */
const ANNOUNCED_WITHIN_MS = 30 * 60_000

export async function openShifts(house: DeskHouse): Promise<number> {
  const { store, clock } = house
  const now = clock()
  const centres = await store.db.centre.findMany()
  let announced = 0
  for (const centre of centres) {
    const { hours, zone } = timedOf(centre)
    const window = { from: now.getTime() - ANNOUNCED_WITHIN_MS, to: now.getTime() + 1 }
    const [open] = openIntervals(hours, zone, window).slice(-1)
    // What was open already before the window did not open in it
    if (!open || open.from <= window.from || open.to < window.to) continue
    if (await announce(house, centre.id, new Date(open.from), now)) announced++
  }
  return announced
}

async function announce(house: DeskHouse, centreId: string, opening: Date, now: Date): Promise<boolean> {
  const told = await house.store.transaction(async (tx) => {
    const { count } = await tx.receipt.createMany({
      data: { channel: 'shift', updateKey: `${centreId}/${opening.toISOString()}`, at: now },
      skipDuplicates: true,
    })
    if (count === 0) return false
    const waiting = await tx.case.count({ where: { centreId, state: 'queued' } })
    if (waiting === 0) return true
    for (const staff of await presentStaff(tx, centreId, now))
      await tell(house, tx, staff, 'tell.shift', { count: waiting })
    return true
  })
  if (told) house.store.signals.emit('outbox')
  return told
}
