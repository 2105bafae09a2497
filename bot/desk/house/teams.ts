/** Teams: colleagues of one centre who take cases together. */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import type { Team } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import type { StaffMember } from '../access.js'
import { change } from './change.js'

export const TEAM_NAME_MAX = 60

/** @throws UserError badName */
function cleanName(name: string): string {
  const clean = name.replace(/\s+/g, ' ').trim()
  if (!clean || clean.length > TEAM_NAME_MAX) throw new UserError('badName', { max: TEAM_NAME_MAX })
  return clean
}

/** @throws UserError noCentre, badName, teamExists */
export async function addTeam(house: InsideHouse, staff: StaffMember, centreId: string, name: string): Promise<void> {
  const clean = cleanName(name)
  await change(house, staff, { recordedAs: 'centre.change', object: centreId }, async (tx) => {
    if ((await tx.centre.count({ where: { id: centreId } })) === 0) throw new UserError('noCentre')
    await mustBeFree(tx, centreId, clean)
    await tx.team.create({ data: { centreId, name: clean } })
    return true
  })
}

/** @throws UserError noTeam, badName, teamExists */
export async function renameTeam(house: InsideHouse, staff: StaffMember, id: string, name: string): Promise<void> {
  const clean = cleanName(name)
  const team = await teamOf(house, id)
  await change(house, staff, { recordedAs: 'centre.change', object: team.centreId }, async (tx) => {
    if (team.name === clean) return false
    await mustBeFree(tx, team.centreId, clean)
    await tx.team.update({ where: { id }, data: { name: clean } })
    return true
  })
}

/** Its people stay at the centre, without a team; so do its cases. @throws UserError noTeam, teamIsAsked */
export async function removeTeam(house: InsideHouse, staff: StaffMember, id: string): Promise<void> {
  const team = await teamOf(house, id)
  await change(house, staff, { recordedAs: 'centre.change', object: team.centreId }, async (tx) => {
    if ((await tx.offer.count({ where: { toTeamId: id, state: { in: ['asked', 'offered'] } } })) > 0)
      throw new UserError('teamIsAsked')
    await tx.staff.updateMany({ where: { teamId: id }, data: { teamId: null } })
    await tx.case.updateMany({ where: { teamId: id }, data: { teamId: null } })
    await tx.team.delete({ where: { id } })
    return true
  })
}

async function mustBeFree(tx: Tx, centreId: string, name: string): Promise<void> {
  const same = { equals: name, mode: 'insensitive' as const }
  if ((await tx.team.count({ where: { centreId, name: same } })) > 0) throw new UserError('teamExists')
}

async function teamOf({ store }: InsideHouse, id: string): Promise<Team> {
  const team = await store.db.team.findUnique({ where: { id } })
  if (!team) throw new UserError('noTeam')
  return team
}
