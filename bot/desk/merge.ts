/** Two cases of one person who wrote from two chats: one of them goes on, the other one is closed and leads there. */
import { HUMAN_BUTTON } from '../conversation/buttons.js'
import { giveBack, type InsideHouse, inConversation } from '../conversation/inside.js'
import { UserError } from '../errors.js'
import type { Case } from '../store/generated/client.js'
import { sqlOf, type Tx } from '../store/store.js'
import { may, type StaffMember } from './access.js'
import { act } from './act.js'
import { audit } from './audit.js'
import { mustOwn } from './case-lock.js'
import { endCase } from './ending.js'
import { wantPlaces } from './places/wanted.js'
import { STRICT_NEEDS } from './targets.js'
import { tell } from './tell.js'
import { mustSee } from './visible.js'

/** A code as people write it down: "k7x4f", "K7X 4F". */
function readCode(said: string): string {
  const letters = said.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return `${letters.slice(0, 3)}-${letters.slice(3)}`
}

/**
 * Closes the case with the code `said` as merged into this one. Its client is told where the answer comes, what they wait for is waited
 * for here, and their danger is the danger of this case. False when it was merged into this one before.
 * @throws UserError noCase (also for one that is not theirs to see), mergeSelf, notClaimed, caseTaken, caseClosed, mergeClosed,
 * alreadyMerged, mergeUrgent, avoided
 */
export async function mergeCase(house: InsideHouse, code: string, staff: StaffMember, said: string): Promise<boolean> {
  const other = readCode(said)
  if (other === code) throw new UserError('mergeSelf')
  let closed = ''
  const done = await act(house, { code, staff, action: 'case.merge', beside: other }, async (into, tx) => {
    if (!may(staff, 'case.releaseOthers')) await mustOwn(tx, into, staff)
    if (into.state === 'closed') throw new UserError('caseClosed')
    // Nobody is told that they are answered elsewhere while nobody answers there.
    if (into.state !== 'claimed') throw new UserError('notClaimed')
    await mustSee(sqlOf(tx), staff, other)
    const from = await tx.case.findUniqueOrThrow({ where: { code: other } })
    if (from.mergedIntoId === into.id && from.outcome === 'merged') return false
    mustBeFree(from, into, staff)
    closed = from.id
    await joinCases(house, tx, from, into)
    for (const id of new Set([from.ownerId, into.ownerId])) {
      const owner = id && id !== staff.id ? await tx.staff.findUnique({ where: { id } }) : null
      const about = owner?.id === into.ownerId ? into : from
      if (owner) await tell(house, tx, owner, 'tell.merged', { code: about.code, alias: staff.alias })
    }
    const entry = { staffId: staff.id, action: 'case.merge', object: from.code, at: house.clock() } as const
    await audit(tx, house.store.vault, entry)
    return true
  })
  if (done) house.store.signals.emit('case', closed)
  return done
}

function mustBeFree(from: Case, into: Case, staff: StaffMember): void {
  if (from.state === 'closed') throw new UserError(from.outcome === 'merged' ? 'alreadyMerged' : 'mergeClosed')
  // Whoever stays with somebody in danger does not lose them to a colleague's guess.
  if (from.urgency === 'urgent' && from.ownerId !== staff.id && !may(staff, 'case.releaseOthers'))
    throw new UserError('mergeUrgent')
  if (into.ownerId && from.avoid.includes(into.ownerId)) throw new UserError('avoided')
}

async function joinCases(house: InsideHouse, tx: Tx, from: Case, into: Case): Promise<void> {
  const now = house.clock()
  // Compare-and-set, beside the lock: what was closed or changed meanwhile is not merged.
  const { count } = await tx.case.updateMany({
    where: { id: from.id, revision: from.revision, state: { not: 'closed' } },
    data: { mergedIntoId: into.id },
  })
  if (count === 0) throw new UserError('mergeClosed')
  await endCase(tx, from.id, 'merged', now)
  await tx.case.update({ where: { id: into.id }, data: inherited(from, into, now) })
  await wantPlaces(tx, into.id, now)
  await inConversation(house, tx, from.conversationId, async (turn) => {
    turn.say({ text: { key: 'desk:merged' }, buttons: [HUMAN_BUTTON] })
    await giveBack(house, tx, turn)
  })
}

/** What the case that goes on takes over, so that nobody's danger or waiting ends with a click. */
function inherited(from: Case, into: Case, now: Date) {
  const raised = from.urgency === 'urgent' && into.urgency !== 'urgent'
  const trained = STRICT_NEEDS.includes(from.need)
  const waits = earlier(from.waitingSince, into.waitingSince)
  const restarts = raised || waits?.getTime() !== into.waitingSince?.getTime()
  return {
    avoid: [...new Set([...into.avoid, ...from.avoid])],
    need: !STRICT_NEEDS.includes(into.need) && (raised || trained) ? from.need : into.need,
    minor: from.minor || into.minor,
    revision: { increment: 1 },
    ...(raised ? { urgency: 'urgent', danger: from.danger, urgentAt: from.urgentAt ?? now } : {}),
    // The watch reckons the goal anew.
    ...(restarts ? { waitingSince: waits, goal: null, dueAt: null, warnAt: null, breachedAt: null } : {}),
  }
}

const earlier = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one < other ? one : other) : (one ?? other)
