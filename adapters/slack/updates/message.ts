/** New messages; those that their writers changed or took back stand in `changes.ts`. */
import { z } from 'zod'
import type { IncomingEvent } from '../../adapter.js'
import { readTyped } from '../../typed-command.js'
import { isDirect, keyOf } from '../addresses.js'
import { readFiles } from './files.js'
import { plainText } from './plain-text.js'
import { ConversationId, ignored, momentOf, OWN, placeOf, type Reading, Ts, UserId, type World } from './reading.js'

export const MessageShape = z.object({
  channel: ConversationId,
  ts: Ts,
  user: UserId.optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().catch('').default(''),
  thread_ts: Ts.optional().catch(undefined),
  blocks: z.unknown().optional(),
  files: z.unknown().optional(),
})
type Message = z.infer<typeof MessageShape>

/** Kinds of message in which somebody says something. https://docs.slack.dev/reference/events/message#subtypes */
const SAYING = ['', 'file_share', 'thread_broadcast', 'me_message']

/** Slack's own person, who explains Slack. */
const SLACKBOT = 'USLACKBOT'

/** Two bots would talk for ever; the words of our own come back to us as well. */
export const isBot = ({ bot_id: bot, subtype, user }: Pick<Message, 'bot_id' | 'subtype' | 'user'>) =>
  bot !== undefined || subtype === 'bot_message' || user === SLACKBOT

const COMMAND = /^([a-z][a-z0-9_]{0,31})(?:\s+([\s\S]*))?$/i

/** In a channel, words that begin by naming us are a command of ours: "@Rahnamo connect ABC". */
function readWords({ text, blocks, channel }: Message, { me }: World): IncomingEvent {
  const said = plainText(text, blocks)
  if (isDirect(channel)) return readTyped(said)
  const mention = new RegExp(`^\\s*<@${me}(?:\\|[^>]*)?>[\\s,:]*`)
  if (!mention.test(text)) return { kind: 'text', text: said }
  const words = plainText(text.replace(mention, ''), blocks).trim()
  const [, name, argument = ''] = COMMAND.exec(words) ?? []
  return name ? { kind: 'command', name: name.toLowerCase(), argument: argument.trim() } : { kind: 'text', text: words }
}

function readContent(message: Message, world: World): IncomingEvent {
  const { files, others } = readFiles(message.files)
  const text = plainText(message.text, message.blocks)
  if (files.length > 0) return { kind: 'files', files, ...(text && { text }) }
  if (text) return readWords(message, world)
  // Somebody else's message passed on, a list, a canvas: there is something, but not for us.
  return { kind: 'unsupported', what: others ? 'file' : 'message without words' }
}

export function readMessage(value: unknown, world: World): Reading | undefined {
  const { data: message } = MessageShape.safeParse(value)
  if (!message) return undefined
  if (message.user === world.me) return OWN
  if (isBot(message)) return ignored('bot')
  const { channel, ts, user, subtype = '', thread_ts: thread } = message
  if (!user) return ignored('message of nobody')
  const isSaying = SAYING.includes(subtype)
  // Notices (somebody joined, a topic was set) are nobody's words. In a person's own chat there are hardly any, so there we ask.
  if (!isSaying && !isDirect(channel)) return ignored('notice')
  return {
    kind: 'incoming',
    incoming: {
      channel: 'slack',
      ...placeOf({ channel, user, ts, thread }),
      // By the message, not by the event: a mention of us and a broadcast from a thread come as two events of one message.
      updateKey: `m-${keyOf(channel, ts)}`,
      messageKey: keyOf(channel, ts),
      at: momentOf(ts, world.now),
      event: isSaying ? readContent(message, world) : { kind: 'unsupported', what: 'kind of message' },
    },
  }
}
