/** The methods of the Bot API that we use, each with what it checks. */
import { deletingMethods } from './deleting.js'
import { ApiError, badRequest } from './errors.js'
import { groupMethods } from './group-methods.js'
import {
  captionOf,
  chatOf,
  DOWNLOAD_MAX,
  markupOf,
  type Params,
  PHOTO_MAX,
  repliedBy,
  textOf,
  topicOf,
} from './rules.js'
import { BOT, type Chat, type Markup, type Message, shallow, type World } from './world.js'

export type Upload = { name: string; content: Uint8Array }
export type Method = (params: Params, uploads: Map<string, Upload>) => unknown

/** What `sendPhoto` takes for a picture: the first bytes of JPEG, PNG and WebP. */
const isPicture = (content: Uint8Array) =>
  ['ffd8ff', '89504e', '524946'].includes(Buffer.from(content.slice(0, 3)).toString('hex'))

/** https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
const GROUP_PER_MINUTE = 20

/** `strictPace` refuses the 21st message of a minute to one group. */
export function createMethods(world: World, { strictPace }: { strictPace: boolean }): Record<string, Method> {
  const commands = new Map<string, unknown>()

  const checkPace = (chat: Chat) => {
    const now = world.now()
    chat.paced = chat.paced.filter((at) => now - at < 60_000)
    const [oldest = now] = chat.paced
    const wait = Math.ceil((oldest + 60_000 - now) / 1000)
    if (strictPace && chat.type !== 'private' && chat.paced.length >= GROUP_PER_MINUTE)
      throw new ApiError(429, `Too Many Requests: retry after ${wait}`, { retry_after: wait })
    chat.paced.push(now)
  }

  /** Puts a message of the bot's into the chat. */
  const post = (chat: Chat, params: Params, markup: Markup | undefined, content: Partial<Message>): Message => {
    const topic = topicOf(chat, params)
    const replied = repliedBy(chat, params)
    checkPace(chat)
    const message: Message = {
      message_id: world.nextMessageId(),
      date: world.seconds(),
      chat: { id: chat.id, type: chat.type },
      from: BOT,
      ...content,
      ...(markup && { reply_markup: markup }),
      ...(topic && { message_thread_id: topic, is_topic_message: true }),
      ...(replied && { reply_to_message: shallow(replied) }),
      ...(params.protect_content === true && { has_protected_content: true }),
    }
    chat.messages.set(message.message_id, message)
    if (markup?.keyboard) chat.keyboard = markup.keyboard
    if (markup?.remove_keyboard) delete chat.keyboard
    return message
  }

  const sendFile =
    (kind: 'photo' | 'voice' | 'video' | 'document'): Method =>
    (params, uploads) => {
      const chat = chatOf(world, params)
      const upload = uploads.get(String(params[kind]).replace('attach://', ''))
      if (!upload) throw badRequest(`there is no ${kind} in the request`)
      const { name, content } = upload
      if (kind === 'photo' && content.length > PHOTO_MAX) throw badRequest('PHOTO_SAVE_FILE_INVALID')
      if (kind === 'photo' && !isPicture(content)) throw badRequest('IMAGE_PROCESS_FAILED')
      if (kind === 'voice' && chat.refusesVoice) throw badRequest('VOICE_MESSAGES_FORBIDDEN')
      const caption = captionOf(params)
      const fileId = world.addFile(`${kind}s`, content.length, content)
      return post(chat, params, markupOf(chat, params), { ...(caption && { caption }), file: { kind, name, fileId } })
    }

  /** A message of the bot's own that may be changed. */
  const editable = (params: Params) => {
    const chat = chatOf(world, params)
    const message = chat.messages.get(Number(params.message_id))
    if (!message) throw badRequest('message to edit not found')
    const isPlain = !message.reply_markup || 'inline_keyboard' in message.reply_markup
    if (message.from !== BOT || !isPlain) throw badRequest("message can't be edited")
    return { chat, message }
  }

  const edit =
    (key: 'text' | 'caption'): Method =>
    (params) => {
      const { chat, message } = editable(params)
      if (key === 'text' && message.file) throw badRequest('there is no text in the message to edit')
      if (key === 'caption' && !message.file) throw badRequest('there is no caption in the message to edit')
      const words = key === 'text' ? textOf(params) : captionOf(params)
      const markup = markupOf(chat, params)
      const same = JSON.stringify(markup) === JSON.stringify(message.reply_markup)
      if (message[key] === words && same)
        throw badRequest(
          'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
        )
      message[key] = words
      if (markup) message.reply_markup = markup
      else delete message.reply_markup
      return message
    }

  return {
    getMe: () => BOT,

    sendMessage(params) {
      const chat = chatOf(world, params)
      return post(chat, params, markupOf(chat, params), { text: textOf(params) })
    },
    sendPhoto: sendFile('photo'),
    sendVoice: sendFile('voice'),
    sendVideo: sendFile('video'),
    sendDocument: sendFile('document'),
    editMessageText: edit('text'),
    editMessageCaption: edit('caption'),
    ...deletingMethods(world),
    ...groupMethods(world),

    answerCallbackQuery(params) {
      if (!world.callbacks.delete(String(params.callback_query_id)))
        throw badRequest('query is too old and response timeout expired or query ID is invalid')
      return true
    },

    getFile(params) {
      const id = String(params.file_id)
      const file = world.files.get(id)
      if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
      if (file.bytes > DOWNLOAD_MAX) throw badRequest('file is too big')
      return { file_id: id, file_unique_id: `u-${id}`, file_size: file.bytes, file_path: file.path }
    },

    setMyCommands(params) {
      const list = Array.isArray(params.commands) ? params.commands : []
      for (const { command, description } of list) {
        if (!/^[a-z0-9_]{1,32}$/.test(String(command))) throw badRequest('BOT_COMMAND_INVALID')
        if (!/^.{1,256}$/su.test(String(description))) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
      }
      if (list.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH')
      const language = String(params.language_code ?? '')
      if (!/^([a-z]{2})?$/.test(language)) throw badRequest('LANG_CODE_INVALID')
      commands.set(language, list)
      return true
    },
    getMyCommands: (params) => commands.get(String(params.language_code ?? '')) ?? [],
  }
}
