/**
 * Events as Slack tells them: one generator for each type of https://docs.slack.dev/reference/events, as Slack's own types name them. A
 * type that a later version adds does not compile until it stands here.
 */
import type { types } from '@slack/bolt'
import fc from 'fast-check'
import { oneOf } from '../classes.js'
import { CANARY, said } from '../words.js'
import type { Scene } from './scene.js'

type EventType = types.SlackEvent['type']
type Event = Record<string, unknown>

/** What we ask for, with everything that it may hold. The rest an administrator may ask for, and gets no answer to it. */
type Heard = 'message' | 'app_mention' | 'app_home_opened' | 'member_joined_channel' | 'member_left_channel'

/** https://docs.slack.dev/reference/events/message#subtypes */
const SUBTYPES = [
  'bot_message',
  'me_message',
  'thread_broadcast',
  'file_share',
  'channel_join',
  'channel_topic',
  'assistant_app_thread',
  'ekm_access_denied',
  'tombstone',
  'huddle_thread',
  'kind_of_the_future',
]

const UNHEARD: Record<Exclude<EventType, Heard>, Event> = {
  agent_session_stopped: {},
  agent_session_title_changed: {},
  app_context_changed: {},
  app_deleted: {},
  app_installed: {},
  app_rate_limited: { minute_rate_limited: 1 },
  app_requested: {},
  app_uninstalled: {},
  app_uninstalled_team: {},
  assistant_thread_context_changed: {},
  assistant_thread_started: {},
  call_rejected: {},
  channel_archive: { channel: 'C0ELSEWHERE' },
  channel_created: { channel: { id: 'C0ELSEWHERE', name: CANARY } },
  channel_deleted: { channel: 'C0ELSEWHERE' },
  channel_history_changed: { channel: 'C0ELSEWHERE' },
  channel_id_changed: { old_channel_id: 'C0ELSEWHERE', new_channel_id: 'C0ANYWHERE' },
  channel_left: { channel: 'C0ELSEWHERE' },
  channel_rename: { channel: { id: 'C0ELSEWHERE', name: CANARY } },
  channel_shared: { channel: 'C0ELSEWHERE' },
  channel_unarchive: { channel: 'C0ELSEWHERE' },
  channel_unshared: { channel: 'C0ELSEWHERE' },
  dnd_updated: {},
  dnd_updated_user: {},
  email_domain_changed: { email_domain: CANARY },
  emoji_changed: { subtype: 'add', name: CANARY },
  entity_details_requested: {},
  file_change: { file_id: 'F0000001' },
  file_comment_deleted: {},
  file_created: { file_id: 'F0000001' },
  file_deleted: { file_id: 'F0000001' },
  file_public: { file_id: 'F0000001' },
  file_shared: { file_id: 'F0000001' },
  file_unshared: { file_id: 'F0000001' },
  function_executed: {},
  grid_migration_finished: {},
  grid_migration_started: {},
  group_archive: { channel: 'G0ELSEWHERE' },
  group_close: { channel: 'G0ELSEWHERE' },
  group_deleted: { channel: 'G0ELSEWHERE' },
  group_history_changed: { channel: 'G0ELSEWHERE' },
  group_left: { channel: 'G0ELSEWHERE' },
  group_open: { channel: 'G0ELSEWHERE' },
  group_rename: { channel: { id: 'G0ELSEWHERE', name: CANARY } },
  group_unarchive: { channel: 'G0ELSEWHERE' },
  im_close: { channel: 'D0ELSEWHERE' },
  im_created: { channel: { id: 'D0ELSEWHERE' } },
  im_history_changed: { channel: 'D0ELSEWHERE' },
  im_open: { channel: 'D0ELSEWHERE' },
  invite_requested: { invite_request: { email: CANARY } },
  link_shared: { links: [{ domain: 'example.org', url: `https://example.org/${CANARY}` }] },
  message_metadata_deleted: {},
  message_metadata_posted: {},
  message_metadata_updated: {},
  pin_added: {},
  pin_removed: {},
  reaction_added: { reaction: 'thumbsup', item: { type: 'message', channel: 'C0ELSEWHERE', ts: '1.1' } },
  reaction_removed: { reaction: 'thumbsup', item: { type: 'message', channel: 'C0ELSEWHERE', ts: '1.1' } },
  shared_channel_invite_accepted: {},
  shared_channel_invite_approved: {},
  shared_channel_invite_declined: {},
  shared_channel_invite_received: {},
  shared_channel_invite_requested: {},
  star_added: {},
  star_removed: {},
  subteam_created: {},
  subteam_members_changed: {},
  subteam_self_added: {},
  subteam_self_removed: {},
  subteam_updated: {},
  team_access_granted: {},
  team_access_revoked: {},
  team_domain_change: { domain: CANARY },
  team_join: { user: { id: 'U0NEW', name: CANARY } },
  team_rename: { name: CANARY },
  tokens_revoked: { tokens: { oauth: [], bot: ['U0SOMEBODY'] } },
  user_change: { user: { id: 'U0NEW', name: CANARY } },
  user_huddle_changed: { user: { id: 'U0NEW', name: CANARY } },
  user_profile_changed: { user: { id: 'U0NEW', name: CANARY } },
  user_status_changed: { user: { id: 'U0NEW', name: CANARY } },
  workflow_deleted: {},
  workflow_published: {},
  workflow_step_deleted: {},
  workflow_step_execute: {},
  workflow_unpublished: {},
}

