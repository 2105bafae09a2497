/** What the flow of a client may call. Their chat is asked for nothing but whether it is the worker's own. */
import { z } from 'zod'
import { type ActionContext, defineAction, Refusal } from '../../conversation/action.js'
import type { InsideHouse } from '../../conversation/inside.js'
import type { Turn } from '../../conversation/turn.js'
import { guessedWrong, mustWait } from '../../desk/pairing-guesses.js'
import { addWords, give } from './give.js'
import { Answers, LINE_MAX } from './questions.js'
import { look } from './tokens.js'

const nothing = z.object({})
const Said = z.object({ said: z.string() })

export function feedbackClientActions(inside: Pick<InsideHouse, 'store'>) {
  const { store } = inside

  /** Whoever works in a programme is no client of it. @throws Refusal own */
  const mustBeClient = ({ loaded: { role } }: Turn) => {
    if (role === 'worker') throw new Refusal('own')
  }

  /** @throws Refusal own, slower, unknown, used, late */
  const mustFit = async (said: string, { tx, turn, now }: ActionContext) => {
    mustBeClient(turn)
    const guesser = { chat: turn.loaded.addressId, now }
    if (await mustWait(tx, guesser)) throw new Refusal('slower')
    const found = await look(store, tx, said, now)
    if (typeof found !== 'string') return
    if (found === 'unknown') await guessedWrong(tx, guesser, crypto.randomUUID())
    throw new Refusal(found)
  }

  const open = defineAction({
    name: 'feedback.look',
    input: Said,
    output: nothing,
    async run({ said }, context) {
      await mustFit(said, context)
      return {}
    },
  })

  const take = defineAction({
    name: 'feedback.give',
    input: Said.extend(Answers.shape),
    output: nothing,
    async run({ said, ...given }, { tx, turn, now }) {
      mustBeClient(turn)
      const outcome = await give(store, tx, said, given, now)
      if (outcome !== 'given') throw new Refusal(outcome)
      return {}
    },
  })

  const add = defineAction({
    name: 'feedback.add',
    input: Said.extend({ line: z.string().max(LINE_MAX) }),
    output: nothing,
    async run({ said, line }, { tx, now }) {
      if (!(await addWords(store, tx, said, line, now))) throw new Refusal('late')
      return {}
    },
  })

  return [open, take, add]
}
