/** `deleteMessage` and `deleteMessages`, with what they refuse. */
import { badRequest } from './errors.js'
import type { Method } from './methods.js'
import { chatOf, DELETE_WITHIN_S } from './rules.js'
import type { Chat, Message, World } from './world.js'

/** https://core.telegram.org/bots/api#deletemessages: "1-100 identifiers of messages to delete". */
const DELETE_AT_ONCE = 100

export function deletingMethods(world: World): Record<string, Method> {
  /** https://core.telegram.org/bots/api#deletemessage */
  const check = (chat: Chat, message: Message) => {
    const isOld = world.seconds() - message.date > DELETE_WITHIN_S
    if (isOld) throw badRequest("message can't be deleted for everyone")
    const mayAny = chat.type === 'private' || chat.bot?.can_delete_messages === true
    const isOurs = message.from.is_bot === true
    if ((!isOurs && !mayAny) || message.forum_topic_created) throw badRequest("message can't be deleted")
  }

  return {
    deleteMessage(params) {
      const chat = chatOf(world, params)
      const message = chat.messages.get(Number(params.message_id))
      if (!message) throw badRequest('message to delete not found')
      check(chat, message)
      chat.messages.delete(message.message_id)
      return true
    },

    /** "If some of the specified messages can't be found, they are skipped"; one that may not be deleted fails them all. */
    deleteMessages(params) {
      const chat = chatOf(world, params)
      const ids = Array.isArray(params.message_ids) ? params.message_ids.map(Number) : []
      if (ids.length === 0) throw badRequest('message identifiers are not specified')
      if (ids.length > DELETE_AT_ONCE) throw badRequest('too many message identifiers specified')
      const messages = ids.flatMap((id) => chat.messages.get(id) ?? [])
      for (const message of messages) check(chat, message)
      for (const message of messages) chat.messages.delete(message.message_id)
      return true
    },
  }
}
