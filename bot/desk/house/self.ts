/** What a colleague does at the desk for themselves. */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import { permit, type StaffMember } from '../access.js'
import { beAway, beHere, callColleague, pauseNow } from '../duty.js'

const DAY_MS = 86_400_000
/** Longer than that is no absence, but another person's work. */
const AWAY_DAYS_MAX = 400

export async function amHere(house: InsideHouse, staff: StaffMember): Promise<void> {
  permit(staff, 'self.work')
  await house.store.transaction((tx) => beHere(tx, staff.id))
}

/** @throws UserError badUntil */
export async function amAway(house: InsideHouse, staff: StaffMember, until: Date): Promise<void> {
  permit(staff, 'self.work')
  await house.store.transaction((tx) => beAway(tx, staff.id, checkUntil(until, house.clock())))
}

/** An absence ends in the future, and within a time that somebody can plan. @throws UserError badUntil */
export function checkUntil(until: Date, now: Date): Date {
  const ms = until.getTime() - now.getTime()
  if (!(ms > 0 && ms <= AWAY_DAYS_MAX * DAY_MS)) throw new UserError('badUntil')
  return until
}

export async function takePause(house: InsideHouse, staff: StaffMember): Promise<void> {
  permit(staff, 'self.work')
  await house.store.transaction((tx) => pauseNow(tx, staff.id, house.clock()))
}

/** Whether anybody could be told. */
export async function needColleague(house: InsideHouse, staff: StaffMember): Promise<boolean> {
  permit(staff, 'self.work')
  const reached = await house.store.transaction(async (tx) => {
    const me = await tx.staff.findUniqueOrThrow({ where: { id: staff.id } })
    return callColleague(house, tx, me, house.clock())
  })
  house.store.signals.emit('outbox')
  return reached > 0
}
