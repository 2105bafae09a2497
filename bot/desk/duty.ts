/** What colleagues say of themselves: here, away, a pause, somebody to talk to. The same in their own chat and at the desk. */
import type { InsideHouse } from '../conversation/inside.js'
import type { Staff } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import { presentStaff } from './centres.js'
import { tell } from './tell.js'

/** A pause after a hard case; nobody has to say why. */
export const PAUSE_MINUTES = 20
/** "Until tomorrow": the next case comes when they say that they are here, at the latest after this. */
const AWAY_HOURS = 14

export const untilTomorrow = (now: Date): Date => new Date(now.getTime() + AWAY_HOURS * 3_600_000)

export const beHere = (tx: Tx, id: string) =>
  tx.staff.update({ where: { id }, data: { awayUntil: null, pauseUntil: null } })

export const beAway = (tx: Tx, id: string, until: Date) =>
  tx.staff.update({ where: { id }, data: { awayUntil: until } })

/** No next case for a while; the row of hard ones begins anew. */
export const pauseNow = (tx: Tx, id: string, now: Date) =>
  tx.staff.update({
    where: { id },
    data: { pauseUntil: new Date(now.getTime() + PAUSE_MINUTES * 60_000), urgentRow: 0 },
  })

/** Tells supervisors and whoever is on call; when none of them is at work, everybody who is. Returns how many were reached. */
export async function callColleague(house: InsideHouse, tx: Tx, staff: Staff, now: Date): Promise<number> {
  const others = (await presentStaff(tx, staff.centreId, now)).filter(({ id }) => id !== staff.id)
  const called = others.filter(({ role, onCall }) => role === 'supervisor' || onCall)
  let reached = 0
  for (const each of called.length > 0 ? called : others)
    if (await tell(house, tx, each, 'tell.colleague', { alias: staff.alias })) reached++
  return reached
}
