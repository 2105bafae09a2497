/** Whether a person's chat clears itself, and how they choose (S20). */
import { z } from 'zod'
import { defineAction, Refusal } from '../conversation/action.js'
import type { InsideHouse } from '../conversation/inside.js'
import type { Turn } from '../conversation/turn.js'
import type { Words } from '../conversation/words.js'
import type { Tx } from '../store/store.js'

/** Here phones are searched: on until somebody says otherwise. */
const USUAL_IN = 'RU'

/** The same for a query; `p` is the person. */
export const CLEANS = `coalesce(p.auto_clean, p.country = '${USUAL_IN}', false)`

/** As they chose; `null` when they did not. */
export async function chosenClean(tx: Tx, turn: Turn): Promise<boolean | null> {
  const { autoClean } = await tx.person.findUniqueOrThrow({
    where: { id: turn.loaded.personId },
    select: { autoClean: true },
  })
  return autoClean
}

export function cleanActions({ words, inside }: { words: Words; inside: Pick<InsideHouse, 'channel'> }) {
  /** How it is now, in words. Where messages can be taken away at any time there is no hurry, and nothing to choose. */
  const look = defineAction({
    name: 'people.autoClean',
    input: z.object({}),
    output: z.object({ now: z.string() }),
    async run(_, { tx, turn }) {
      if (!inside.channel(turn.loaded.channel)?.limits.removableMs) throw new Refusal('notHere')
      const on = (await chosenClean(tx, turn)) ?? turn.person.country === USUAL_IN
      return { now: words.say(turn.language, on ? 'privacy:clean.isOn' : 'privacy:clean.isOff') }
    },
  })

  const choose = defineAction({
    name: 'people.setAutoClean',
    input: z.object({ on: z.boolean() }),
    output: z.object({}),
    async run({ on }, { tx, turn }) {
      await tx.person.update({ where: { id: turn.loaded.personId }, data: { autoClean: on } })
      return {}
    },
  })

  return [look, choose]
}
