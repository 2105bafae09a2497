/** What the stand-in knows: people, conversations, their messages, files, forms. Messages have the shape of Slack's own. */
export const TEAM = 'T0RAHNAMO'
export const APP = 'A0RAHNAMO'
export const BOT_USER = 'U0BOT'
export const BOT_ID = 'B0BOT'

export type Block = Record<string, unknown> & { type: string; block_id: string }
export type Message = {
  type: 'message'
  ts: string
  user: string
  text: string
  bot_id?: string
  app_id?: string
  subtype?: string
  thread_ts?: string
  blocks?: Block[]
  metadata?: unknown
  files?: FileObject[]
  edited?: { user: string; ts: string }
  hidden?: boolean
}

export type Conversation = {
  id: string
  kind: 'im' | 'private' | 'public'
  /** The person of a chat with us. */
  user?: string
  members: Set<string>
  archived: boolean
  /** Shared with another organisation. */
  external: boolean
  messages: Map<string, Message>
  /** Seconds to wait told to whoever posts here. */
  slowDown?: number
}

export type FileObject = Record<string, unknown> & { id: string; name: string; size: number }
export type StoredFile = {
  object: FileObject
  content: Uint8Array
  /** How often it is still answered without the message that shows it. */
  hiddenFor: number
  uploaded: boolean
  /** What a download answers instead of the content. */
  download?: { status?: number; type?: string; body?: Uint8Array; location?: string }
}

export type View = Record<string, unknown> & { id: string; type: string; blocks: Block[] }

export type World = ReturnType<typeof createWorld>

export function createWorld(now: () => Date) {
  const conversations = new Map<string, Conversation>()
  const users = new Map<string, { id: string; disabled: boolean }>()
  const files = new Map<string, StoredFile>()
  let lastTs = 0
  let lastId = 0

  const world = {
    now,
    conversations,
    users,
    files,
    /** Trigger → who did it and when. https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
    triggers: new Map<string, { user: string; at: number }>(),
    /** The form that each person has open, and our page as they see it. */
    forms: new Map<string, View>(),
    homes: new Map<string, View>(),
    scopes: new Set([
      'app_mentions:read',
      'channels:history',
      'channels:read',
      'chat:write',
      'commands',
      'files:read',
      'files:write',
      'groups:history',
      'groups:read',
      'groups:write',
      'im:history',
      'im:read',
      'im:write',
    ]),
    nextId: (prefix: string) => `${prefix}${(++lastId).toString(36).toUpperCase().padStart(8, '0')}`,
    /** Later than every one before, whatever the clock says. */
    nextTs() {
      lastTs = Math.max(lastTs + 1, Math.floor(now().getTime() * 1000))
      return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`
    },
    addUser() {
      const user = { id: world.nextId('U'), disabled: false }
      users.set(user.id, user)
      return user
    },
    addConversation(kind: Conversation['kind'], parts: Partial<Conversation> = {}): Conversation {
      const conversation: Conversation = {
        id: world.nextId(kind === 'im' ? 'D' : 'C'),
        kind,
        members: new Set([BOT_USER]),
        archived: false,
        external: false,
        messages: new Map(),
        ...parts,
      }
      conversations.set(conversation.id, conversation)
      return conversation
    },
    /** The chat between the bot and this person. */
    directOf(user: string): Conversation {
      const known = [...conversations.values()].find((one) => one.kind === 'im' && one.user === user)
      return known ?? world.addConversation('im', { user })
    },
    answersOf: (conversation: Conversation, ts: string) =>
      [...conversation.messages.values()].filter((one) => one.thread_ts === ts && one.ts !== ts),
  }
  return world
}
