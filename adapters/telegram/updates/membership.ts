/** The bot was blocked or let in again, put into a group or out of it. */
import { z } from 'zod'
import {
  ChatShape,
  groupOf,
  ignored,
  localeOf,
  momentOf,
  type Reading,
  senderOf,
  UserShape,
  type World,
} from './reading.js'

const MemberShape = z.object({ status: z.string(), is_member: z.boolean().optional() })
const MembershipShape = z.object({
  chat: ChatShape,
  from: UserShape,
  date: z.number(),
  old_chat_member: MemberShape,
  new_chat_member: MemberShape,
})

/** https://core.telegram.org/bots/api#chatmember */
const isInside = ({ status, is_member: isMember }: z.infer<typeof MemberShape>) =>
  ['creator', 'administrator', 'member'].includes(status) || (status === 'restricted' && isMember === true)

export function readMembership(updateId: number, value: unknown, world: World): Reading | undefined {
  const { data: change } = MembershipShape.safeParse(value)
  if (!change) return undefined
  if (change.chat.type === 'channel') return ignored('my_chat_member of a channel')
  const inside = isInside(change.new_chat_member)
  if (inside === isInside(change.old_chat_member)) return ignored('rights')
  return {
    kind: 'incoming',
    chat: String(change.chat.id),
    incoming: {
      channel: 'telegram',
      address: String(change.chat.id),
      updateKey: `${updateId}-s${change.date}`,
      at: momentOf(change.date, world.now),
      ...localeOf(change.from),
      ...groupOf(change.chat),
      ...senderOf(change.chat, change.from),
      event: { kind: inside ? 'unblocked' : 'blocked' },
    },
  }
}
