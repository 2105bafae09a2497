/** Programmes, their groups, and the days on which a group meets. */

import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { firstAt } from '../../desk/hours/zone.js'
import { change } from '../../desk/house/change.js'
import { UserError } from '../../errors.js'
import type { Tx } from '../../store/store.js'
import { cityById } from '../../text/cities.js'
import { COUNTRY_TIME_ZONES } from '../../text/countries.js'
import { rulesOf, USUAL_RULES } from '../rules.js'
import { dayOf } from './days.js'
import { groupFor, programmeOf } from './sight.js'

export const NAME_MAX = 80
export const PLACE_MAX = 200

const HOUR_MS = 3_600_000

/** @throws UserError badName */
export function nameOf(text: string, max = NAME_MAX): string {
  const name = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (!name || name.length > max) throw new UserError('badName', { max })
  return name
}

/** A programme with the usual rules; returns its id. @throws UserError notAllowed, badName, badDay, daysInverted, programmeExists */
export async function addProgramme(
  house: InsideHouse,
  staff: StaffMember,
  given: { name: string; startsOn: string; endsOn: string },
): Promise<string> {
  const name = nameOf(given.name)
  const [startsOn, endsOn] = [dayOf(given.startsOn), dayOf(given.endsOn)]
  if (endsOn < startsOn) throw new UserError('daysInverted')
  const id = crypto.randomUUID()
  await changed(house, staff, id, async (tx) => {
    if ((await tx.programme.count({ where: { name } })) > 0) throw new UserError('programmeExists')
    await tx.programme.create({ data: { id, name, startsOn, endsOn, rules: USUAL_RULES, createdAt: house.clock() } })
  })
  return id
}

/** Its days begin where it meets. Returns its id. @throws UserError notAllowed, badName, noCity, noTrainer, groupExists, noProgramme */
export async function addGroup(
  house: InsideHouse,
  staff: StaffMember,
  given: { programmeId: string; name: string; city: string; trainerId: string | null },
): Promise<string> {
  const name = nameOf(given.name)
  const city = cityById(given.city)
  if (!city) throw new UserError('noCity')
  const id = crypto.randomUUID()
  await changed(house, staff, id, async (tx) => {
    const { id: programmeId } = await programmeOf(tx, given.programmeId)
    await checkTrainer(tx, given.trainerId)
    if ((await tx.programmeGroup.count({ where: { programmeId, name } })) > 0) throw new UserError('groupExists')
    const timeZone = COUNTRY_TIME_ZONES[city.country]
    await tx.programmeGroup.create({
      data: { id, programmeId, name, city: city.id, timeZone, trainerId: given.trainerId },
    })
  })
  return id
}

/** @throws UserError notAllowed, noTraining, noTrainer */
export async function setTrainer(house: InsideHouse, staff: StaffMember, groupId: string, trainerId: string | null) {
  await changed(house, staff, groupId, async (tx) => {
    await groupFor(tx, staff, groupId)
    await checkTrainer(tx, trainerId)
    await tx.programmeGroup.update({ where: { id: groupId }, data: { trainerId } })
  })
}

/** One training day as it is written: an empty day is one that is not planned. */
export type PlannedDay = { module: number; day: string; from: string; place: string }

/**
 * The days of a group as they are now, one for each module. A day that the trainer has closed stays as it was.
 * @throws UserError notAllowed, noTraining, badDay, badTime, badPlace, badRequest
 */
export async function planDays(
  house: InsideHouse,
  staff: StaffMember,
  groupId: string,
  days: readonly PlannedDay[],
): Promise<void> {
  await changed(house, staff, groupId, async (tx) => {
    const { group } = await groupFor(tx, staff, groupId)
    const { modules, hoursPerModule } = rulesOf(group.programme)
    for (const { module, day, from, place } of days) {
      if (!Number.isInteger(module) || module < 1 || module > modules) throw new UserError('badRequest')
      const [known] = await tx.trainingSession.findMany({
        where: { groupId, module },
        orderBy: { startsAt: 'asc' },
        take: 1,
      })
      if (known?.closedAt) continue
      if (!day) {
        if (known) await tx.trainingSession.delete({ where: { id: known.id } })
        continue
      }
      if (place.length > PLACE_MAX) throw new UserError('badPlace', { max: PLACE_MAX })
      const startsAt = startOf(group.timeZone, day, from)
      const endsAt = new Date(startsAt.getTime() + hoursPerModule * HOUR_MS)
      const data = { startsAt, endsAt, place: place.trim() }
      if (known) await tx.trainingSession.update({ where: { id: known.id }, data })
      else await tx.trainingSession.create({ data: { groupId, module, ...data } })
    }
  })
}

/** That hour of that day, where the group meets. @throws UserError badDay, badTime */
function startOf(timeZone: string, day: string, from: string): Date {
  const [, hours = '', minutes = ''] = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(from.trim()) ?? []
  if (!hours) throw new UserError('badTime')
  return new Date(firstAt(timeZone, dayOf(day).getTime() + (Number(hours) * 60 + Number(minutes)) * 60_000))
}

async function checkTrainer(tx: Tx, trainerId: string | null): Promise<void> {
  if (trainerId === null) return
  const there = await tx.staff.count({ where: { id: trainerId, role: 'trainer', disabledAt: null } })
  if (there === 0) throw new UserError('noTrainer')
}

const changed = (house: InsideHouse, staff: StaffMember, object: string, work: (tx: Tx) => Promise<void>) =>
  change(house, staff, { action: 'programme.change', recordedAs: 'programme.change', object }, async (tx) => {
    await work(tx)
    return true
  })
