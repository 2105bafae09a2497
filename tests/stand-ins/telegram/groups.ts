/**
 * A group of staff as its members see it. Who writes in it is a person of the stand-in: `anna.in(group, topic).text('беру')`.
 */
import { openTopic, removeTopic } from './group-methods.js'
import type { Updates } from './updates.js'
import { BOT, type BotInGroup, type Chat, type Message, type Topic, type World } from './world.js'

/** All that staff's groups ask of the bot. */
export const FULL_RIGHTS: BotInGroup = {
  status: 'administrator',
  can_manage_topics: true,
  can_delete_messages: true,
  can_restrict_members: true,
}

export type GroupOptions = {
  /** `group` is a basic group. */
  type?: 'group' | 'supergroup'
  forum?: boolean
  /** Makes it public. */
  username?: string
  /** What the bot is there; an administrator with all rights when absent. */
  bot?: BotInGroup
}

export type StaffGroup = ReturnType<ReturnType<typeof createGroups>>

/** Whoever the group's own notices come from. */
const OWNER = { id: 499_999_999, is_bot: false, first_name: 'CanaryOwner', language_code: 'ru' }

export function createGroups(world: World, updates: Updates) {
  let lastGroup = 0

  const shapeOf = (chat: Chat) => ({
    id: chat.id,
    type: chat.type,
    title: 'CanaryTitle',
    ...(chat.forum && { is_forum: true }),
  })

  return function group({ type = 'supergroup', forum = type === 'supergroup', username, bot }: GroupOptions = {}) {
    const id = type === 'supergroup' ? -1_001_000_000_000 - ++lastGroup : -800_000 - ++lastGroup
    const chat = world.addChat({
      id,
      type,
      ...(forum && { forum }),
      ...(username && { username }),
      bot: { ...(bot ?? FULL_RIGHTS) },
    })

    const notice = (content: Record<string, unknown>) =>
      updates.add('message', {
        message_id: world.nextMessageId(),
        from: OWNER,
        chat: shapeOf(chat),
        date: world.seconds(),
        ...content,
      })
    const become = (next: BotInGroup) => {
      const before = chat.bot ?? { status: 'left' }
      chat.bot = { ...next }
      updates.add('my_chat_member', {
        chat: shapeOf(chat),
        from: OWNER,
        date: world.seconds(),
        old_chat_member: { user: BOT, ...before },
        new_chat_member: { user: BOT, ...next },
      })
    }

    return {
      id,
      /** As addresses are written. */
      address: String(id),
      chat,
      topics: (): Topic[] => [...chat.topics.values()],
      /** What stands in this topic; without one, in the main chat ("General"). Notices of Telegram's own are left out. */
      shown: (topic?: number): Message[] =>
        [...chat.messages.values()].filter(
          (message) =>
            !message.forum_topic_created &&
            (message.is_topic_message === true && chat.forum ? message.message_thread_id : undefined) === topic,
        ),
      /** A member opens a topic. */
      openTopic(name: string) {
        const topic = openTopic(world, chat, name, OWNER)
        updates.add('message', structuredClone(chat.messages.get(topic.id)))
        return topic.id
      },
      /** Nobody is told: https://core.telegram.org/bots/api#update has no kind for it. */
      deleteTopic: (topic: number) => removeTopic(chat, topic),
      setClosed(topic: number, closed: boolean) {
        const found = chat.topics.get(topic)
        if (!found) throw new Error('there is no such topic')
        found.closed = closed
        notice({
          message_thread_id: topic,
          is_topic_message: true,
          [closed ? 'forum_topic_closed' : 'forum_topic_reopened']: {},
        })
      },
      setForum(on: boolean) {
        chat.forum = on
      },
      become,
      throwOut: () => become({ status: 'kicked' }),
      takeBack: (rights: BotInGroup = FULL_RIGHTS) => become(rights),
      /** A basic group becomes this supergroup, with a new id and without the old messages. */
      upgradeTo(next: { id: number; chat: Chat }) {
        chat.migratedTo = next.id
        notice({ migrate_to_chat_id: next.id })
        updates.add('message', {
          message_id: world.nextMessageId(),
          from: OWNER,
          chat: shapeOf(next.chat),
          date: world.seconds(),
          migrate_from_chat_id: id,
        })
      },
    }
  }
}
