/** People with their phones: each has a private chat with the bot, and may be a member of groups. */
import { createActs } from './acts.js'
import type { StaffGroup } from './groups.js'
import type { Updates } from './updates.js'
import { BOT, type World } from './world.js'

export type PhonePerson = ReturnType<ReturnType<typeof createPeople>>

/** Stands in for everybody who hides behind the group: https://core.telegram.org/bots/api#message (from, sender_chat) */
const ANONYMOUS = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }

export function createPeople(world: World, updates: Updates) {
  let lastUser = 500_000_000

  return function person({ language = 'ru' }: { language?: string } = {}) {
    const id = ++lastUser
    const user = {
      id,
      is_bot: false,
      first_name: 'CanaryFirst',
      last_name: 'CanaryLast',
      username: 'canary_user',
      language_code: language,
    }
    const chat = world.addChat({ id, type: 'private', user })
    const acts = createActs(world, updates, user, { chat })
    const change = (before: string, after: string) =>
      updates.add('my_chat_member', {
        chat: acts.shapeOf(),
        from: user,
        date: world.seconds(),
        old_chat_member: { user: BOT, status: before },
        new_chat_member: { user: BOT, status: after },
      })

    return {
      ...acts,
      id,
      /** The same person in a group, in one of its topics or in its main chat. */
      in: (group: Pick<StaffGroup, 'chat'>, topic?: number) =>
        createActs(world, updates, user, { chat: group.chat, topic }),
      /** The same, as an administrator who stays anonymous: what is written comes from the group itself. */
      anonymouslyIn(group: Pick<StaffGroup, 'chat'>, topic?: number) {
        const { id: groupId, type } = group.chat
        const { write } = createActs(world, updates, ANONYMOUS, { chat: group.chat, topic })
        return {
          text: (text: string) => write({ text, sender_chat: { id: groupId, type, title: 'CanaryTitle' } }),
        }
      },
      /** Blocks the bot. */
      block() {
        chat.closed = 'blocked'
        change('member', 'kicked')
      },
      unblock() {
        delete chat.closed
        change('kicked', 'member')
      },
    }
  }
}
