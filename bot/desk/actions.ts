/** What flows may ask of the desk. */
import { z } from 'zod'
import { defineAction, Refusal } from '../conversation/action.js'
import { AGE_BUTTON, CASE_BUTTON } from '../conversation/buttons.js'
import { recall } from '../conversation/memory.js'
import type { Turn } from '../conversation/turn.js'
import type { Words } from '../conversation/words.js'
import { count } from '../store/counters.js'
import type { Store } from '../store/store.js'
import { blockOf } from './blocks.js'
import { openCase } from './cases.js'
import { withdrawCase } from './ending.js'
import { openingWords } from './opening-words.js'

const nothing = z.object({})

export function deskActions({ store, words }: { store: Pick<Store, 'signals'>; words: Words }) {
  const say = (turn: Turn, key: string, values?: Record<string, string | number>) =>
    turn.sayText(words.say(turn.language, key, values))

  const open = defineAction({
    name: 'desk.open',
    input: nothing,
    output: nothing,
    human: true,
    async run(_, { tx, turn }) {
      const already = turn.caseId !== null
      const { danger, ...known } = recall(turn)
      const block = danger || already ? undefined : await blockOf(tx, turn)
      if (block) {
        const date = words.date(turn.language, block.until.toISOString().slice(0, 10))
        turn.say({ text: { key: 'desk:notOpened', values: { date } } })
        return {}
      }
      const code = await openCase(turn, tx, { urgency: danger ? 'urgent' : 'normal', danger, ...known })
      const when = already ? undefined : await openingWords(turn, tx, words)
      const key = already ? 'desk:already' : when ? 'desk:openedLater' : 'desk:opened'
      turn.say({
        text: { key, values: { code, ...(when ? { when } : {}) } },
        buttons: already ? [CASE_BUTTON] : [CASE_BUTTON, AGE_BUTTON],
      })
      return {}
    },
  })

  const status = defineAction({
    name: 'desk.status',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn }) {
      const found = turn.caseId ? await tx.case.findUnique({ where: { id: turn.caseId } }) : null
      if (!found) return {}
      const ahead =
        found.state === 'queued'
          ? await tx.case.count({
              where: { state: 'queued', openedAt: { lt: found.openedAt }, urgency: found.urgency },
            })
          : 0
      const place = ahead === 0 ? 'next' : 'queued'
      say(turn, `desk:status.${found.state === 'queued' ? place : 'claimed'}`, { code: found.code, count: ahead })
      return {}
    },
  })

  /** The client no longer wants a human: the case ends, the bot goes on. */
  const leave = defineAction({
    name: 'desk.leave',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn }) {
      if (!turn.caseId) return {}
      turn.tell('left')
      await withdrawCase(turn, tx, store.signals)
      return {}
    },
  })

  const rate = defineAction({
    name: 'desk.rate',
    input: z.object({ said: z.string() }),
    output: nothing,
    async run({ said }, { tx, turn }) {
      const [, code, stars] = /^([A-Z0-9-]{3,12})\.([1-5])$/.exec(said) ?? []
      if (!code) throw new Refusal('unknown')
      const rated = await tx.case.findFirst({ where: { code, personId: turn.loaded.personId, state: 'closed' } })
      if (!rated) throw new Refusal('unknown')
      await tx.case.update({ where: { id: rated.id }, data: { rating: Number(stars) } })
      // Another press of the stars is another opinion of the same person, not a second person.
      if (rated.rating) await count(tx, turn.now, `rated-${rated.rating}`, rated.country, -1)
      await count(tx, turn.now, `rated-${stars}`, rated.country)
      turn.afterwards.push(() => store.signals.emit('case', rated.id))
      return {}
    },
  })

  return [open, status, leave, rate]
}
