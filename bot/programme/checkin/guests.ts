/**
 * Somebody of another group of the programme makes a module up here: the trainer of the day says so, and from then on it counts.
 *
 * Lists of other groups are shown to nobody for it. The trainer writes the name that they heard in the room, whole, and learns no more
 * than whether it is one person's; whoever is added is told, so that nobody is looked for in silence.
 */
import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { UserError } from '../../errors.js'
import type { Store, Tx } from '../../store/store.js'
import { formatDate } from '../../text/formats.js'
import { openName, sameName } from '../people/names.js'
import { WHY_MAX } from './correct.js'
import type { TrainingDay } from './days.js'
import { addEvent } from './events.js'
import { covers } from './mine.js'
import { rosterOf } from './roster.js'
import { tellPerson } from './tell.js'
import { permitDay } from './trainer.js'
import { dateIn, type PointId } from './windows.js'

/** Who checked in here by themselves is confirmed. @throws UserError notAllowed, noSession, noSuchPerson */
export async function welcomeGuest(
  house: InsideHouse,
  tx: Tx,
  staff: StaffMember,
  day: TrainingDay,
  enrolmentId: string,
): Promise<void> {
  permitDay(staff, day)
  const row = (await rosterOf(house.store, tx, day)).find((each) => each.guest && each.enrolmentId === enrolmentId)
  if (!row) throw new UserError('noSuchPerson')
  const at = house.clock()
  if (await addEvent(tx, { sessionId: day.id, enrolmentId, kind: 'guest', at, byId: staff.id, once: 'guest' }))
    await tellPerson(house, tx, row.personId, {
      key: 'told.welcome',
      values: () => ({ module: day.module, group: day.group }),
    })
}

export type Guest = { name: string; point: PointId; why: string }

/**
 * Who is in the room without a phone is written down and confirmed at once. Whoever is on the list already is left as they are: what
 * they did themselves is corrected there, in sight of it.
 * @throws UserError notAllowed, noSession, whyNeeded, nobodyCalledSo, twoCalledSo, onTheList
 */
export async function addGuest(
  house: InsideHouse,
  tx: Tx,
  staff: StaffMember,
  day: TrainingDay,
  { name, point, why }: Guest,
): Promise<void> {
  permitDay(staff, day)
  const words = why.trim().slice(0, WHY_MAX)
  if (day.closedAt && !words) throw new UserError('whyNeeded')
  const { id: enrolmentId, personId, drawer } = await calledSo(house.store, tx, day, name)
  if ((await rosterOf(house.store, tx, day)).some((row) => row.personId === personId)) throw new UserError('onTheList')
  const here = { sessionId: day.id, enrolmentId, at: house.clock(), byId: staff.id }
  // Of two who add the same person at once, one does
  if (!(await addEvent(tx, { ...here, kind: 'guest', once: 'guest' }))) throw new UserError('onTheList')
  await addEvent(tx, {
    ...here,
    kind: 'trainer',
    point,
    becomes: 'present',
    ...(words ? { why: { words, drawer } } : {}),
  })
  await tellPerson(house, tx, personId, {
    key: 'told.added',
    values: (language) => ({
      group: day.group,
      module: day.module,
      date: formatDate(language, dateIn(day.timeZone, day.startsAt)),
      what: [`point.${point}`, 'mark.present']
        .map((key) => house.mind.words.say(language, `checkin:${key}`))
        .join(': '),
    }),
    into: ['objection'],
  })
}

/** The one person of the programme who was called so on that day. @throws UserError nobodyCalledSo, twoCalledSo */
async function calledSo(store: Pick<Store, 'vault'>, tx: Tx, day: TrainingDay, name: string) {
  const enrolments = await tx.enrolment.findMany({
    where: { group: { programmeId: day.programmeId } },
    include: { group: true, person: { select: { id: true, wrappedKey: true } } },
    orderBy: { joinedOn: 'asc' },
  })
  const named = enrolments.flatMap(({ person: { id: personId, wrappedKey }, ...each }) => {
    if (!wrappedKey || !covers(each, each.group.timeZone, day.startsAt)) return []
    const called = openName(store.vault, { id: personId, wrappedKey }, each.name)
    if (called === undefined || !sameName(called, name)) return []
    return [{ id: each.id, personId, drawer: store.vault.drawer(personId, wrappedKey) }]
  })
  const found = named.at(-1)
  if (!found) throw new UserError('nobodyCalledSo')
  if (named.some(({ personId }) => personId !== found.personId)) throw new UserError('twoCalledSo')
  return found
}
