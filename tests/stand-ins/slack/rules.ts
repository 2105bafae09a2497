/** What Slack refuses, in its own words: https://docs.slack.dev/reference/methods and /reference/block-kit */
import { z } from 'zod'
import { SlackError } from './errors.js'
import { type Block, BOT_USER, type Conversation, type World } from './world.js'

export type Params = Record<string, unknown>

const PlainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() })

const Id = z.string().min(1).max(255)

const RichElement = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('link'), url: z.url().max(3000), text: z.string().optional() }),
])
const RichText = z
  .strictObject({
    type: z.literal('rich_text'),
    block_id: Id.optional(),
    elements: z.array(z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(RichElement) })).min(1),
  })
  // No document names a number; a section's is what we hold ourselves to.
  .refine((block) => richText(block).length <= 3000)

const Button = z.strictObject({
  type: z.literal('button'),
  action_id: Id,
  text: PlainText(75),
  value: z.string().min(1).max(2000).optional(),
  url: z.url().max(3000).optional(),
})
const Options = z
  .array(z.strictObject({ text: PlainText(75), value: z.string().min(1).max(150) }))
  .min(1)
  .max(100)
const Menu = z.strictObject({
  type: z.literal('static_select'),
  action_id: Id,
  options: Options,
})
const DatePicker = z.strictObject({
  type: z.literal('datepicker'),
  action_id: Id,
  placeholder: PlainText(150).optional(),
  initial_date: z.iso.date().optional(),
})
const Actions = z.strictObject({
  type: z.literal('actions'),
  block_id: Id.optional(),
  elements: z
    .array(z.discriminatedUnion('type', [Button, Menu, DatePicker]))
    .min(1)
    .max(25),
})
/** Menus of several stand in sections only. */
const Section = z.strictObject({
  type: z.literal('section'),
  block_id: Id.optional(),
  text: PlainText(3000),
  accessory: z.strictObject({
    type: z.literal('multi_static_select'),
    action_id: Id,
    placeholder: PlainText(150).optional(),
    options: Options,
    initial_options: Options.optional(),
  }),
})
const Divider = z.strictObject({ type: z.literal('divider'), block_id: Id.optional() })
const Input = z.strictObject({
  type: z.literal('input'),
  block_id: Id.optional(),
  label: PlainText(2000),
  element: z.strictObject({
    type: z.literal('plain_text_input'),
    action_id: Id,
    multiline: z.boolean().optional(),
    max_length: z.number().int().min(1).max(3000).optional(),
    initial_value: z.string().optional(),
  }),
})

const Blocks = z.array(z.discriminatedUnion('type', [RichText, Actions, Section, Divider])).max(50)
const HomeView = z.strictObject({
  type: z.literal('home'),
  blocks: z.array(z.discriminatedUnion('type', [RichText, Actions, Divider])).max(100),
})
const ModalView = z.strictObject({
  type: z.literal('modal'),
  callback_id: Id,
  private_metadata: z.string().max(3000),
  title: PlainText(24),
  submit: PlainText(24),
  blocks: z.array(Input).min(1).max(100),
})
const Metadata = z.strictObject({
  event_type: z.string().regex(/^[a-z0-9_]+$/),
  event_payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

/** The words of a rich text block, as they are on the screen. */
export function richText(block: unknown): string {
  const { elements = [] }: { elements?: { elements?: { text?: string; url?: string }[] }[] } = Object(block)
  return elements
    .flatMap((section) => section.elements ?? [])
    .reduce((all, { text, url }) => all + (text ?? url ?? ''), '')
}

/** Every block gets a name, as Slack gives it; the same name twice is refused. */
function named(world: World, blocks: object[]): Block[] {
  const whole = blocks.map((block) => ({ block_id: world.nextId('b'), ...block }) as Block)
  const ids = whole.map((block) => block.block_id)
  const actions = whole
    .flatMap(({ elements }) => (Array.isArray(elements) ? elements : []))
    .flatMap(({ action_id: id }) => id ?? [])
  if (new Set(ids).size < ids.length || new Set(actions).size < actions.length) throw new SlackError('invalid_blocks')
  return whole
}

export function blocksOf(world: World, params: Params): Block[] | undefined {
  if (params.blocks === undefined) return undefined
  const { data } = Blocks.safeParse(params.blocks)
  if (!data) throw new SlackError('invalid_blocks')
  return named(world, data)
}

export function viewOf(world: World, params: Params, kind: 'home' | 'modal') {
  const { data } = (kind === 'home' ? HomeView : ModalView).safeParse(params.view)
  if (!data) throw new SlackError('invalid_arguments')
  return { ...data, id: world.nextId('V'), blocks: named(world, data.blocks) }
}

export function metadataOf(params: Params): unknown {
  if (params.metadata === undefined) return undefined
  const { data } = Metadata.safeParse(params.metadata)
  if (!data) throw new SlackError('invalid_metadata_format')
  return data
}

export function textOf(params: Params): string {
  const text = typeof params.text === 'string' ? params.text : ''
  if (text.length > 40_000) throw new SlackError('msg_too_long')
  if (!text && params.blocks === undefined) throw new SlackError('no_text')
  // A bare ampersand or bracket would be read as markup.
  if (/[<>]|&(?!amp;|lt;|gt;)/.test(text)) throw new Error('the fallback text was not escaped')
  return text
}

/** The conversation that a method names. A user's id opens their chat with us. */
export function conversationOf(world: World, params: Params): Conversation {
  const id = String(params.channel ?? params.channel_id ?? '')
  const user = world.users.get(id)
  if (user?.disabled) throw new SlackError('user_disabled')
  const conversation = user ? world.directOf(id) : world.conversations.get(id)
  if (!conversation) throw new SlackError('channel_not_found')
  if (conversation.user && world.users.get(conversation.user)?.disabled) throw new SlackError('user_disabled')
  if (conversation.kind === 'private' && !conversation.members.has(BOT_USER)) throw new SlackError('channel_not_found')
  return conversation
}

export function writable(world: World, params: Params): Conversation {
  const conversation = conversationOf(world, params)
  if (conversation.archived) throw new SlackError('is_archived')
  if (!conversation.members.has(BOT_USER)) throw new SlackError('not_in_channel')
  if (conversation.slowDown) throw new SlackError('ratelimited', conversation.slowDown)
  return conversation
}
