/** What a client decides about their case: who answers, where, who may know; and what was not right. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { defineAction, Refusal } from '../conversation/action.js'
import type { InsideHouse } from '../conversation/inside.js'
import { NOTICE_VERSION } from '../conversation/notice.js'
import type { Turn } from '../conversation/turn.js'
import type { Tx } from '../store/store.js'
import { cityById } from '../text/cities.js'
import { needColumn, routeCase } from './assign.js'
import { clientNumber } from './calls.js'
import { handlersOf } from './house/handlers.js'
import { connectAccount } from './pairing.js'
import { guessedWrong, mustWait } from './pairing-guesses.js'
import { wantPlaces } from './places/wanted.js'
import { tell } from './tell.js'
import { clientAnswered } from './transfer.js'

const nothing = z.object({})

export function clientActions(house: InsideHouse) {
  const { store } = house
  const wake = (turn: Turn, caseId: string) => turn.afterwards.push(() => store.signals.emit('case', caseId))

  const consent = (tx: Tx, turn: Turn, kind: string, given: boolean) =>
    tx.consent.create({
      data: {
        personId: turn.loaded.personId,
        kind,
        given,
        version: NOTICE_VERSION,
        language: turn.language,
        channel: turn.loaded.channel,
        at: turn.now,
      },
    })

  const share = defineAction({
    name: 'desk.share',
    input: z.object({ said: z.string() }),
    output: nothing,
    async run({ said }, { tx, turn }) {
      const { caseId } = turn
      if (!caseId || (said !== 'yes' && said !== 'no')) throw new Refusal('nothing')
      await consent(tx, turn, 'sharing', said === 'yes')
      if (!(await clientAnswered(house, tx, caseId, said === 'yes'))) throw new Refusal('nothing')
      wake(turn, caseId)
      return {}
    },
  })

  const number = defineAction({
    name: 'desk.number',
    input: z.object({ phone: z.string().default('') }),
    output: nothing,
    async run({ phone }, { tx, turn }) {
      const { caseId } = turn
      if (!caseId) return {}
      await consent(tx, turn, 'phone', phone !== '')
      await clientNumber(tx, caseId, phone ? turn.drawer.seal('call.phone', phone) : null)
      await tx.case.update({ where: { id: caseId }, data: { revision: { increment: 1 } } })
      wake(turn, caseId)
      return {}
    },
  })

  /** "Not that person": they lose the case, and will not get it again. */
  const avoid = defineAction({
    name: 'desk.avoid',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn }) {
      const found = turn.caseId ? await tx.case.findUnique({ where: { id: turn.caseId } }) : null
      if (!found || found.state === 'closed') return {}
      const unwanted = found.ownerId ?? found.preferredId
      await tx.case.update({
        where: { id: found.id },
        data: {
          state: 'queued',
          ownerId: null,
          preferredId: null,
          avoid: unwanted ? [...new Set([...found.avoid, unwanted])] : found.avoid,
          waitingSince: found.waitingSince ?? turn.now,
          revision: { increment: 1 },
          ...(found.urgency === 'urgent' ? { rungAt: turn.now, urgentAt: turn.now, rungsDone: [] } : {}),
        },
      })
      if (unwanted) await tx.guest.deleteMany({ where: { caseId: found.id, staffId: unwanted } })
      turn.owner = 'queue'
      wake(turn, found.id)
      return {}
    },
  })

  /** A centre in another city, by the client's own wish: that is their consent to it. */
  const otherCity = defineAction({
    name: 'desk.otherCity',
    input: z.object({ city: z.string() }),
    output: nothing,
    async run({ city }, { tx, turn }) {
      const found = turn.caseId ? await tx.case.findUnique({ where: { id: turn.caseId } }) : null
      if (!found || found.state === 'closed') return {}
      const wantedCity = cityById(city)?.name ?? null
      const route = await routeCase(
        tx,
        { ...found, channel: turn.loaded.channel, wantedCity, mayCrossBorders: true },
        turn.now,
      )
      const centreId = route.chosen?.centreId ?? found.centreId
      const moves = centreId !== found.centreId
      if (moves) {
        await consent(tx, turn, 'sharing', true)
        await tx.guest.deleteMany({ where: { caseId: found.id } })
      }
      await tx.case.update({
        where: { id: found.id },
        data: {
          city: wantedCity ?? found.city,
          centreId,
          need: needColumn(route, found.need),
          revision: { increment: 1 },
          ...(moves
            ? {
                state: 'queued',
                ownerId: null,
                goal: null,
                dueAt: null,
                warnAt: null,
                waitingSince: found.waitingSince ?? turn.now,
              }
            : {}),
        },
      })
      if (moves) turn.owner = 'queue'
      await wantPlaces(tx, found.id, turn.now)
      wake(turn, found.id)
      return {}
    },
  })

  /** Goes past the team it is about: to those who look after the whole house, or another centre (S45). */
  const complain = defineAction({
    name: 'desk.complain',
    input: z.object({ text: z.string() }),
    output: nothing,
    async run({ text }, { tx, turn }) {
      const found = turn.caseId
        ? await tx.case.findUnique({ where: { id: turn.caseId } })
        : await tx.case.findFirst({ where: { personId: turn.loaded.personId }, orderBy: { openedAt: 'desc' } })
      await tx.complaint.create({
        data: {
          personId: turn.loaded.personId,
          aboutId: found?.ownerId ?? null,
          caseCode: found?.code ?? null,
          body: turn.drawer.seal('complaint.body', text),
          at: turn.now,
        },
      })
      for (const staff of await handlersOf(tx, found?.ownerId ?? null)) await tell(house, tx, staff, 'tell.complaint')
      return {}
    },
  })

  const connect = defineAction({
    name: 'desk.connect',
    input: z.object({ said: z.string() }),
    output: nothing,
    async run({ said }, { tx, turn, now }) {
      const chat = Buffer.from(store.vault.hash('guesser', turn.loaded.personId)).toString('base64url')
      const guesser = { chat, now }
      if (await mustWait(tx, guesser)) throw new Refusal('slower')
      const connected = await connectAccount(store, tx, turn.loaded.personId, said, now)
      if (!connected) {
        await guessedWrong(tx, guesser, randomUUID())
        throw new Refusal('unknown')
      }
      // What was said before belongs to nobody any more; the talk begins afresh, as the colleague's own.
      turn.forget()
      if (connected.drawer) turn.rekey(connected.drawer)
      turn.person.language = connected.language
      turn.say({ text: { key: 'connect:done' } })
      return {}
    },
  })

  return [share, number, avoid, otherCity, complain, connect]
}
