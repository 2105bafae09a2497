/** What the Events API tells, read. The table of kinds: what is read, what is ignored on purpose, and all the rest. */
import { z } from 'zod'
import { isDirect } from '../addresses.js'
import { readChanged, readDeleted } from './changes.js'
import { readChannel, readHome, readMember, readMoved } from './membership.js'
import { readMessage } from './message.js'
import { ConversationId, ignored, isRecord, type Reading, Ts, UserId, type World } from './reading.js'

const OuterShape = z.object({ event_id: z.string().min(1).max(100) })

type Occasion = { id: string; event: Record<string, unknown>; world: World }

function readAnyMessage({ event, world }: Occasion): Reading | undefined {
  if (event.subtype === 'message_changed') return readChanged(event, world)
  if (event.subtype === 'message_deleted') return readDeleted(event, world)
  // Says that a message has answers; they come themselves.
  if (event.subtype === 'message_replied') return ignored('message_replied')
  return readMessage(event, world)
}

const READERS: Record<string, (occasion: Occasion) => Reading | undefined> = {
  message: readAnyMessage,
  app_mention: readAnyMessage,
  app_home_opened: readHome,
  member_joined_channel: readMember('unblocked'),
  member_left_channel: readMember('blocked'),
  channel_left: readChannel('blocked'),
  group_left: readChannel('blocked'),
  channel_archive: readChannel('blocked'),
  group_archive: readChannel('blocked'),
  channel_deleted: readChannel('blocked'),
  group_deleted: readChannel('blocked'),
  channel_unarchive: readChannel('unblocked'),
  group_unarchive: readChannel('unblocked'),
  channel_id_changed: readMoved,
  app_uninstalled: () => ({ kind: 'revoked' }),
  tokens_revoked: () => ({ kind: 'revoked' }),
}

/** Never asked for in our manifest, but an administrator may have; nobody waits for an answer to them. */
const IGNORED = [
  'app_rate_limited',
  'app_requested',
  'channel_created',
  'channel_history_changed',
  'channel_rename',
  'channel_shared',
  'channel_unshared',
  'emoji_changed',
  'file_change',
  'file_created',
  'file_deleted',
  'file_public',
  'file_shared',
  'file_unshared',
  'group_rename',
  'im_close',
  'im_created',
  'im_open',
  'link_shared',
  'message_metadata_deleted',
  'message_metadata_posted',
  'message_metadata_updated',
  'pin_added',
  'pin_removed',
  'reaction_added',
  'reaction_removed',
  'team_join',
  'user_change',
]

const StrangerShape = z.object({ channel: ConversationId, user: UserId, ts: Ts.optional().catch(undefined) })

/** Something that we cannot read is answered when it is clear that a person in their own chat with us sent it. */
function readStranger({ id, event, world }: Occasion, what: string): Reading {
  const { data } = StrangerShape.safeParse(event)
  if (!data || !isDirect(data.channel) || event.bot_id !== undefined || data.user === world.me)
    return ignored('unreadable')
  return {
    kind: 'incoming',
    incoming: {
      channel: 'slack',
      address: data.user,
      updateKey: `u-${id}`,
      at: world.now,
      event: { kind: 'unsupported', what },
    },
  }
}

export function readEvent(body: Record<string, unknown>, world: World): Reading {
  const { data: outer } = OuterShape.safeParse(body)
  const { event } = body
  if (!outer || !isRecord(event) || typeof event.type !== 'string') return ignored('unreadable')
  const occasion = { id: outer.event_id, event, world }
  const reader = Object.hasOwn(READERS, event.type) ? READERS[event.type] : undefined
  if (reader) return reader(occasion) ?? readStranger(occasion, event.type)
  const noise = IGNORED.find((type) => type === event.type)
  return noise ? ignored(noise) : readStranger(occasion, 'unknown')
}