export function events(scene: Scene): fc.Arbitrary<Event> {
  const person = oneOf(scene.people, 'U0NOBODY')
  const member = oneOf(scene.members, 'U0NOBODY')
  const files = fc.array(
    fc.record({
      id: fc.oneof(oneOf(scene.files, 'F0000001'), fc.constant('F0OFNOBODY')),
      name: fc.constantFrom(`${CANARY}.pdf`, '../../etc/passwd', 'скан.png'),
      mimetype: fc.constantFrom('image/png', 'application/pdf', 'audio/ogg', 'text/html'),
      size: fc.nat(30_000_000),
      mode: fc.constantFrom('hosted', 'tombstone', 'hidden_by_limit', 'external', 'snippet'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  const blocks = (text: string) => [
    { type: 'rich_text', block_id: 'x', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] },
  ]
  const own = person.map((user): Event => ({ user, channel: scene.directOf(user), channel_type: 'im' }))
  const inChannel = fc.tuple(member, fc.option(oneOf(scene.threads, '1.1'), { freq: 4 })).map(
    ([user, thread]): Event => ({
      user,
      channel: scene.channel(),
      channel_type: 'group',
      ...(thread && { thread_ts: thread }),
    }),
  )
  const where = fc.oneof({ weight: 5, arbitrary: own }, { weight: 3, arbitrary: inChannel })
  const words = said.map((text): Event => ({ text, blocks: blocks(text) }))
  const content = fc.oneof(
    { weight: 8, arbitrary: words },
    {
      weight: 2,
      arbitrary: fc.tuple(words, files).map(([text, list]): Event => ({ ...text, subtype: 'file_share', files: list })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(words, fc.constantFrom(...SUBTYPES)).map(([text, subtype]): Event => ({ ...text, subtype })),
    },
  )
  const written = fc.tuple(where, content).map(([place, held]): Event => {
    const ts = scene.nextTs()
    return { type: 'message', ts, event_ts: ts, client_msg_id: `c${ts}`, ...place, ...held }
  })
  const known = (channel: unknown, place: number): string => {
    const there = scene.messages(String(channel))
    return there[place % Math.max(1, there.length)] ?? '1795392000.000001'
  }
  const changed = fc
    .tuple(written, words, fc.nat(), fc.constantFrom('message_changed', 'message_deleted', 'message_replied'))
    .map(([{ channel, ts, type, ...rest }, next, n, subtype]): Event => {
      const of = known(channel, n)
      const before = { type, ts: of, ...rest }
      return {
        type: 'message',
        subtype,
        channel,
        ts,
        event_ts: ts,
        hidden: true,
        previous_message: before,
        ...(subtype === 'message_deleted'
          ? { deleted_ts: of }
          : { message: { ...before, ...next, edited: { user: rest.user, ts } } }),
      }
    })
  const mention = written.map((event): Event => ({ ...event, type: 'app_mention' }))
  const home = fc
    .tuple(person, fc.constantFrom('home', 'messages'))
    .map(([user, tab]): Event => ({ type: 'app_home_opened', user, tab, channel: scene.directOf(user) }))
  const membership = fc
    .tuple(person, fc.constantFrom<Heard>('member_joined_channel', 'member_left_channel'))
    .map(([user, type]): Event => ({ type, user, channel: scene.channel(), channel_type: 'G', team: 'T0RAHNAMO' }))
  const unheard = fc.constantFrom(...Object.entries(UNHEARD)).map(([type, event]): Event => ({ type, ...event }))
  return fc.oneof(
    { weight: 50, arbitrary: written },
    { weight: 14, arbitrary: changed },
    { weight: 4, arbitrary: mention },
    { weight: 4, arbitrary: home },
    { weight: 3, arbitrary: membership },
    { weight: 12, arbitrary: unheard },
    { weight: 1, arbitrary: written.map((event): Event => ({ ...event, type: 'event_of_the_future' })) },
  )
}
