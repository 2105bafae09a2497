/**
 * Updates as Telegram sends them: one generator for each kind of https://core.telegram.org/bots/api#update, as grammY's types name them.
 * A kind that a later version adds does not compile until it stands here.
 */
import fc from 'fast-check'
import type { Chat, Update, User } from 'grammy/types'
import { oneOf } from '../classes.js'
import { CANARY, said } from '../words.js'
import { contents } from './contents.js'
import type { Scene } from './scene.js'

type Kind = Exclude<keyof Update, 'update_id'>
type Content = Record<string, unknown>

const privateChat = ({ id, first_name }: User): Chat => ({ id, type: 'private', first_name })

export function updates(scene: Scene): fc.Arbitrary<unknown> {
  const nobody: User = { id: 512_345_678, is_bot: false, first_name: CANARY }
  const person = oneOf(scene.people, nobody)
  const member = oneOf(scene.members, nobody)
  const kinds = contents(scene)
  const text = kinds.text.map((words): Content => ({ text: words }))
  const content = fc.oneof(
    { weight: 6, arbitrary: text },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom(...Object.entries(kinds))
        .chain(([key, value]) => value.map((held): Content => ({ [key]: held }))),
    },
    // A caption, an album, both at once as a live photo and an animation have it
    {
      weight: 2,
      arbitrary: fc
        .record({ photo: kinds.photo, caption: said, album: fc.option(fc.constantFrom('1400', '1401')) })
        .map(({ photo, caption, album }): Content => ({ photo, caption, ...(album && { media_group_id: album }) })),
    },
  )

  const head = (from: User, chat: Chat, topic?: number): Content => ({
    message_id: scene.nextMessage(),
    from,
    chat,
    date: scene.seconds(),
    ...(topic && { message_thread_id: topic, is_topic_message: true }),
  })
  const reply = (chat: Chat, place: number): Content => {
    const there = scene.messages(chat.id)
    const id = there[place % Math.max(1, there.length)]
    return place % 4 === 0 && id ? { reply_to_message: { message_id: id, chat, date: scene.seconds() } } : {}
  }

  const own = fc
    .tuple(person, content, fc.nat())
    .map(([from, held, n]): Content => ({ ...head(from, privateChat(from)), ...reply(privateChat(from), n), ...held }))
  const inGroup = fc.tuple(member, content, fc.nat(), fc.option(oneOf(scene.topics, 0))).map(
    ([from, held, n, topic]): Content => ({
      ...head(from, scene.group(), topic ?? undefined),
      ...reply(scene.group(), n),
      ...(n % 7 === 0 && { sender_chat: scene.group() }),
      ...held,
    }),
  )
  const message = fc.oneof({ weight: 4, arbitrary: own }, { weight: 2, arbitrary: inGroup })

  const edited = fc.tuple(message, said, fc.nat()).map(([whole, words, n]) => {
    const there = scene.messages(Number(Object(whole.chat).id))
    const id = there[n % Math.max(1, there.length)] ?? whole.message_id
    return { ...whole, message_id: id, edit_date: scene.seconds(), text: words }
  })

  const pressed = fc
    .tuple(
      fc.oneof({ weight: 3, arbitrary: person }, { weight: 1, arbitrary: member }),
      fc.nat(),
      fc.integer({ max: 9, min: 0 }),
    )
    .map(([from, n, which]) => {
      // Nearly always one of the newest buttons of one's own; sometimes somebody else's, carried over
      const isStaff = scene.members().includes(from)
      const here = scene.buttons(isStaff ? scene.group().id : from.id)
      const everywhere = scene.allButtons()
      const button =
        which === 0 ? everywhere[n % Math.max(1, everywhere.length)] : here[n % Math.min(12, Math.max(1, here.length))]
      const chat = isStaff ? scene.group() : privateChat(from)
      const topic = button?.chat.id === chat.id ? button.topic : undefined
      return {
        id: `cb${scene.nextUpdate()}`,
        from,
        message: {
          message_id: button?.message ?? scene.nextMessage(),
          chat,
          date: which === 1 ? 0 : scene.seconds(),
          ...(topic && { message_thread_id: topic, is_topic_message: true }),
        },
        chat_instance: '42',
        data: button?.data ?? 'go:menu',
      }
    })

  const membership = fc
    .tuple(
      person,
      fc.constantFrom('member', 'kicked', 'left', 'administrator', 'restricted'),
      fc.constantFrom('member', 'kicked'),
    )
    .map(([from, before, after]) => ({
      chat: privateChat(from),
      from,
      date: scene.seconds(),
      old_chat_member: { user: nobody, status: before },
      new_chat_member: { user: nobody, status: after },
    }))
  const post = content.map((held) => ({
    message_id: scene.nextMessage(),
    chat: { id: -1_001_777_777_777, type: 'channel', title: CANARY },
    date: scene.seconds(),
    ...held,
  }))
  const of = (value: Content) => person.map((from) => ({ id: '1', from, user: from, ...value }))

  const values: Record<Kind, [weight: number, fc.Arbitrary<unknown>]> = {
    message: [40, message],
    edited_message: [8, edited],
    callback_query: [30, pressed],
    my_chat_member: [2, membership],
    channel_post: [1, post],
    edited_channel_post: [1, post],
    business_connection: [1, of({ user_chat_id: 1, date: 1, is_enabled: true })],
    business_message: [1, own],
    edited_business_message: [1, own],
    deleted_business_messages: [1, of({ business_connection_id: '1', message_ids: [1] })],
    guest_message: [1, own],
    stopped_message_generation: [1, of({})],
    message_reaction: [1, of({ message_id: 1, old_reaction: [], new_reaction: [{ type: 'emoji', emoji: '👍' }] })],
    message_reaction_count: [1, of({ message_id: 1, reactions: [] })],
    inline_query: [1, of({ query: CANARY, offset: '' })],
    chosen_inline_result: [1, of({ result_id: '1', query: CANARY })],
    shipping_query: [1, of({ invoice_payload: CANARY, shipping_address: {} })],
    pre_checkout_query: [1, of({ currency: 'CZK', total_amount: 1, invoice_payload: CANARY })],
    purchased_paid_media: [1, of({ paid_media_payload: CANARY })],
    poll: [1, kinds.poll],
    poll_answer: [1, of({ poll_id: '5', option_ids: [0] })],
    chat_member: [1, membership],
    chat_join_request: [1, of({ user_chat_id: 1, date: 1, bio: CANARY })],
    chat_boost: [1, of({ boost: { boost_id: '1' } })],
    removed_chat_boost: [1, of({ boost_id: '1' })],
    managed_bot: [1, of({})],
    subscription: [1, of({})],
  }
  const known = Object.entries(values).map(([kind, [weight, arbitrary]]) => ({
    weight,
    arbitrary: arbitrary.map((value): unknown => ({ update_id: scene.nextUpdate(), [kind]: value })),
  }))
  const unknown = own.map((value): unknown => ({ update_id: scene.nextUpdate(), kind_of_the_future: value }))
  return fc.oneof(...known, { weight: 2, arbitrary: unknown })
}
