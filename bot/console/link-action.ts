/** The way to the desk from a colleague's own chat: a link that signs in one browser, once (S36). */
import { z } from 'zod'
import { defineAction, Refusal } from '../conversation/action.js'
import type { InsideHouse } from '../conversation/inside.js'
import { inviteOneself, OWN_LINK_MINUTES, signInLink } from './invitations.js'

const nothing = z.object({})

export const linkAction = (house: InsideHouse & { publicUrl: string }) =>
  defineAction({
    name: 'desk.link',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn, now }) {
      const token = await inviteOneself(house.store, tx, turn.loaded.personId, now)
      if (!token) throw new Refusal('stranger')
      const values = { minutes: OWN_LINK_MINUTES, url: signInLink(house.publicUrl, token) }
      turn.say({ text: { key: 'rooms:duty.link', values } })
      return {}
    },
  })
