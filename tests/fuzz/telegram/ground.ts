/** Telegram: the real adapter, called by webhook or asking by itself, with the stand-in on the other side. */
import type { Chat, User } from 'grammy/types'
import { createTelegramChannel } from '../../../adapters/telegram/channel.js'
import type { PhonePerson } from '../../stand-ins/telegram/people.js'
import { startTelegramStandIn } from '../../stand-ins/telegram/stand-in.js'
import type { Chat as StandInChat } from '../../stand-ins/telegram/world.js'
import { classes, type Shot } from '../classes.js'
import type { FuzzClock, Ground } from '../ground.js'
import { until } from '../until.js'
import { CANARY } from '../words.js'
import { raw } from './raw.js'
import type { Scene, Shown } from './scene.js'
import { updates } from './updates.js'

const PEOPLE = 80
/** How much of what grows is kept. */
const LOG_KEPT = 200
const MESSAGES_KEPT = 60
/** Telegram comes again for a day; here what cannot be taken within some minutes is a fault. */
const TRIES = 5
const AGAIN_MS = 40_000
const SECRET = 'a-secret-of-the-fuzz'
/** What a webhook may answer: taken, no secret, no JSON, too much. */
const ALLOWED = [200, 400, 401, 413, 415]

export async function telegramGround(clock: FuzzClock, isWebhook: boolean): Promise<Ground> {
  const standIn = await startTelegramStandIn({ now: clock.now, keep: LOG_KEPT })
  const forum = standIn.group()
  const phones = Array.from({ length: PEOPLE }, () => standIn.person())
  const [consultant, stranger] = [standIn.person(), standIn.person()]
  const userOf = ({ id }: PhonePerson): User => ({ id, is_bot: false, first_name: CANARY, language_code: 'ru' })
  const people = phones.map(userOf)
  const members = [consultant, consultant, stranger].map(userOf)
  const group: Chat = { id: forum.id, type: 'supergroup', title: CANARY, is_forum: true }
  let webhookUrl = ''
  let lastUpdate = 1_000_000
  let lastMessage = 1_000_000

  const chatOf = (id: number) => standIn.world.chats.get(id)
  const buttonsIn = (chat: StandInChat): Shown[] =>
    [...chat.messages.values()].reverse().flatMap((message) =>
      (message.reply_markup?.inline_keyboard ?? []).flat().flatMap(({ callback_data: data }) =>
        data
          ? [
              {
                chat: chat.id === forum.id ? group : privateOf(chat.id),
                message: message.message_id,
                data,
                topic: message.message_thread_id,
              },
            ]
          : [],
      ),
    )
  const privateOf = (id: number): Chat => ({ id, type: 'private', first_name: CANARY })
  const scene: Scene = {
    people: () => people,
    members: () => members,
    group: () => group,
    topics: () => [...forum.chat.topics.keys()],
    buttons: (id) => {
      const chat = chatOf(id)
      return chat ? buttonsIn(chat) : []
    },
    allButtons: () => [...people, { id: forum.id }].flatMap(({ id }) => scene.buttons(id).slice(0, 5)),
    messages: (id) => [...(chatOf(id)?.messages.keys() ?? [])],
    files: () => [...standIn.world.files.keys()].slice(-20),
    seconds: () => Math.floor(clock.now().getTime() / 1000),
    nextUpdate: () => ++lastUpdate,
    nextMessage: () => ++lastMessage,
  }
  /** Ids and buttons of others, which a half-valid update may name. */
  const others = () => [
    ...people.map(({ id }) => id),
    group.id,
    ...scene.allButtons().map(({ data }) => data),
    'group',
    'supergroup',
  ]

  const post = async (body: string, headers: Record<string, string> = {}, tries = 1): Promise<string | undefined> => {
    const response = await fetch(webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET, ...headers },
      body,
    })
    await response.arrayBuffer()
    if (response.status === 503 && tries < TRIES) {
      clock.forward(AGAIN_MS)
      return post(body, headers, tries + 1)
    }
    return ALLOWED.includes(response.status) ? undefined : `the webhook answered ${response.status}`
  }
  /** Long polling brings only what has a number of its own; the stand-in would give it again for ever. */
  const queue = (what: unknown) => {
    if (typeof what === 'object' && what !== null) standIn.updates.addRaw({ ...what, update_id: scene.nextUpdate() })
  }

  const untaken = () => {
    const { waiting } = standIn.updates
    const kinds = waiting.slice(0, 3).map((update) => `${update.update_id} ${Object.keys(update).join(' ')}`)
    return `all updates to be taken; ${waiting.length} wait, the first: ${kinds.join(', ')}; polled: ${standIn.updates.isPolled()}`
  }

  return {
    name: 'telegram',
    channel: (_site, { log, url }) =>
      createTelegramChannel({
        token: standIn.token,
        apiRoot: standIn.url,
        log,
        clock,
        ...(isWebhook && { webhookUrl: url, webhookSecret: SECRET }),
      }),
    async begin(_house, url) {
      webhookUrl = `${url}/telegram/webhook`
      await until('Telegram to know where we are', () =>
        isWebhook ? standIn.webhook.isSet() : standIn.updates.isPolled(),
      )
      for (const phone of phones) phone.chat.started = true
    },
    connectGroup: (code) => void stranger.in(forum).text(`/connect ${code}`),
    connectAccount: (code) => void consultant.text(`/connect ${code}`),
    shots: isWebhook ? raw(classes(updates(scene), others)) : classes(updates(scene), others),
    async fire({ what }: Shot<unknown>) {
      if (!isWebhook) queue(what)
      else if (typeof what === 'object' && what !== null && 'body' in what)
        return post(String(what.body), Object(what).headers)
      else return post(JSON.stringify(what))
      return undefined
    },
    taken: () => until(untaken, () => standIn.updates.waiting.length === 0, clock),
    async witness() {
      const phone = standIn.person()
      return {
        address: String(phone.id),
        write: async (text) => void phone.text(text),
        async press(label) {
          const carrier = phone
            .shown()
            .findLast((message) => message.reply_markup?.inline_keyboard?.flat().some(({ text }) => text === label))
          if (!carrier) throw new Error(`There is no button "${label}"`)
          phone.press(carrier.message_id, label)
        },
        heard: async () =>
          phone
            .shown()
            .map(({ text, caption, reply_markup: markup }) =>
              [text, caption, ...(markup?.inline_keyboard ?? []).flat().map((button) => button.text)].join('\n'),
            )
            .join('\n'),
      }
    },
    mustReach: (address) => [...phones, consultant].some(({ id }) => String(id) === address),
    prune() {
      for (const chat of standIn.world.chats.values()) {
        const extra = [...chat.messages.keys()].slice(0, -MESSAGES_KEPT)
        for (const id of extra) chat.messages.delete(id)
        chat.paced.length = 0
      }
      for (const id of [...standIn.world.files.keys()].slice(0, -LOG_KEPT)) standIn.world.files.delete(id)
      standIn.world.callbacks.clear()
    },
    close: standIn.close,
  }
}
