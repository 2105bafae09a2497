/** Who is in which group, from which day to which: taken in, leaving, moving. What was stays as it was. */
import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { change } from '../../desk/house/change.js'
import { UserError } from '../../errors.js'
import { sqlOf, type Tx } from '../../store/store.js'
import type { Vault } from '../../store/vault.js'
import { type City, cityById } from '../../text/cities.js'
import type { StaffLanguage } from '../../text/languages.js'
import { recount } from '../reports/counted.js'
import { GROUP_MAX, rulesOf } from '../rules.js'
import { dayBefore, wordOf } from './days.js'
import { openName, sameName, sealName } from './names.js'
import { nameOf } from './programmes.js'
import { groupFor, isId } from './sight.js'

export type NewWorker = {
  name: string
  /** Where they work; the group's own city when it is left out. */
  city: City | null
  organisation: string
  /** Null: they are asked when they join. */
  language: StaffLanguage | null
  joinedOn: Date
}

type Keys = { vault: Vault }

/** Takes one person in; returns their enrolment. @throws UserError notAllowed, noTraining, badName, nameTaken, groupFull, dayOutside */
export async function enrol(
  house: InsideHouse,
  staff: StaffMember,
  groupId: string,
  worker: NewWorker,
): Promise<string> {
  let id = ''
  await people(house, staff, groupId, async (tx) => {
    await groupFor(tx, staff, groupId)
    id = await enrolWithin(tx, house.store, groupId, worker)
  })
  return id
}

/** The same inside a transaction that takes in many. The group's row is locked, so that nobody becomes the thirty-first by a race. */
export async function enrolWithin(tx: Tx, keys: Keys, groupId: string, worker: NewWorker): Promise<string> {
  await sqlOf(tx)('select id from programme_group where id = $1::uuid for update', [groupId])
  const group = await tx.programmeGroup.findUniqueOrThrow({ where: { id: groupId }, include: { programme: true } })
  const { programme } = group
  const name = nameOf(worker.name)
  await checkRoom(tx, group)
  if (worker.joinedOn < programme.startsOn || worker.joinedOn > programme.endsOn)
    throw new UserError('dayOutside', { from: wordOf(programme.startsOn), to: wordOf(programme.endsOn) })
  const taken = (await openNames(tx, keys, programme.id)).find((each) => sameName(each.name, name))
  if (taken) throw new UserError('nameTaken', { group: taken.group })

  const personId = crypto.randomUUID()
  const wrappedKey = keys.vault.newKey(personId)
  const city = worker.city ?? (group.city ? cityById(group.city) : undefined)
  await tx.person.create({
    data: {
      id: personId,
      role: 'worker',
      wrappedKey,
      language: worker.language,
      country: city?.country ?? null,
      city: city?.name ?? null,
    },
  })
  const { id } = await tx.enrolment.create({
    data: {
      personId,
      groupId,
      organisationId: await organisationId(tx, worker.organisation),
      name: sealName(keys.vault, { id: personId, wrappedKey }, name),
      joinedOn: worker.joinedOn,
    },
  })
  return id
}

/** @throws UserError groupFull */
async function checkRoom(tx: Tx, group: { id: string; programme: { rules: unknown } }): Promise<void> {
  const max = Math.min(rulesOf(group.programme).group.max, GROUP_MAX)
  if ((await tx.enrolment.count({ where: { groupId: group.id, leftOn: null } })) >= max)
    throw new UserError('groupFull', { max })
}

/** Everybody who is in a group of this programme now, by name. */
export async function openNames(tx: Pick<Tx, 'enrolment'>, { vault }: Keys, programmeId: string) {
  const rows = await tx.enrolment.findMany({
    where: { leftOn: null, group: { programmeId } },
    include: { person: true, group: true },
  })
  return rows.flatMap(({ personId, person, name, group }) => {
    const opened = openName(vault, person, name)
    return opened === undefined ? [] : [{ personId, name: opened, group: group.name }]
  })
}

