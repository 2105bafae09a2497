/** Complaints about colleagues, for those who stand outside of their team (S45). Each look leaves a trace. */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import type { Complaint, Staff } from '../../store/generated/client.js'
import type { Store } from '../../store/store.js'
import { SealError } from '../../store/vault.js'
import { permit, type StaffMember } from '../access.js'
import { change } from './change.js'
import { handlersAmong, possibleHandlers } from './handlers.js'

export type ComplaintRow = {
  id: number
  at: Date
  /** The colleague it is about. */
  about: string | null
  caseCode: string | null
  handler: string | null
  mine: boolean
  closedAt: Date | null
}

/** `undefined` words: the client has deleted their data. */
export type OpenComplaint = ComplaintRow & { words: string | undefined }

const CLOSED_SHOWN = 50

/** Those that this colleague may see: open ones first, the oldest first. */
export async function complaintsFor({ db }: Pick<Store, 'db'>, staff: StaffMember): Promise<ComplaintRow[]> {
  permit(staff, 'complaints.see')
  const [open, closed] = await Promise.all([
    db.complaint.findMany({ where: { closedAt: null }, orderBy: { id: 'asc' } }),
    db.complaint.findMany({ where: { closedAt: { not: null } }, orderBy: { id: 'desc' }, take: CLOSED_SHOWN }),
  ])
  const all = [...open, ...closed]
  const ids = all.flatMap(({ aboutId, handlerId }) => [aboutId, handlerId]).filter((id) => id !== null)
  const people = new Map((await db.staff.findMany({ where: { id: { in: ids } } })).map((each) => [each.id, each]))
  const handlers = await possibleHandlers(db)
  return all.filter((each) => isFor(each, staff, handlers, people)).map((each) => rowOf(each, staff, people))
}

/** With its words; the look is recorded. @throws UserError notAllowed, noComplaint */
export async function openComplaint(house: InsideHouse, staff: StaffMember, id: number): Promise<OpenComplaint> {
  const { found, row } = await complaintOf(house, staff, id)
  await change(
    house,
    staff,
    { action: 'complaints.see', recordedAs: 'complaint.read', object: String(id) },
    async () => true,
  )
  return { ...row, words: await wordsOf(house.store, found) }
}

/** From now on they look into it. @throws UserError notAllowed, noComplaint, complaintTaken */
export async function takeComplaint(house: InsideHouse, staff: StaffMember, id: number): Promise<void> {
  await complaintOf(house, staff, id)
  await change(
    house,
    staff,
    { action: 'complaints.see', recordedAs: 'complaint.take', object: String(id) },
    async (tx) => {
      const { count } = await tx.complaint.updateMany({
        where: { id, closedAt: null, OR: [{ handlerId: null }, { handlerId: staff.id }] },
        data: { handlerId: staff.id },
      })
      if (count === 0) throw new UserError('complaintTaken')
      return true
    },
  )
}

/** Whoever has looked into it says that it is over. @throws UserError notAllowed, noComplaint, complaintTaken */
export async function closeComplaint(house: InsideHouse, staff: StaffMember, id: number): Promise<void> {
  await complaintOf(house, staff, id)
  await change(
    house,
    staff,
    { action: 'complaints.see', recordedAs: 'complaint.close', object: String(id) },
    async (tx) => {
      const { count } = await tx.complaint.updateMany({
        where: { id, closedAt: null, handlerId: staff.id },
        data: { closedAt: house.clock() },
      })
      if (count === 0) throw new UserError('complaintTaken')
      return true
    },
  )
}

type People = ReadonlyMap<string, Staff>

/** Whoever it is about gets to know of none, also when they look after the house themselves. */
const isFor = ({ aboutId }: Complaint, staff: StaffMember, handlers: readonly Staff[], people: People): boolean =>
  handlersAmong(handlers, (aboutId && people.get(aboutId)) || null).some(({ id }) => id === staff.id)

const rowOf = (found: Complaint, staff: StaffMember, people: People): ComplaintRow => ({
  id: Number(found.id),
  at: found.at,
  about: (found.aboutId && people.get(found.aboutId)?.alias) || null,
  caseCode: found.caseCode,
  handler: (found.handlerId && people.get(found.handlerId)?.alias) || null,
  mine: found.handlerId === staff.id,
  closedAt: found.closedAt,
})

async function complaintOf({ store }: InsideHouse, staff: StaffMember, id: number) {
  permit(staff, 'complaints.see')
  const found = Number.isSafeInteger(id) ? await store.db.complaint.findUnique({ where: { id } }) : null
  if (!found) throw new UserError('noComplaint')
  const ids = [found.aboutId, found.handlerId].filter((each) => each !== null)
  const people = new Map((await store.db.staff.findMany({ where: { id: { in: ids } } })).map((each) => [each.id, each]))
  if (!isFor(found, staff, await possibleHandlers(store.db), people)) throw new UserError('noComplaint')
  return { found, row: rowOf(found, staff, people) }
}

async function wordsOf({ db, vault }: Pick<Store, 'db' | 'vault'>, { personId, body }: Complaint) {
  const person = await db.person.findUnique({ where: { id: personId } })
  if (!person?.wrappedKey) return undefined
  try {
    return vault.drawer(personId, person.wrappedKey).openText('complaint.body', body)
  } catch (error) {
    // Erased since: the person has a new key, and the old words open no more.
    if (error instanceof SealError) return undefined
    throw error
  }
}
