/** What one user does in one chat (in a topic of it), as updates. */
import type { Updates } from './updates.js'
import { type ButtonShape, type Chat, type Message, shallow, type World } from './world.js'

export type SentFile = {
  kind: 'photo' | 'voice' | 'video' | 'document'
  name?: string
  mime?: string
  /** The content, or only its size. */
  content: Uint8Array | number
}

export type User = { id: number; first_name: string; username: string } & Record<string, unknown>
type Place = { chat: Chat; topic?: number | undefined }

let lastCallback = 0

export function createActs(world: World, updates: Updates, user: User, { chat, topic }: Place) {
  const shapeOf = () => ({
    id: chat.id,
    type: chat.type,
    ...(chat.type === 'private' ? { first_name: user.first_name, username: user.username } : { title: 'CanaryTitle' }),
    ...(chat.forum && { is_forum: true }),
  })
  let last: Message | undefined

  const write = (content: Record<string, unknown>): Message => {
    if (topic && !chat.topics.has(topic)) throw new Error('nobody can write in a topic that is no more')
    // What answers nothing else in a topic answers the notice at its head.
    const root = topic && chat.messages.get(topic)
    const message: Message = {
      message_id: world.nextMessageId(),
      from: user,
      chat: shapeOf(),
      date: world.seconds(),
      ...(topic && { message_thread_id: topic, is_topic_message: true }),
      ...(root && { reply_to_message: shallow(root) }),
      ...content,
    }
    chat.messages.set(message.message_id, message)
    chat.started = true
    last = message
    updates.add('message', structuredClone(message))
    return message
  }

  const describe = ({ kind, name, mime, content }: SentFile): Record<string, unknown> => {
    const bytes = typeof content === 'number' ? content : content.length
    const fileId = world.addFile(`${kind}s`, bytes, typeof content === 'number' ? undefined : content)
    const file = { file_id: fileId, file_unique_id: `u-${fileId}`, file_size: bytes }
    if (kind === 'photo')
      return {
        photo: [
          { ...file, file_id: `${fileId}-thumb`, width: 90, height: 60, file_size: 900 },
          { ...file, width: 1280, height: 960 },
        ],
      }
    return { [kind]: { ...file, ...(mime && { mime_type: mime }), ...(name && { file_name: name }), duration: 3 } }
  }

  const text = (words: string, more: Record<string, unknown> = {}) => {
    const [command] = /^\/\w+(@\w+)?/.exec(words) ?? []
    return write({
      text: words,
      ...(command && { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }),
      ...more,
    })
  }

  return {
    chat,
    text: (words: string) => text(words),
    /** Answers this message. */
    reply(messageId: number, words: string) {
      const replied = chat.messages.get(messageId)
      if (!replied) throw new Error('there is no such message')
      return text(words, { reply_to_message: shallow(replied) })
    },
    file: (file: SentFile, caption?: string) => write({ ...describe(file), ...(caption && { caption }) }),
    /** Several files at once: one update for each. */
    album(files: SentFile[], caption?: string) {
      const group = `1400${world.nextMessageId()}`
      return files.map((file, i) =>
        write({ ...describe(file), media_group_id: group, ...(i === 0 && caption && { caption }) }),
      )
    },
    contact: (phone: string, own = true) =>
      write({ contact: { phone_number: phone, first_name: 'CanaryCard', ...(own && { user_id: user.id }) } }),
    location: (latitude: number, longitude: number) => write({ location: { latitude, longitude } }),
    write,
    edit(words: string, message = last) {
      if (!message) throw new Error('nothing was written yet')
      if (message.text === undefined) message.caption = words
      else message.text = words
      updates.add('edited_message', { ...structuredClone(message), edit_date: world.seconds() })
    },
    /** Presses a button of the bot's; `accessible: false` as Telegram does when the message is old. */
    press(messageId: number, label: string, accessible = true) {
      const message = chat.messages.get(messageId)
      const buttons: ButtonShape[] = message?.reply_markup?.inline_keyboard?.flat() ?? []
      const button = buttons.find((one) => one.text === label)
      if (!message || !button?.callback_data) throw new Error(`there is no button "${label}"`)
      const id = `cb${++lastCallback}`
      world.callbacks.add(id)
      const seen = accessible ? structuredClone(message) : { chat: shapeOf(), message_id: messageId, date: 0 }
      updates.add('callback_query', { id, from: user, message: seen, chat_instance: '42', data: button.callback_data })
      return id
    },
    /** Messages of the bot's that are on the screen. */
    shown: () =>
      [...chat.messages.values()].filter(
        (message) => message.from !== user && message.from.is_bot === true && !message.forum_topic_created,
      ),
    shapeOf,
  }
}