/** An organisation is known by its name, however the capitals stand. */
export async function organisationId(tx: Tx, given: string): Promise<string | null> {
  if (!given.trim()) return null
  const name = nameOf(given)
  const known = await tx.organisation.findFirst({ where: { name: { equals: name, mode: 'insensitive' } } })
  return (known ?? (await tx.organisation.create({ data: { name } }))).id
}

/** `on` is the last day that counts. @throws UserError notAllowed, noTraining, noWorker, leftAlready, dayBeforeJoining */
export async function leave(house: InsideHouse, staff: StaffMember, enrolmentId: string, on: Date): Promise<void> {
  const { groupId } = await enrolmentOf(house.store.db, enrolmentId)
  await people(house, staff, groupId, async (tx) => {
    const found = await openEnrolment(tx, staff, enrolmentId)
    if (on < found.joinedOn) throw new UserError('dayBeforeJoining', { day: wordOf(found.joinedOn) })
    await tx.enrolment.update({ where: { id: enrolmentId }, data: { leftOn: on } })
    await recount(house, tx, whoseMonths(staff, found))
  })
}

/**
 * From the day `on` they are in the other group of the same programme; until the day before, what they did counts in the old one. The
 * month of the move is the new one's. Who had no day there yet was never in it.
 * @throws UserError notAllowed, noTraining, noWorker, leftAlready, otherProgramme, sameGroup, groupFull
 */
export async function move(
  house: InsideHouse,
  staff: StaffMember,
  enrolmentId: string,
  { to, on }: { to: string; on: Date },
): Promise<void> {
  const { groupId } = await enrolmentOf(house.store.db, enrolmentId)
  await people(house, staff, groupId, async (tx) => {
    const found = await openEnrolment(tx, staff, enrolmentId)
    const { group } = await groupFor(tx, staff, to)
    if (group.id === found.groupId) throw new UserError('sameGroup')
    if (group.programmeId !== found.group.programmeId) throw new UserError('otherProgramme')
    await sqlOf(tx)('select id from programme_group where id = $1::uuid for update', [group.id])
    await checkRoom(tx, group)
    await moveTo(tx, found, group.id, on)
    await recount(house, tx, whoseMonths(staff, found))
  })
}

async function moveTo(tx: Tx, found: Enrolled, groupId: string, on: Date): Promise<void> {
  const { id, personId, organisationId, name, connectedAt } = found
  if (on <= found.joinedOn) {
    await tx.enrolment.update({ where: { id }, data: { groupId } })
    return
  }
  await tx.enrolment.update({ where: { id }, data: { leftOn: dayBefore(on) } })
  const fresh = await tx.enrolment.create({
    data: { personId, groupId, organisationId, name, connectedAt, joinedOn: on },
  })
  // An invitation that was sent already still opens.
  await tx.workerInvitation.updateMany({ where: { enrolmentId: id, usedAt: null }, data: { enrolmentId: fresh.id } })
}

const whoseMonths = (staff: StaffMember, { personId, group }: Enrolled) => ({
  personId,
  programmeId: group.programmeId,
  staffId: staff.id,
})

type Enrolled = Awaited<ReturnType<typeof enrolmentOf>>

/** @throws UserError noWorker */
export async function enrolmentOf(tx: Pick<Tx, 'enrolment'>, id: string) {
  const found = isId(id)
    ? await tx.enrolment.findUnique({ where: { id }, include: { group: true, person: true, organisation: true } })
    : null
  if (!found) throw new UserError('noWorker')
  return found
}

/** Locked against a second click. @throws UserError noTraining, noWorker, leftAlready */
async function openEnrolment(tx: Tx, staff: StaffMember, id: string) {
  await sqlOf(tx)('select id from enrolment where id = $1::uuid for update', [id])
  const found = await enrolmentOf(tx, id)
  await groupFor(tx, staff, found.groupId)
  if (found.leftOn) throw new UserError('leftAlready')
  return found
}

const people = (house: InsideHouse, staff: StaffMember, object: string, work: (tx: Tx) => Promise<void>) =>
  change(house, staff, { action: 'programme.change', recordedAs: 'programme.people', object }, async (tx) => {
    await work(tx)
    return true
  })
