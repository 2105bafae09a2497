/** Centres: added from the list of cities, changed, passed on to another one for a while, and taken out when nothing hangs on them. */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import type { Centre } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import { cityById } from '../../text/cities.js'
import { COUNTRY_TIME_ZONES, type Country } from '../../text/countries.js'
import type { Language } from '../../text/languages.js'
import type { StaffMember } from '../access.js'
import { OFFICE_HOURS } from '../centres.js'
import type { Goals } from '../goals.js'
import type { Hours } from '../hours/hours.js'
import { isTimeZone } from '../hours/zone.js'
import { change } from './change.js'

/** What people at these centres mostly speak; changed at once where it is not so. */
const COUNTRY_LANGUAGES: Record<Country, readonly Language[]> = {
  RU: ['ru', 'tg', 'uz', 'ky'],
  KZ: ['ru', 'kk', 'uz', 'ky', 'tg'],
  TJ: ['tg', 'ru'],
  CZ: ['cs', 'uk', 'ru', 'en'],
}

/** @throws UserError noCity, centreExists */
export async function addCentre(house: InsideHouse, staff: StaffMember, cityId: string): Promise<string> {
  const city = cityById(cityId)
  if (!city) throw new UserError('noCity')
  const { id, country, name } = city
  await change(house, staff, { recordedAs: 'centre.change', object: id }, async (tx) => {
    if ((await tx.centre.count({ where: { id } })) > 0) throw new UserError('centreExists')
    await tx.centre.create({
      data: {
        id,
        country,
        city: name,
        timeZone: COUNTRY_TIME_ZONES[country],
        languages: [...COUNTRY_LANGUAGES[country]],
        hours: OFFICE_HOURS,
        createdAt: house.clock(),
      },
    })
    return true
  })
  return id
}

/** @throws UserError noCentre, noLanguages, badTimeZone */
export const changeCentre = (
  house: InsideHouse,
  staff: StaffMember,
  id: string,
  { languages, timeZone }: { languages: readonly Language[]; timeZone: string },
): Promise<boolean> =>
  inCentre(house, staff, id, async (tx, centre) => {
    if (languages.length === 0) throw new UserError('noLanguages')
    if (!isTimeZone(timeZone)) throw new UserError('badTimeZone')
    await tx.centre.update({ where: { id }, data: { languages: [...languages], timeZone } })
    if (centre.timeZone !== timeZone) await countAnew(tx, id)
  })

/** @throws UserError noCentre */
export const setHours = (house: InsideHouse, staff: StaffMember, id: string, hours: Hours): Promise<boolean> =>
  inCentre(house, staff, id, async (tx) => {
    await tx.centre.update({ where: { id }, data: { hours } })
    await countAnew(tx, id)
  })

/** `undefined`: the house's own goals. @throws UserError noCentre */
export const setGoals = (
  house: InsideHouse,
  staff: StaffMember,
  id: string,
  goals: Goals | undefined,
): Promise<boolean> =>
  inCentre(house, staff, id, async (tx) => {
    // Written by hand: a JSON column is emptied with a value of its own in Prisma.
    await tx.$executeRawUnsafe(
      'update centre set goals = $2::text::jsonb where id = $1',
      id,
      goals ? JSON.stringify(goals) : null,
    )
    await countAnew(tx, id)
  })

/**
 * New cases go to the other centre until they are brought back; those that wait here already stay, because their clients were told who
 * answers. `null` brings them back.
 * @throws UserError noCentre, divertedToItself, divertedInCircle
 */
export const divertCentre = (house: InsideHouse, staff: StaffMember, id: string, to: string | null): Promise<boolean> =>
  inCentre(house, staff, id, async (tx) => {
    if (to !== null) {
      if (to === id) throw new UserError('divertedToItself')
      const other = await tx.centre.findUnique({ where: { id: to } })
      if (!other) throw new UserError('noCentre')
      if (other.divertedTo) throw new UserError('divertedInCircle')
    }
    await tx.centre.update({ where: { id }, data: { divertedTo: to } })
  })

/** @throws UserError noCentre, centreInUse */
export const removeCentre = (house: InsideHouse, staff: StaffMember, id: string): Promise<boolean> =>
  inCentre(house, staff, id, async (tx) => {
    const hanging = await Promise.all([
      tx.staff.count({ where: { centreId: id, disabledAt: null } }),
      tx.team.count({ where: { centreId: id } }),
      tx.group.count({ where: { centreId: id } }),
      tx.case.count({ where: { centreId: id, state: { not: 'closed' } } }),
      tx.centre.count({ where: { divertedTo: id } }),
      tx.offer.count({ where: { toCentre: id, state: { in: ['asked', 'offered'] } } }),
    ])
    if (hanging.some((n) => n > 0)) throw new UserError('centreInUse')
    await tx.centre.delete({ where: { id } })
  })

const inCentre = (
  house: InsideHouse,
  staff: StaffMember,
  id: string,
  work: (tx: Tx, centre: Centre) => Promise<void>,
): Promise<boolean> =>
  change(house, staff, { recordedAs: 'centre.change', object: id }, async (tx) => {
    const centre = await tx.centre.findUnique({ where: { id } })
    if (!centre) throw new UserError('noCentre')
    await work(tx, centre)
    return true
  })

/** Other hours, other goals: what is not missed yet is due at another time. The watch counts it again. */
const countAnew = (tx: Tx, centreId: string) =>
  tx.case.updateMany({
    where: { centreId, state: { not: 'closed' }, breachedAt: null, goal: { not: null } },
    data: { goal: null, dueAt: null, warnAt: null },
  })
