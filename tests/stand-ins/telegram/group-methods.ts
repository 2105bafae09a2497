/** What a bot may ask and do in groups: topics, and who is what. https://core.telegram.org/bots/api#createforumtopic */
import { badRequest, forbidden } from './errors.js'
import type { Method } from './methods.js'
import { chatOf, checkRight, type Params } from './rules.js'
import { BOT, type Chat, type Topic, type World } from './world.js'

const TITLE_MAX = 128

/** Opens a topic, with the notice that Telegram puts at its head. */
export function openTopic(world: World, chat: Chat, name: string, from: Record<string, unknown>): Topic {
  const topic = { id: world.nextMessageId(), name, closed: false, byBot: from === BOT }
  chat.topics.set(topic.id, topic)
  chat.messages.set(topic.id, {
    message_id: topic.id,
    date: world.seconds(),
    chat: { id: chat.id, type: chat.type },
    from,
    message_thread_id: topic.id,
    is_topic_message: true,
    forum_topic_created: { name, icon_color: 7_322_096 },
  })
  return topic
}

/** Takes a topic away with all its messages. */
export function removeTopic(chat: Chat, id: number) {
  chat.topics.delete(id)
  for (const message of chat.messages.values())
    if (message.message_thread_id === id && message.is_topic_message === true) chat.messages.delete(message.message_id)
}

export function groupMethods(world: World): Record<string, Method> {
  const forumOf = (params: Params) => {
    const chat = chatOf(world, params)
    if (!chat.forum) throw badRequest('the chat is not a forum')
    return chat
  }
  const topicIn = (chat: Chat, params: Params) => {
    const topic = chat.topics.get(Number(params.message_thread_id))
    if (!topic) throw badRequest('TOPIC_ID_INVALID')
    return topic
  }
  const toggle =
    (closed: boolean): Method =>
    (params) => {
      const chat = forumOf(params)
      const topic = topicIn(chat, params)
      if (!topic.byBot) checkRight(chat, 'can_manage_topics', 'close or open the topic')
      if (topic.closed === closed) throw badRequest('TOPIC_NOT_MODIFIED')
      topic.closed = closed
      return true
    }

  /** May be asked of a group that became a supergroup; not of one that threw the bot out. */
  const readable = (params: Params) => {
    const chat = world.chats.get(Number(params.chat_id))
    if (!chat) throw badRequest('chat not found')
    const isOut = chat.bot && ['left', 'kicked'].includes(chat.bot.status)
    if (isOut && chat.type === 'supergroup' && (!chat.username || chat.bot?.status === 'kicked'))
      throw forbidden(
        chat.bot?.status === 'kicked'
          ? 'bot was kicked from the supergroup chat'
          : 'bot is not a member of the supergroup chat',
      )
    return chat
  }

  return {
    createForumTopic(params) {
      const chat = forumOf(params)
      checkRight(chat, 'can_manage_topics', 'create a topic')
      const name = [...String(params.name ?? '').trim()].slice(0, TITLE_MAX).join('')
      if (!name) throw badRequest('name must be non-empty')
      const topic = openTopic(world, chat, name, BOT)
      return { message_thread_id: topic.id, name, icon_color: 7_322_096 }
    },
    closeForumTopic: toggle(true),
    reopenForumTopic: toggle(false),
    deleteForumTopic(params) {
      const chat = forumOf(params)
      const topic = topicIn(chat, params)
      if (!topic.byBot) checkRight(chat, 'can_delete_messages', 'delete the topic')
      removeTopic(chat, topic.id)
      return true
    },

    getChat(params) {
      const { id, type, forum, username, user } = readable(params)
      return {
        id,
        type,
        ...(type === 'private' ? { first_name: user?.first_name } : { title: 'CanaryTitle' }),
        ...(forum && { is_forum: true }),
        ...(username && { username, active_usernames: [username] }),
      }
    },
    getChatMember(params) {
      const chat = readable(params)
      const id = Number(params.user_id)
      if (id === BOT.id) return { user: BOT, ...(chat.bot ?? { status: 'left' }) }
      // Everybody whom the stand-in knows is in every group.
      if (!world.chats.has(id)) throw badRequest('PARTICIPANT_ID_INVALID')
      const status = chat.administrators.has(id) ? 'administrator' : chat.banned.has(id) ? 'kicked' : 'member'
      return { user: { id, is_bot: false, first_name: 'Canary' }, status }
    },
    banChatMember(params) {
      const chat = chatOf(world, params)
      const id = Number(params.user_id)
      checkRight(chat, 'can_restrict_members', 'restrict/unrestrict chat member')
      if (!world.chats.has(id)) throw badRequest('PARTICIPANT_ID_INVALID')
      if (chat.administrators.has(id)) throw badRequest('user is an administrator of the chat')
      chat.banned.add(id)
      return true
    },
  }
}
