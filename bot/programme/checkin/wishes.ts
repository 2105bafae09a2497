/** Whether somebody wants to be told of what is no duty. */
import { z } from 'zod'
import { defineAction } from '../../conversation/action.js'

const Wish = z.object({ on: z.boolean() })

export const wishActions = () => [
  defineAction({
    name: 'checkin.reminders',
    input: z.object({}),
    output: Wish,
    async run(_, { tx, turn }) {
      const me = await tx.person.findUniqueOrThrow({ where: { id: turn.loaded.personId } })
      return { on: me.remindOfDays }
    },
  }),
  defineAction({
    name: 'checkin.remind',
    input: Wish,
    output: z.object({}),
    async run({ on }, { tx, turn }) {
      await tx.person.update({ where: { id: turn.loaded.personId }, data: { remindOfDays: on } })
      return {}
    },
  }),
]
