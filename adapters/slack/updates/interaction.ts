/** Buttons and menus that were pressed, forms that were sent. https://docs.slack.dev/reference/interaction-payloads */
import { z } from 'zod'
import { keyOf } from '../addresses.js'
import { FORM_ID, FormOrigin, parse, unpackForm, WORDS_BLOCK, WORDS_INPUT } from '../forms.js'
import { digest } from './digest.js'
import { readPicked } from './picked.js'
import {
  ConversationId,
  cleanText,
  ignored,
  isRecord,
  momentOf,
  placeOf,
  type Reading,
  Ts,
  UserId,
  type World,
} from './reading.js'

const ActionShape = z.object({
  action_id: z.string().max(255),
  action_ts: Ts,
  value: z.string().optional(),
  selected_date: z.unknown().optional(),
  selected_option: z.object({ value: z.string() }).optional().nullable().catch(undefined),
})

/** On our own page a button stands on no message. */
const PressShape = z.object({
  user: z.object({ id: UserId }),
  trigger_id: z.string().max(500).catch('').default(''),
  container: z.object({ message_ts: Ts.optional(), thread_ts: Ts.optional(), channel_id: ConversationId.optional() }),
  message: z
    .object({ thread_ts: Ts.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  actions: z.array(ActionShape).min(1),
  state: z.unknown().optional(),
})
type Press = z.infer<typeof PressShape>

type Origin = Omit<FormOrigin, 'data'>

/** Where the button stood. Only the button itself knows that its message opened a place. */
function originOf({ user, container, message }: Press, isOnRoot: boolean): Origin {
  const { channel_id: channel, message_ts: ts, thread_ts: thread = message?.thread_ts } = container
  if (!channel || !ts) return { address: user.id }
  const { address, group } = placeOf({ channel, user: user.id, thread: thread ?? (isOnRoot ? ts : undefined) })
  return { address, messageKey: keyOf(channel, ts), ...(group && { group }) }
}

export function readPress(body: unknown, world: World): Reading | undefined {
  const { data: press } = PressShape.safeParse(body)
  const action = press?.actions[0]
  if (!press || !action) return undefined
  const { action_id: name, action_ts: at } = action
  const picking = readPicked(action, press.state)
  if (picking && 'kind' in picking) return picking
  const value = picking?.data ?? action.value ?? action.selected_option?.value
  if (value === undefined) return ignored('link')
  const origin = originOf(press, name.startsWith('root-'))
  if (!picking && name.endsWith('-form')) {
    const asked = unpackForm(value)
    if (!asked) return ignored('form')
    const { data, form } = asked
    return { kind: 'form', triggerId: press.trigger_id, form, origin: { ...origin, data: cleanText(data) } }
  }
  const { address, messageKey, group } = origin
  return {
    kind: 'incoming',
    incoming: {
      channel: 'slack',
      address,
      updateKey: `a-${messageKey ?? address}-${at}-${name}`,
      at: momentOf(at, world.now),
      ...(group && { group, sender: press.user.id }),
      event: {
        kind: 'button',
        data: cleanText(value),
        ...(picking && { picked: picking.picked }),
        ...(messageKey && { messageKey }),
      },
    },
  }
}

const SentShape = z.object({
  user: z.object({ id: UserId }),
  view: z.object({
    id: z.string().min(1).max(100),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.unknown()) }),
  }),
})

function wordsOf(values: Record<string, unknown>): string {
  const block = values[WORDS_BLOCK]
  const input = isRecord(block) ? block[WORDS_INPUT] : undefined
  return isRecord(input) && typeof input.value === 'string' ? cleanText(input.value) : ''
}

export function readForm(body: unknown, world: World): Reading | undefined {
  const { data } = SentShape.safeParse(body)
  if (data?.view.callback_id !== FORM_ID) return data && ignored('view of another')
  const { id, private_metadata: metadata, state } = data.view
  const { data: origin } = FormOrigin.safeParse(parse(metadata))
  if (!origin) return ignored('view of another')
  const text = wordsOf(state.values)
  const { address, group, messageKey } = origin
  return {
    kind: 'incoming',
    fromForm: true,
    incoming: {
      channel: 'slack',
      address,
      // The same form with the same words, sent again because no answer came, is the same update; with other words it is another.
      updateKey: `f-${id}-${digest(text)}`,
      at: world.now,
      ...(group && { group: true, sender: data.user.id }),
      event: { kind: 'button', data: origin.data, text, ...(messageKey && { messageKey }) },
    },
  }
}
