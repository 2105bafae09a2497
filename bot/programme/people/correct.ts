/** What was written wrongly of a worker is put right wherever it stands, also on a certificate that was issued. */
import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { change } from '../../desk/house/change.js'
import { UserError } from '../../errors.js'
import { sqlOf, type Tx } from '../../store/store.js'
import type { City } from '../../text/cities.js'
import { enrolmentOf, openNames, organisationId } from './enrolments.js'
import { openName, sameName, sealName } from './names.js'
import { nameOf } from './programmes.js'
import { groupFor } from './sight.js'

/** `city`: undefined leaves it as it is. */
export type Correction = { name: string; city: City | undefined; organisation: string }

/**
 * Everything of them in this programme says it from now on: each group that they were in, and their certificate. False where nothing is
 * different.
 * @throws UserError notAllowed (also for whoever may not read the name), noTraining, noWorker, badName, nameTaken
 */
export async function correct(
  house: InsideHouse,
  staff: StaffMember,
  enrolmentId: string,
  given: Correction,
): Promise<boolean> {
  const { groupId } = await enrolmentOf(house.store.db, enrolmentId)
  const about = { action: 'programme.change', recordedAs: 'programme.people', object: groupId } as const
  return change(house, staff, about, (tx) => correctWithin(house, tx, staff, { enrolmentId, given }))
}

async function correctWithin(
  { store: { vault } }: InsideHouse,
  tx: Tx,
  staff: StaffMember,
  { enrolmentId, given }: { enrolmentId: string; given: Correction },
): Promise<boolean> {
  const { personId, person, group, organisation: before, ...found } = await enrolmentOf(tx, enrolmentId)
  if ((await groupFor(tx, staff, group.id)).sight !== 'full') throw new UserError('notAllowed')
  // The lock of whoever is taken in here: so two people of a group never get one name by a race
  await sqlOf(tx)('select id from programme_group where id = $1::uuid for update', [group.id])
  const called = openName(vault, person, found.name)
  const { wrappedKey } = person
  if (called === undefined || !wrappedKey) throw new UserError('noWorker')
  const { programmeId } = group
  const name = nameOf(given.name)
  const others = (await openNames(tx, { vault }, programmeId)).filter((each) => each.personId !== personId)
  const taken = others.find((each) => sameName(each.name, name))
  if (taken) throw new UserError('nameTaken', { group: taken.group })
  const organisation = given.organisation.trim() && nameOf(given.organisation)
  const city = given.city && given.city.name !== person.city ? given.city : undefined
  if (name === called && organisation === (before?.name ?? '') && !city) return false

  const worksFor = await organisationId(tx, organisation)
  // Known by its name, however the capitals stand: this is how they do
  if (worksFor) await tx.organisation.update({ where: { id: worksFor }, data: { name: organisation } })
  await tx.enrolment.updateMany({
    where: { personId, group: { programmeId } },
    data: { name: sealName(vault, { id: personId, wrappedKey }, name), organisationId: worksFor },
  })
  await tx.certificate.updateMany({
    where: { personId, programmeId },
    data: { name: vault.drawer(personId, wrappedKey).seal('certificate.name', name), organisationId: worksFor },
  })
  if (city) await tx.person.update({ where: { id: personId }, data: { city: city.name, country: city.country } })
  return true
}
