/** The methods of the Web API that we use, each with what it checks. */
import { SlackError } from './errors.js'
import { createFileMethods } from './file-methods.js'
import { blocksOf, conversationOf, metadataOf, type Params, textOf, viewOf, writable } from './rules.js'
import { APP, BOT_ID, BOT_USER, type Conversation, type Message, TEAM, type World } from './world.js'

export type Method = (params: Params) => object
/** Tells the app what happened in a conversation. */
export type Tell = (conversation: Conversation, event: Record<string, unknown>) => void

/** How long a trigger is good for: https://docs.slack.dev/interactivity/handling-user-interaction */
const TRIGGER_MS = 3000
const PAGE_MAX = 999

const fromBot = { user: BOT_USER, bot_id: BOT_ID, app_id: APP }

export function createMethods(world: World, tell: Tell, url: () => string): Record<string, Method> {
  /** Puts a message of the bot's there. An answer to a message that is gone becomes one of the channel's, silently. */
  const post = (conversation: Conversation, thread: unknown, content: Partial<Message>): Message => {
    const root = typeof thread === 'string' ? conversation.messages.get(thread) : undefined
    if (root) root.thread_ts = root.ts
    const message: Message = {
      type: 'message',
      ts: world.nextTs(),
      text: '',
      ...fromBot,
      ...content,
      ...(root && { thread_ts: root.ts }),
    }
    conversation.messages.set(message.ts, message)
    tell(conversation, structuredClone(message))
    return message
  }

  const ours = (params: Params, error: string) => {
    const conversation = conversationOf(world, params)
    const message = conversation.messages.get(String(params.ts))
    if (!message || message.subtype === 'tombstone') throw new SlackError('message_not_found')
    if (message.bot_id !== BOT_ID) throw new SlackError(error)
    return { conversation, message }
  }

  /** Newest first, as much as was asked for. */
  const page = (messages: Message[], params: Params) => {
    const limit = Math.min(Number(params.limit ?? 100), PAGE_MAX)
    const from = Number(params.cursor ?? 0)
    const shown = messages.slice(from, from + limit).map((message) => {
      const { metadata, ...rest } = structuredClone(message)
      return params.include_all_metadata && metadata ? { ...rest, metadata } : rest
    })
    const more = from + limit < messages.length
    return { messages: shown, has_more: more, response_metadata: { next_cursor: more ? String(from + limit) : '' } }
  }

  return {
    'auth.test': () => ({
      url: 'https://canary.slack.com/',
      team: 'CanaryTeam',
      user: 'rahnamo',
      team_id: TEAM,
      user_id: BOT_USER,
      bot_id: BOT_ID,
    }),

    'chat.postMessage'(params) {
      const conversation = writable(world, params)
      const [text, blocks, metadata] = [textOf(params), blocksOf(world, params), metadataOf(params)]
      const message = post(conversation, params.thread_ts, {
        text,
        ...(blocks && { blocks }),
        ...(metadata ? { metadata } : {}),
      })
      return { channel: conversation.id, ts: message.ts, message: structuredClone(message) }
    },

    'chat.update'(params) {
      const { conversation, message } = ours(params, 'cant_update_message')
      const [text, blocks] = [textOf(params), blocksOf(world, params)]
      const before = structuredClone(message)
      Object.assign(message, { text, edited: { user: BOT_USER, ts: world.nextTs() } })
      if (blocks) message.blocks = blocks
      tell(conversation, {
        type: 'message',
        subtype: 'message_changed',
        message: structuredClone(message),
        previous_message: before,
        ts: world.nextTs(),
      })
      return { channel: conversation.id, ts: message.ts, text }
    },

    'chat.delete'(params) {
      const { conversation, message } = ours(params, 'cant_delete_message')
      erase(world, tell, conversation, message)
      return { channel: conversation.id, ts: message.ts }
    },

    'conversations.open'(params) {
      const user = world.users.get(String(params.users))
      if (!user) throw new SlackError('user_not_found')
      if (user.disabled) throw new SlackError('user_disabled')
      return { channel: { id: world.directOf(user.id).id } }
    },

    'conversations.info'(params) {
      const { id, kind, archived, external, members } = conversationOf(world, params)
      return {
        channel: {
          id,
          name: 'canary-channel',
          is_private: kind === 'private',
          is_archived: archived,
          is_member: members.has(BOT_USER),
          is_shared: external,
          is_ext_shared: external,
        },
      }
    },

    'conversations.members': (params) => ({ members: [...conversationOf(world, params).members] }),

    'conversations.kick'(params) {
      const { kind, members } = conversationOf(world, params)
      const user = String(params.user)
      if (!world.scopes.has(kind === 'private' ? 'groups:write' : 'channels:manage'))
        throw new SlackError('missing_scope')
      if (user === BOT_USER) throw new SlackError('cant_kick_self')
      if (!world.users.has(user)) throw new SlackError('user_not_found')
      if (!members.delete(user)) throw new SlackError('not_in_channel')
      return {}
    },

    'conversations.history'(params) {
      const { messages } = conversationOf(world, params)
      const top = [...messages.values()].filter(
        (one) => !one.thread_ts || one.thread_ts === one.ts || one.subtype === 'thread_broadcast',
      )
      return page(top.reverse(), params)
    },

    'conversations.replies'(params) {
      const { messages } = conversationOf(world, params)
      const named = messages.get(String(params.ts))
      const root = named?.thread_ts ?? named?.ts
      if (!root) throw new SlackError('thread_not_found')
      const { oldest = '', latest = '9' } = params
      const isIn = ({ ts }: Message) => ts === root || (ts >= String(oldest) && ts <= String(latest))
      const thread = [...messages.values()].filter((one) => one.ts === root || one.thread_ts === root)
      return page(thread.filter(isIn), params)
    },

    'views.open'(params) {
      const trigger = world.triggers.get(String(params.trigger_id))
      if (!trigger) throw new SlackError('invalid_trigger_id')
      if (world.now().getTime() - trigger.at > TRIGGER_MS) throw new SlackError('expired_trigger_id')
      world.triggers.delete(String(params.trigger_id))
      const view = viewOf(world, params, 'modal')
      world.forms.set(trigger.user, view)
      return { view }
    },

    'views.publish'(params) {
      const user = String(params.user_id)
      if (!world.users.has(user)) throw new SlackError('user_not_found')
      const view = viewOf(world, params, 'home')
      world.homes.set(user, view)
      return { view }
    },

    ...createFileMethods(world, post, url),
  }
}

/** A message under which there are answers stays as an empty stone. */
export function erase(world: World, tell: Tell, conversation: Conversation, message: Message): void {
  const before = structuredClone(message)
  if (world.answersOf(conversation, message.ts).length === 0) {
    conversation.messages.delete(message.ts)
    tell(conversation, {
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      deleted_ts: message.ts,
      previous_message: before,
      ts: world.nextTs(),
    })
    return
  }
  const stone: Message = {
    type: 'message',
    subtype: 'tombstone',
    hidden: true,
    user: 'USLACKBOT',
    text: 'This message was deleted.',
    ts: message.ts,
    thread_ts: message.ts,
  }
  conversation.messages.set(message.ts, stone)
  tell(conversation, {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    message: structuredClone(stone),
    previous_message: before,
    ts: world.nextTs(),
  })
}
