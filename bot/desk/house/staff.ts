/** Who works where, and as what. Nobody raises themselves, and nobody changes whoever stands above them. */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import type { Staff } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import type { Language } from '../../text/languages.js'
import { isStaffRole, may, type StaffMember, type StaffRole } from '../access.js'
import { lockCase } from '../case-lock.js'
import { backToQueue } from '../handling.js'
import type { CaseRole } from '../routing/facts.js'
import { forgetPerson } from './accounts.js'
import { change } from './change.js'
import { planDismissals } from './dismissals.js'

/** More than one person can hold in mind at once. */
export const CAPACITY_MAX = 40

export type ColleagueChange = {
  role: StaffRole
  centreId: string | null
  teamId: string | null
  skills: readonly CaseRole[]
  languages: readonly Language[]
  topics: readonly string[]
  capacity: number
  onCall: boolean
  awayUntil: Date | null
}

/** Supervisors look after consultants and each other; administrators after everybody. */
export const mayGive = (actor: Pick<StaffMember, 'role'>, role: string): boolean =>
  may(actor, 'house.change') && (actor.role === 'administrator' || role === 'consultant' || role === 'supervisor')

/** @throws UserError noColleague, notAllowed, notYourself, noLanguages, badCapacity, noCentre, noTeam */
export async function changeColleague(house: InsideHouse, actor: StaffMember, id: string, to: ColleagueChange) {
  const known = await colleagueOf(house, id)
  await change(house, actor, { recordedAs: 'staff.change', object: known.alias }, async (tx) => {
    const staff = await tx.staff.findUniqueOrThrow({ where: { id } })
    if (!mayGive(actor, staff.role) || !mayGive(actor, to.role)) throw new UserError('notAllowed')
    if (id === actor.id && to.role !== staff.role) throw new UserError('notYourself')
    await check(tx, to)
    // Whoever may not answer clients any more leaves none waiting.
    if (may(staff, 'case.reply') && !may({ role: to.role }, 'case.reply')) await handBack(house, tx, id)
    await tx.staff.update({
      where: { id },
      data: { ...to, skills: [...to.skills], languages: [...to.languages], topics: [...to.topics] },
    })
    return true
  })
}

async function check(tx: Tx, { languages, capacity, centreId, teamId }: ColleagueChange): Promise<void> {
  if (languages.length === 0) throw new UserError('noLanguages')
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > CAPACITY_MAX)
    throw new UserError('badCapacity', { max: CAPACITY_MAX })
  if (centreId !== null && (await tx.centre.count({ where: { id: centreId } })) === 0) throw new UserError('noCentre')
  if (teamId !== null && (await tx.team.count({ where: { id: teamId, centreId: centreId ?? '' } })) === 0)
    throw new UserError('noTeam')
}

/**
 * For a lost device, or somebody who leaves (S24): every browser is signed out, no code or link opens any more, they are put out of
 * the groups, the house forgets their accounts on messengers, and their clients hear that somebody else answers.
 * @throws UserError noColleague, notAllowed, notYourself
 */
export async function disableColleague(house: InsideHouse, actor: StaffMember, id: string): Promise<void> {
  const { alias } = await colleagueOf(house, id)
  await change(house, actor, { recordedAs: 'staff.disable', object: alias }, async (tx) => {
    const staff = await tx.staff.findUniqueOrThrow({ where: { id } })
    if (id === actor.id) throw new UserError('notYourself')
    if (!mayGive(actor, staff.role)) throw new UserError('notAllowed')
    await handBack(house, tx, id)
    await tx.session.deleteMany({ where: { staffId: id } })
    await tx.invitation.deleteMany({ where: { staffId: id } })
    await tx.pairing.deleteMany({ where: { usedAt: null, OR: [{ staffId: id }, { byId: id }] } })
    await tx.guest.deleteMany({ where: { staffId: id } })
    await tx.staff.update({ where: { id }, data: { disabledAt: staff.disabledAt ?? house.clock(), onCall: false } })
    await planDismissals(house, tx, actor.id, staff)
    if (staff.personId) await forgetPerson(tx, staff.personId)
    return true
  })
}

/** Every open case of theirs waits in the queue again. */
async function handBack(house: InsideHouse, tx: Tx, ownerId: string): Promise<void> {
  const open = await tx.case.findMany({ where: { ownerId, state: 'claimed' }, orderBy: { id: 'asc' } })
  for (const { code } of open) {
    const found = await lockCase(tx, code)
    if (found.ownerId === ownerId && found.state === 'claimed') await backToQueue(house, tx, found)
  }
}

/** @throws UserError noColleague */
export async function colleagueOf({ store }: Pick<InsideHouse, 'store'>, id: string): Promise<Staff> {
  const staff = UUID.test(id) ? await store.db.staff.findUnique({ where: { id } }) : null
  if (!staff || !isStaffRole(staff.role) || staff.disabledAt) throw new UserError('noColleague')
  return staff
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
