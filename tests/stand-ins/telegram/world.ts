/** What the stand-in knows: chats, their messages, files. Messages have the shape of Telegram's own. */
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
  topics: Set<number>
  messages: Map<number, Message>
  /** The keyboard under the input line. */
  keyboard?: KeyShape[][]
  /** Seconds to wait told to whoever sends here. */
  slowDown?: number
  refusesVoice?: boolean
}

export type StoredFile = { path: string; bytes: number; content?: Uint8Array }

export function createWorld(now: () => Date) {
  const chats = new Map<number, Chat>()
  const files = new Map<string, StoredFile>()
  let lastMessage = 0
  let lastFile = 0
  return {
    chats,
    files,
    callbacks: new Set<string>(),
    seconds: () => Math.floor(now().getTime() / 1000),
    nextMessageId: () => ++lastMessage,
    addChat(chat: Pick<Chat, 'id' | 'type'> & Partial<Chat>): Chat {
      const whole: Chat = { started: true, topics: new Set(), messages: new Map(), ...chat }
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
