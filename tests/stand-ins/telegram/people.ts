/** What people do on their phones, as updates. */
import type { Updates } from './updates.js'
import type { ButtonShape, Chat, Message, World } from './world.js'

type Folder = 'photo' | 'voice' | 'video' | 'document'
export type SentFile = {
  kind: Folder
  name?: string
  mime?: string
  /** The content, or only its size. */
  content: Uint8Array | number
}

export type PhonePerson = ReturnType<ReturnType<typeof createPeople>>

export function createPeople(world: World, updates: Updates) {
  let lastUser = 500_000_000
  let lastCallback = 0

  /** A new person with a private chat; or, with `chat`, a member of that group writing there (in `topic`). */
  return function person(where: { chat?: Chat; topic?: number; language?: string } = {}) {
    const userId = ++lastUser
    const user = {
      id: userId,
      is_bot: false,
      first_name: 'CanaryFirst',
      last_name: 'CanaryLast',
      username: 'canary_user',
      language_code: where.language ?? 'ru',
    }
    const chat = where.chat ?? world.addChat({ id: userId, type: 'private', user })
    const chatShape = {
      id: chat.id,
      type: chat.type,
      ...(chat.type === 'private'
        ? { first_name: user.first_name, username: user.username }
        : { title: 'CanaryTitle' }),
    }
    let last: Message | undefined

    const write = (content: Record<string, unknown>): Message => {
      const message: Message = {
        message_id: world.nextMessageId(),
        from: user,
        chat: chatShape,
        date: world.seconds(),
        ...(where.topic && { message_thread_id: where.topic, is_topic_message: true }),
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

    return {
      id: userId,
      chat,
      text: (text: string) => {
        const [command] = /^\/\w+(@\w+)?/.exec(text) ?? []
        return write({
          text,
          ...(command && { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }),
        })
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
        write({ contact: { phone_number: phone, first_name: 'CanaryCard', ...(own && { user_id: userId }) } }),
      location: (latitude: number, longitude: number) => write({ location: { latitude, longitude } }),
      write,
      edit(text: string, message = last) {
        if (!message) throw new Error('nothing was written yet')
        if (message.text === undefined) message.caption = text
        else message.text = text
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
        const seen = accessible ? structuredClone(message) : { chat: chatShape, message_id: messageId, date: 0 }
        updates.add('callback_query', {
          id,
          from: user,
          message: seen,
          chat_instance: '42',
          data: button.callback_data,
        })
        return id
      },
      /** Blocks the bot. */
      block() {
        chat.closed = 'blocked'
        updates.add('my_chat_member', change('member', 'kicked'))
      },
      unblock() {
        delete chat.closed
        updates.add('my_chat_member', change('kicked', 'member'))
      },
      /** Messages of the bot's that are on the screen. */
      shown: () =>
        [...chat.messages.values()].filter((message) => message.from !== user && message.from.is_bot === true),
    }

    function change(before: string, after: string) {
      const bot = { id: 7_000_000_001, is_bot: true, first_name: 'Rahnamo' }
      return {
        chat: chatShape,
        from: user,
        date: world.seconds(),
        old_chat_member: { user: bot, status: before },
        new_chat_member: { user: bot, status: after },
      }
    }
  }
}
