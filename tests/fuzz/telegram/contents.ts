/**
 * What a message may hold: one generator for each key of https://core.telegram.org/bots/api#message, as grammY's types name them. A key
 * that a later version adds does not compile until it stands here.
 */
import fc from 'fast-check'
import type { Message } from 'grammy/types'
import { oneOf } from '../classes.js'
import { CANARY, said } from '../words.js'
import type { Scene } from './scene.js'

/** What every message has, whatever is in it: it is made in `updates.ts`. */
type Head =
  | keyof Message.ServiceMessage
  | Exclude<keyof Message.MediaMessage, keyof Message.ServiceMessage>
  | 'reply_to_message'
  | 'entities'
type Kind = Exclude<keyof Message, Head>

const one = (value: unknown) => fc.constant(value)
const person = { id: 512_000_001, is_bot: false, first_name: CANARY }
const chat = { id: -1_001_999_999_999, type: 'supergroup', title: CANARY }
const many = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 1, maxLength: 4 })

export function contents(scene: Scene): Record<Kind, fc.Arbitrary<unknown>> {
  const fileId = fc.oneof(oneOf(scene.files, 'AgAC-0'), fc.constant('AgAC-of-nobody'))
  const file = (more: Record<string, fc.Arbitrary<unknown>> = {}) =>
    fc.record({
      file_id: fileId,
      file_unique_id: fc.constant('u'),
      file_size: fc.oneof(fc.nat(30_000_000), fc.constant(0)),
      mime_type: fc.constantFrom('image/png', 'application/pdf', 'audio/ogg', 'video/mp4', 'text/html', ''),
      file_name: fc.constantFrom(`${CANARY}.pdf`, '../../etc/passwd', 'скан.png', ''),
      ...more,
    })
  const size = { width: fc.nat(2000), height: fc.nat(2000) }
  const place = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  })
  return {
    text: said,
    rich_message: one({ blocks: [{ type: 'paragraph', text: [{ type: 'text', text: CANARY }] }] }),
    animation: file(size),
    audio: file({ duration: fc.nat(300) }),
    document: file(),
    live_photo: file(size),
    paid_media: one({ star_count: 5, paid_media: [{ type: 'preview', width: 5, height: 5, duration: 1 }] }),
    photo: many(file(size)),
    sticker: file({ ...size, is_animated: fc.boolean(), emoji: fc.constant('🙂') }),
    story: one({ chat, id: 5 }),
    video: file({ ...size, duration: fc.nat(300) }),
    video_note: file({ length: fc.nat(600), duration: fc.nat(60) }),
    voice: file({ duration: fc.nat(300) }),
    contact: fc.record({
      phone_number: fc.constantFrom('+79991234567', '998901234567', '12', '+7 999 CANARY'),
      first_name: one(CANARY),
      user_id: fc.oneof(
        oneOf(() => scene.people().map(({ id }) => id), 1),
        one(undefined),
      ),
    }),
    dice: one({ emoji: '🎲', value: 4 }),
    game: one({ title: CANARY, description: CANARY, photo: [] }),
    poll: one({ id: '5', question: CANARY, options: [{ text: CANARY, voter_count: 1 }], type: 'regular' }),
    venue: fc.record({ location: place, title: one(CANARY), address: one(CANARY) }),
    location: place,
    checklist: one({ title: CANARY, tasks: [{ id: 1, text: CANARY }] }),
    checklist_tasks_done: one({ marked_as_done_task_ids: [1] }),
    checklist_tasks_added: one({ tasks: [{ id: 2, text: CANARY }] }),
    community_chat_added: one({}),
    community_chat_joined: one({}),
    community_chat_removed: one({}),
    suggested_post_info: one({ state: 'pending' }),
    suggested_post_approved: one({ send_date: 1 }),
    suggested_post_approval_failed: one({}),
    suggested_post_declined: one({ comment: CANARY }),
    suggested_post_paid: one({ currency: 'XTR' }),
    suggested_post_refunded: one({ reason: 'post_deleted' }),
    chat_owner_left: one({}),
    chat_owner_changed: one({ new_owner: person }),
    new_chat_members: many(one(person)),
    left_chat_member: one(person),
    new_chat_title: one(CANARY),
    new_chat_photo: many(file(size)),
    delete_chat_photo: one(true),
    group_chat_created: one(true),
    supergroup_chat_created: one(true),
    channel_chat_created: one(true),
    managed_bot_created: one({ bot: { ...person, is_bot: true } }),
    poll_option_added: one({ option: { text: CANARY } }),
    poll_option_deleted: one({ option: { text: CANARY } }),
    message_auto_delete_timer_changed: one({ message_auto_delete_time: 86_400 }),
    // The group's own moves are the messenger's word, and would end it here: those of other chats
    migrate_to_chat_id: one(chat.id),
    migrate_from_chat_id: one(-800_000),
    pinned_message: one({ message_id: 5, chat, date: 0 }),
    invoice: one({ title: CANARY, description: CANARY, start_parameter: 'x', currency: 'CZK', total_amount: 100 }),
    successful_payment: one({ currency: 'CZK', total_amount: 100, invoice_payload: CANARY }),
    refunded_payment: one({ currency: 'XTR', total_amount: 1, invoice_payload: CANARY }),
    users_shared: one({ request_id: 1, users: [{ user_id: 5, first_name: CANARY }] }),
    chat_shared: one({ request_id: 1, chat_id: 5, title: CANARY }),
    connected_website: one('example.org'),
    write_access_allowed: one({ from_request: true }),
    passport_data: one({ data: [{ type: 'passport', data: CANARY, hash: 'x' }], credentials: { data: 'x' } }),
    proximity_alert_triggered: one({ traveler: person, watcher: person, distance: 5 }),
    boost_added: one({ boost_count: 1 }),
    chat_background_set: one({ type: { type: 'fill' } }),
    forum_topic_created: one({ name: CANARY, icon_color: 1 }),
    forum_topic_edited: one({ name: CANARY }),
    forum_topic_closed: one({}),
    forum_topic_reopened: one({}),
    general_forum_topic_hidden: one({}),
    general_forum_topic_unhidden: one({}),
    giveaway_created: one({}),
    giveaway: one({ chats: [chat], winner_count: 1, winners_selection_date: 1 }),
    giveaway_winners: one({ chat, giveaway_message_id: 1, winners: [person] }),
    giveaway_completed: one({ winner_count: 1 }),
    gift: one({ gift: { id: '1', sticker: {} } }),
    gift_upgrade_sent: one({ gift: { id: '1' } }),
    unique_gift: one({ gift: { base_name: CANARY } }),
    paid_message_price_changed: one({ paid_message_star_count: 1 }),
    direct_message_price_changed: one({ are_direct_messages_enabled: true }),
    video_chat_scheduled: one({ start_date: 1 }),
    video_chat_started: one({}),
    video_chat_ended: one({ duration: 5 }),
    video_chat_participants_invited: one({ users: [person] }),
    web_app_data: one({ data: CANARY, button_text: CANARY }),
  }
}
