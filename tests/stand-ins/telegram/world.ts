/** What the stand-in knows: chats, their messages, files. Messages have the shape of Telegram's own. */
export const BOT = { id: 7_000_000_001, is_bot: true, first_name: 'Rahnamo', username: 'rahnamo_test_bot' }

export type ButtonShape = { text: string; callback_data?: string; url?: string }
export type KeyShape = { text: string; request_contact?: boolean; request_location?: boolean }
export type Markup = {
  inline_keyboard?: ButtonShape[][]
  keyboard?: KeyShape[][]
  remove_keyboard?: boolean
  one_time_keyboard?: boolean
  resize_keyboard?: boolean
}

export type Message = {
  message_id: number
  date: number
  chat: { id: number; type: string }
  from: Record<string, unknown>
  text?: string
  caption?: string
  reply_markup?: Markup
  message_thread_id?: number
  /** Not Telegram's: a file that came with it. */
  file?: { kind: string; name: string; fileId: string }
  [key: string]: unknown
}

/** A topic of a forum; its id is that of the notice which opened it. */
export type Topic = { id: number; name: string; closed: boolean; byBot: boolean }

/** What the bot is in a group: https://core.telegram.org/bots/api#chatmember */
export type BotInGroup = {
  status: 'administrator' | 'member' | 'left' | 'kicked'
  can_manage_topics?: boolean
  can_delete_messages?: boolean
  can_restrict_members?: boolean
}

export type Chat = {
  id: number
  type: 'private' | 'group' | 'supergroup'
  /** The person of a private chat. */
  user?: Record<string, unknown> & { id: number }
  /** Why nothing can be sent here any more. */
  closed?: 'blocked' | 'deactivated' | 'kicked'
  /** A person whom the bot knows, but who never began to talk to it. */
  started: boolean
  migratedTo?: number
  /** Absent in a private chat. */
  bot?: BotInGroup
  /** Topics are on. */
  forum?: boolean
  /** The public name of a group. */
  username?: string
  topics: Map<number, Topic>
  /** Who was put out for good, and who cannot be: the other administrators. */
  banned: Set<number>
  administrators: Set<number>
  /** Posts for a topic that is no more to the main chat, without a word: https://github.com/tdlib/telegram-bot-api/issues/854 */
  strays?: boolean
  /** When the bot's last messages came, in milliseconds. */
  paced: number[]
  messages: Map<number, Message>
  /** The keyboard under the input line. */
  keyboard?: KeyShape[][]
  /** Seconds to wait told to whoever sends here. */
  slowDown?: number
  refusesVoice?: boolean
}

/** A message as it stands inside another one: without what that one replied to in its turn. */
export function shallow(message: Message): Message {
  const { reply_to_message: _deeper, ...rest } = message
  return structuredClone(rest)
}

export type StoredFile = { path: string; bytes: number; content?: Uint8Array }

export function createWorld(now: () => Date) {
  const chats = new Map<number, Chat>()
  const files = new Map<string, StoredFile>()
  // 1 is the id of every forum's "General".
  let lastMessage = 1
  let lastFile = 0
  return {
    chats,
    files,
    callbacks: new Set<string>(),
    now: () => now().getTime(),
    seconds: () => Math.floor(now().getTime() / 1000),
    nextMessageId: () => ++lastMessage,
    addChat(chat: Pick<Chat, 'id' | 'type'> & Partial<Chat>): Chat {
      const whole: Chat = {
        started: true,
        topics: new Map(),
        banned: new Set(),
        administrators: new Set(),
        paced: [],
        messages: new Map(),
        ...chat,
      }
      chats.set(chat.id, whole)
      return whole
    },
    /** `content` may be absent for a file that only claims its size. */
    addFile(folder: string, bytes: number, content?: Uint8Array) {
      const fileId = `AgACAgIAAxk-${++lastFile}`
      files.set(fileId, { path: `${folder}/file_${lastFile}`, bytes, ...(content && { content }) })
      return fileId
    },
  }
}
export type World = ReturnType<typeof createWorld>
