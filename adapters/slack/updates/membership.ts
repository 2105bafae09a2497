/** We were put into a channel or out of it; the channel was closed, opened again, or got another id. */
import { z } from 'zod'
import type { IncomingEvent } from '../../adapter.js'
import { ConversationId, ignored, isRecord, type Reading, Ts, UserId, type World } from './reading.js'

type Event = Extract<IncomingEvent, { kind: 'blocked' | 'unblocked' | 'moved' }>
type Occasion = { id: string; event: unknown; world: World }

const reading = (id: string, address: string, event: Event, at: Date): Reading => ({
  kind: 'incoming',
  incoming: { channel: 'slack', address, updateKey: `s-${id}`, at, group: true, event },
})

const MemberShape = z.object({ user: UserId, channel: ConversationId })

export const readMember =
  (kind: 'blocked' | 'unblocked') =>
  ({ id, event, world }: Occasion): Reading | undefined => {
    const { data } = MemberShape.safeParse(event)
    if (!data) return undefined
    return data.user === world.me ? reading(id, data.channel, { kind }, world.now) : ignored('member of a channel')
  }

const ChannelShape = z.object({ channel: ConversationId, event_ts: Ts.optional().catch(undefined) })

/** Events about the channel itself, whoever did it. */
export const readChannel =
  (kind: 'blocked' | 'unblocked') =>
  ({ id, event, world }: Occasion): Reading | undefined => {
    const { data } = ChannelShape.safeParse(event)
    return data && reading(id, data.channel, { kind }, world.now)
  }

const MovedShape = z.object({ old_channel_id: ConversationId, new_channel_id: ConversationId })

/** https://docs.slack.dev/reference/events/channel_id_changed: a channel that is shared or taken over may get another id. */
export function readMoved({ id, event, world }: Occasion): Reading | undefined {
  const { data } = MovedShape.safeParse(event)
  return data && reading(id, data.old_channel_id, { kind: 'moved', to: data.new_channel_id }, world.now)
}

const HomeShape = z.object({ user: UserId })

/** https://docs.slack.dev/reference/events/app_home_opened */
export function readHome({ id, event, world }: Occasion): Reading | undefined {
  const { data } = HomeShape.safeParse(event)
  if (!data) return undefined
  // The other tab is the chat itself.
  if (isRecord(event) && event.tab === 'messages') return ignored('messages tab')
  const { user: address } = data
  return {
    kind: 'incoming',
    incoming: { channel: 'slack', address, updateKey: `h-${id}`, at: world.now, event: { kind: 'home' } },
  }
}
