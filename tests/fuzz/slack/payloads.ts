/** Everything that Slack sends: events in their envelope, what was done to a message or a form, slash commands. */
import fc from 'fast-check'
import type { Envelope } from '../../stand-ins/slack/delivery.js'
import { APP, BOT_USER, TEAM } from '../../stand-ins/slack/world.js'
import { oneOf } from '../classes.js'
import { CANARY, said } from '../words.js'
import { events } from './events.js'
import type { Scene } from './scene.js'

type Payload = Record<string, unknown>
const common = { team: { id: TEAM, domain: CANARY }, api_app_id: APP, token: CANARY }

/** https://docs.slack.dev/reference/interaction-payloads: those that no message of ours brings about. */
const OTHERS = [
  'view_closed',
  'shortcut',
  'message_action',
  'block_suggestion',
  'interactive_message',
  'workflow_step_edit',
  'dialog_submission',
]

export function payloads(scene: Scene): fc.Arbitrary<Pick<Envelope, 'type' | 'payload'>> {
  const person = oneOf(scene.people, 'U0NOBODY')
  const anybody = fc.oneof({ weight: 3, arbitrary: person }, { weight: 1, arbitrary: oneOf(scene.members, 'U0NOBODY') })
  const sender = (id: string) => ({ id, username: CANARY, name: CANARY, team_id: TEAM })

  const told = events(scene).map(
    (event): Payload => ({
      token: CANARY,
      team_id: TEAM,
      api_app_id: APP,
      type: 'event_callback',
      event_id: `Ev${scene.next()}`,
      event_time: 1_795_392_000,
      authorizations: [{ team_id: TEAM, user_id: BOT_USER, is_bot: true }],
      event,
    }),
  )

  const pressed = fc
    .record({ user: anybody, n: fc.nat(), day: fc.constantFrom('2026-03-15', '2026-02-30', null), isOthers: fc.nat(9) })
    .map(({ user, n, day, isOthers }): Payload => {
      const conversation = scene.members().includes(user) ? scene.channel() : scene.directOf(user)
      const from =
        isOthers === 0 ? scene.directOf(scene.people()[n % Math.max(1, scene.people().length)] ?? user) : conversation
      const here = scene.elements(from)
      const shown = here[n % Math.min(12, Math.max(1, here.length))]
      const element: Payload = shown?.element ?? { type: 'button', action_id: 'b1', value: 'go:menu' }
      const { options, ...rest } = element
      const list = Array.isArray(options) ? options : []
      const picked =
        list.length > 0 ? { selected_option: list[n % list.length], selected_options: list.slice(0, n % 4) } : {}
      const ts = scene.nextTs()
      const thread = shown?.thread && { thread_ts: shown.thread }
      return {
        ...common,
        type: 'block_actions',
        user: sender(user),
        trigger_id: `${scene.next()}.${CANARY}`,
        container: { type: 'message', message_ts: shown?.ts ?? ts, channel_id: conversation, ...thread },
        channel: { id: conversation, name: CANARY },
        message: { ts: shown?.ts ?? ts, text: CANARY, ...thread },
        state: { values: { block: { several: { type: 'multi_static_select', ...picked } } } },
        actions: [
          {
            block_id: 'block',
            ...rest,
            ...picked,
            ...(rest.type === 'datepicker' && { selected_date: day }),
            action_ts: ts,
          },
        ],
        response_url: 'https://hooks.slack.com/actions',
      }
    })

  const sent = fc
    .record({ user: anybody, words: said, n: fc.nat(), data: fc.constantFrom('d:answer', 'd:note', 'go:menu', CANARY) })
    .map(({ user, words, n, data }): Payload => {
      const threads = scene.threads()
      const thread = threads[n % Math.max(1, threads.length)]
      const isStaff = scene.members().includes(user) && thread
      const origin = isStaff ? { data, address: `${scene.channel()}/${thread}`, group: true } : { data, address: user }
      return {
        ...common,
        type: 'view_submission',
        user: sender(user),
        trigger_id: `${scene.next()}.${CANARY}`,
        view: {
          id: `V${scene.next()}`,
          type: 'modal',
          callback_id: n % 9 === 0 ? 'another-form' : 'rahnamo-form',
          private_metadata: JSON.stringify(origin),
          state: { values: { words: { input: { type: 'plain_text_input', value: words } } } },
        },
      }
    })
  const other = fc.tuple(anybody, fc.constantFrom(...OTHERS)).map(
    ([user, type]): Payload => ({
      ...common,
      type,
      user: sender(user),
      callback_id: CANARY,
      view: { id: 'V1', callback_id: CANARY },
    }),
  )
  const command = fc
    .tuple(
      anybody,
      fc.constantFrom('/ask', '/ask', '/report', '/checkin', '/duties', '/of-another', 'toString'),
      fc.oneof(said, fc.constant('')),
    )
    .map(
      ([user, name, text]): Payload => ({
        ...common,
        command: name,
        text,
        user_id: user,
        user_name: CANARY,
        channel_id: scene.directOf(user),
        channel_name: CANARY,
        team_id: TEAM,
        trigger_id: `${scene.next()}.${CANARY}`,
        response_url: 'https://hooks.slack.com/commands',
      }),
    )

  const as = (type: Envelope['type'], payload: fc.Arbitrary<Payload>) =>
    payload.map((held) => ({ type, payload: held }))
  return fc.oneof(
    { weight: 10, arbitrary: as('events_api', told) },
    { weight: 6, arbitrary: as('interactive', pressed) },
    { weight: 2, arbitrary: as('interactive', sent) },
    { weight: 1, arbitrary: as('interactive', other) },
    { weight: 2, arbitrary: as('slash_commands', command) },
  )
}
