/**
 * A child's question (S42): for colleagues trained in safeguarding only, and nobody asks for a phone number. Whoever has it and is not
 * trained gives it back at once, unlike with other needs: what a child tells next is not for them.
 */
import { z } from 'zod'
import { defineAction } from '../conversation/action.js'
import type { InsideHouse } from '../conversation/inside.js'
import type { Case } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import { isMinor } from '../text/ages.js'
import type { StaffMember } from './access.js'
import { act } from './act.js'
import { needColumn, routeCase } from './assign.js'
import { mustAnswer } from './case-lock.js'
import { backToQueue, withdrawOffers } from './handling.js'
import { wantPlaces } from './places/wanted.js'
import type { StrictRole } from './routing/needs.js'
import { tell } from './tell.js'

const TRAINED: StrictRole = 'safeguarding'

/** From now on it is a child's case, and those who can take it know. True when whoever has it must give it back. */
async function becomeMinor(house: InsideHouse, tx: Tx, found: Case, channel: string): Promise<boolean> {
  const now = house.clock()
  const route = await routeCase(tx, { ...found, minor: true, channel }, now)
  await tx.case.update({
    where: { id: found.id },
    data: { minor: true, need: needColumn(route, found.need), revision: { increment: 1 } },
  })
  await tx.guest.deleteMany({ where: { caseId: found.id, staff: { NOT: { skills: { has: TRAINED } } } } })
  await tx.call.updateMany({
    where: { caseId: found.id, state: { in: ['asked', 'given'] } },
    data: { state: 'refused', phone: null },
  })
  await wantPlaces(tx, found.id, now)
  const trained = await tx.staff.findMany({
    where: {
      disabledAt: null,
      OR: [{ skills: { has: TRAINED } }, { role: 'supervisor' }],
      AND: { OR: [{ centreId: null }, { centreId: found.centreId }] },
    },
  })
  if (trained.some(({ id, skills }) => id === found.ownerId && skills.includes(TRAINED))) return false
  for (const each of trained) await tell(house, tx, each, 'tell.minor', { code: found.code })
  return found.state === 'claimed'
}

/**
 * A colleague says that the client is a child; the client need not.
 * @throws UserError caseClosed, notClaimed, caseTaken
 */
export const markMinor = (house: InsideHouse, code: string, staff: StaffMember): Promise<boolean> =>
  act(house, { code, staff, action: 'case.minor' }, async (found, tx) => {
    await mustAnswer(tx, found, staff)
    if (found.minor) return false
    const { address } = await tx.conversation.findUniqueOrThrow({
      where: { id: found.conversationId },
      select: { address: { select: { channel: true } } },
    })
    if (await becomeMinor(house, tx, found, address.channel)) await backToQueue(house, tx, found)
    return true
  })

export function minorActions(house: InsideHouse) {
  /** The client said how old they are: what is open with a human follows. */
  const age = defineAction({
    name: 'desk.age',
    input: z.object({ band: z.string() }),
    output: z.object({}),
    async run({ band }, { tx, turn }) {
      const found = turn.caseId ? await tx.case.findUnique({ where: { id: turn.caseId } }) : null
      if (!found || found.state === 'closed' || found.minor || !isMinor(band)) return {}
      if (await becomeMinor(house, tx, found, turn.loaded.channel)) {
        await tx.case.update({
          where: { id: found.id },
          data: { state: 'queued', ownerId: null, waitingSince: found.waitingSince ?? turn.now },
        })
        await withdrawOffers(tx, found.id, turn.now)
        turn.owner = 'queue'
      }
      turn.afterwards.push(() => house.store.signals.emit('case', found.id))
      return {}
    },
  })
  return [age]
}
