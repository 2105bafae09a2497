/** What happens when somebody comes with their invitation: their chat becomes one of the enrolled person's. */
import { Refusal } from '../../conversation/action.js'
import type { InsideHouse } from '../../conversation/inside.js'
import type { Turn } from '../../conversation/turn.js'
import { audit } from '../../desk/audit.js'
import { joinPersons } from '../../desk/pairing.js'
import type { Tx } from '../../store/store.js'
import { isStaffLanguage } from '../../text/languages.js'
import { resealWords } from '../checkin/events.js'
import { recount } from '../reports/counted.js'
import { useInvitation } from './invitations.js'
import { openName, sealName } from './names.js'

/** Wrong codes of one chat; after so many within an hour none is looked at. 27^8 codes are there to guess. */
const TRIES_PER_HOUR = 5
const HOUR_MS = 3_600_000

/** Receipts that count guesses stand under this name, beside those of the messengers. */
const GUESSES = 'join'

/**
 * @returns the group that they are in now
 * @throws Refusal unknown, used, late, slower, busy
 */
export async function joinWith(house: InsideHouse, tx: Tx, turn: Turn, code: string): Promise<{ group: string }> {
  const { store } = house
  const { now } = turn
  // Whoever waits for a consultant would lose them: the chat becomes another person's.
  if (turn.caseId) throw new Refusal('busy')
  const guess = `guess/${turn.loaded.addressId}/`
  const recent = { updateKey: { startsWith: guess }, at: { gt: new Date(now.getTime() - HOUR_MS) } }
  if ((await tx.receipt.count({ where: { channel: GUESSES, ...recent } })) >= TRIES_PER_HOUR)
    throw new Refusal('slower')
  const opened = await useInvitation(store, tx, code, now)
  if (typeof opened === 'string') {
    if (opened === 'unknown')
      await tx.receipt.create({ data: { channel: GUESSES, updateKey: `${guess}${crypto.randomUUID()}`, at: now } })
    throw new Refusal(opened)
  }
  const enrolment = await tx.enrolment.findUniqueOrThrow({
    where: { id: opened.enrolmentId },
    include: { group: true, person: true },
  })
  if (turn.loaded.role === 'worker') await adopt(house, tx, turn, enrolment)
  else await become(house, tx, turn, enrolment)
  await tx.enrolment.updateMany({ where: { id: enrolment.id, connectedAt: null }, data: { connectedAt: now } })
  await audit(tx, store.vault, { staffId: null, action: 'worker.join', object: enrolment.groupId, at: now })
  return { group: enrolment.group.name }
}

type Found = {
  id: string
  personId: string
  group: { programmeId: string }
  name: Uint8Array<ArrayBuffer>
  person: {
    id: string
    wrappedKey: Uint8Array | null
    language: string | null
    country: string | null
    city: string | null
  }
}

/** A chat that was nobody's we knew: what was said before belongs to nobody any more, and the talk begins afresh as the worker's. */
async function become({ store }: InsideHouse, tx: Tx, turn: Turn, { personId, person }: Found): Promise<void> {
  const own = turn.person.language
  const drawer = await joinPersons(store, tx, turn.loaded.personId, personId)
  if (!drawer) throw new Refusal('unknown')
  turn.forget()
  turn.rekey(drawer)
  // As the coordinator wrote it; else as they chose here; else they are asked.
  const language = person.language ?? (isStaffLanguage(own) ? own : null)
  await tx.person.update({ where: { id: personId }, data: { language } })
  turn.person.language = language
}

/** Somebody who is a worker here already is invited into another group: that enrolment becomes theirs. */
async function adopt(house: InsideHouse, tx: Tx, turn: Turn, found: Found): Promise<void> {
  const { store } = house
  const { id, personId, name, person, group } = found
  const me = await tx.person.findUniqueOrThrow({ where: { id: turn.loaded.personId } })
  if (me.id === personId || !me.wrappedKey) return
  const called = openName(store.vault, person, name)
  if (called === undefined || !person.wrappedKey) throw new Refusal('unknown')
  // Two people who each have a chat are never made one by a code; for its owner it still opens
  if ((await tx.address.count({ where: { personId } })) > 0) {
    await tx.workerInvitation.updateMany({ where: { enrolmentId: id, usedAt: turn.now }, data: { usedAt: null } })
    throw new Refusal('used')
  }
  const sealed = sealName(store.vault, { id: me.id, wrappedKey: me.wrappedKey }, called)
  await tx.enrolment.update({ where: { id }, data: { personId: me.id, name: sealed } })
  await recount(house, tx, { personId: me.id, programmeId: group.programmeId, staffId: null })
  // A trainer may have said why they were absent before they came with their code
  await resealWords(tx, id, store.vault.drawer(personId, person.wrappedKey), store.vault.drawer(me.id, me.wrappedKey))
  if ((await tx.enrolment.count({ where: { personId } })) === 0) await tx.person.delete({ where: { id: personId } })
}
