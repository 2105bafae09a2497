/** Taking a case: who may, whose turn it is, and that of many who press at once one has it. */
import { type InsideHouse, inConversation } from '../conversation/inside.js'
import { UserError } from '../errors.js'
import type { Case, Centre, Staff } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import { permit, type StaffMember } from './access.js'
import { act, actWithin } from './act.js'
import { colleagueFacts, factsOf, languageOf } from './assign.js'
import { takenBy } from './case-lock.js'
import type { CentreOfCase, Refusal } from './routing/may-take.js'
import { refusal } from './routing/may-take.js'
import { fittingNext, type WaitingCase } from './routing/next-case.js'

/** How a refusal is told; the words stand in `console:errors.*` and `rooms:error.*`. */
const WORDS: Record<Refusal, string> = {
  avoided: 'avoided',
  team: 'wrongCentre',
  role: 'notTrained',
  language: 'wrongLanguage',
}

type Waiting = Case & { centre: Centre | null }

/** For somebody who works for every centre a case is nobody's in particular. */
const centreFor = ({ centreId }: Staff, centre: Centre | null): CentreOfCase | undefined =>
  centre && centreId !== null ? { id: centre.id, languages: centre.languages.map(languageOf) } : undefined

/** Why this colleague may not have this case; the same rule for a claim, an offer and what the queue shows. */
export function whyNot(found: Waiting, staff: Staff, now: Date, invited: string[] = []): string | undefined {
  const facts = factsOf({ ...found, channel: 'web', invited })
  const reason = refusal(colleagueFacts(staff, found.centreId, now), facts, centreFor(staff, found.centre))
  return reason && WORDS[reason]
}

/**
 * Takes a case that nobody has: compare-and-set.
 * @throws UserError caseTaken (with the alias of who has it), caseClosed, noCase, avoided, wrongCentre, notTrained, wrongLanguage
 */
export async function claim(house: InsideHouse, code: string, staff: StaffMember): Promise<void> {
  await act(house, { code, staff, action: 'case.claim' }, taking(house, staff))
}

const taking =
  (house: InsideHouse, staff: StaffMember) =>
  async (found: Case, tx: Tx): Promise<boolean> => {
    if (found.state === 'closed') throw new UserError('caseClosed')
    if (found.ownerId === staff.id) return false
    if (found.ownerId) throw await takenBy(tx, found.ownerId)
    const now = house.clock()
    const me = await tx.staff.findUniqueOrThrow({ where: { id: staff.id } })
    const centre = found.centreId ? await tx.centre.findUnique({ where: { id: found.centreId } }) : null
    const reason = whyNot({ ...found, centre }, me, now)
    if (reason) throw new UserError(reason)
    await give(tx, found, me, now)
    await inConversation(house, tx, found.conversationId, async (turn) => {
      turn.owner = 'human'
      turn.say({ text: { key: 'desk:joined' } })
    })
    return true
  }

/** The case is theirs from now on; what climbed because nobody had it, rests. */
export async function give(tx: Tx, found: Case, staff: Staff, now: Date): Promise<void> {
  await tx.case.update({
    where: { id: found.id },
    data: {
      state: 'claimed',
      ownerId: staff.id,
      claimedAt: now,
      rungAt: null,
      rungsDone: [],
      revision: { increment: 1 },
    },
  })
  await tx.staff.update({
    where: { id: staff.id },
    data: { lastCaseAt: now, urgentRow: found.urgency === 'urgent' ? staff.urgentRow + 1 : 0 },
  })
}

/** So many waiting cases are looked at for the next one; they are ordered by the database first. */
const LOOKED_AT = 100

/**
 * The cases that are this colleague's turn, the first one first: who is in danger, whose goal is missed, whom they know, then who waits
 * longest. Only what they may take.
 */
async function mineNext(db: Pick<Tx, 'case' | 'staff'>, me: Staff, now: Date): Promise<string[]> {
  const rows = await db.case.findMany({
    where: { state: 'queued', ownerId: null },
    include: { centre: true },
    orderBy: [{ urgency: 'desc' }, { waitingSince: 'asc' }],
    take: LOOKED_AT,
  })
  const others = await db.staff.findMany({
    where: { disabledAt: null, id: { not: me.id }, OR: [{ awayUntil: null }, { awayUntil: { lte: now } }] },
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const waiting: WaitingCase[] = rows.map((row) => ({
    id: row.id,
    facts: factsOf({ ...row, channel: 'web' }),
    centre: centreFor(me, row.centre),
    urgent: row.urgency === 'urgent',
    dueAt: row.dueAt?.getTime() ?? null,
    waitingSince: (row.waitingSince ?? row.openedAt).getTime(),
  }))
  const ordered = fittingNext(waiting, colleagueFacts(me, null, now), now.getTime(), {
    urgentInARow: me.urgentRow,
    others({ id }) {
      const row = byId.get(id)
      return row !== undefined && others.some((other) => !whyNot(row, other, now))
    },
  })
  return ordered.flatMap(({ id }) => byId.get(id)?.code ?? [])
}

/** Whoever pauses, or has as many as they can, gets no next case; taking one from the list is still their own decision. */
async function mayHaveNext(db: Pick<Tx, 'case' | 'staff'>, id: string, now: Date): Promise<Staff> {
  const me = await db.staff.findUniqueOrThrow({ where: { id } })
  if (me.pauseUntil && me.pauseUntil > now)
    throw new UserError('pausing', { minutes: Math.ceil((me.pauseUntil.getTime() - now.getTime()) / 60_000) })
  if ((await db.case.count({ where: { ownerId: me.id, state: 'claimed' } })) >= me.capacity) throw new UserError('full')
  return me
}

/**
 * Takes the case whose turn it is. One that a colleague takes meanwhile is passed over. Returns its code; `undefined` when nobody waits
 * whom this colleague could help.
 * @throws UserError pausing (with the minutes left), full
 */
export async function claimNext(house: InsideHouse, staff: StaffMember): Promise<string | undefined> {
  permit(staff, 'case.claim')
  const { db } = house.store
  const me = await mayHaveNext(db, staff.id, house.clock())
  for (let looks = 0; looks < LOOKS; looks++) {
    const codes = await mineNext(db, me, house.clock())
    if (codes.length === 0) return undefined
    const code = await firstOf(codes, (each) => claim(house, each, staff))
    if (code) return code
  }
  return undefined
}

/** The same inside a transaction that is open already. */
export async function claimNextWithin(house: InsideHouse, tx: Tx, staff: StaffMember): Promise<string | undefined> {
  const me = await mayHaveNext(tx, staff.id, house.clock())
  return firstOf(await mineNext(tx, me, house.clock()), async (code) => {
    await actWithin(house, tx, { code, staff, action: 'case.claim' }, taking(house, staff))
  })
}

/** The first that can still be taken. */
async function firstOf(codes: readonly string[], take: (code: string) => Promise<void>): Promise<string | undefined> {
  for (const code of codes) {
    try {
      await take(code)
      return code
    } catch (error) {
      const lost = error instanceof UserError && ['caseTaken', 'caseClosed', 'noCase'].includes(error.code)
      if (!lost) throw error
    }
  }
  return undefined
}

/** All that was seen was taken by others meanwhile: look again, but not for ever. */
const LOOKS = 3
