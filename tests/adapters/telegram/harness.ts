/** The real Telegram adapter against the stand-in, over HTTP. */
import fastify from 'fastify'
import { type Clock, type Log, systemClock } from '../../../adapters/adapter.js'
import { createTelegramChannel, type TelegramOptions } from '../../../adapters/telegram/channel.js'
import { type StandInOptions, startTelegramStandIn, type TelegramStandIn } from '../../stand-ins/telegram/stand-in.js'
import type { Message } from '../../stand-ins/telegram/world.js'
import type { Harness, Person, Shown } from '../contract.js'
import { type House, until } from '../house.js'

export type LogLine = { level: 'info' | 'warn'; fields: Record<string, string | number>; message: string }

export function createLog() {
  const lines: LogLine[] = []
  const log: Log = {
    info: (fields, message) => void lines.push({ level: 'info', fields, message }),
    warn: (fields, message) => void lines.push({ level: 'warn', fields, message }),
  }
  return { log, lines }
}

/** Waits are shortened so much that an hour of pauses is some seconds; `waits` keeps what was asked for. */
export function createFastClock(shortenBy = 50): Clock & { waits: number[] } {
  const waits: number[] = []
  return {
    waits,
    now: () => new Date(),
    wait: (ms, signal) => {
      waits.push(ms)
      return systemClock.wait(ms / shortenBy, signal)
    },
  }
}

export type Rig = Awaited<ReturnType<typeof startRig>>

/** `webhook` runs a server for Telegram to call; otherwise the adapter polls. */
export async function startRig(
  house: House,
  {
    webhook = false,
    standIn: standInOptions = {},
    options = {},
    start = true,
    clock = createFastClock(),
  }: {
    webhook?: boolean
    standIn?: StandInOptions
    options?: Partial<TelegramOptions>
    start?: boolean
    clock?: Clock
  } = {},
) {
  const standIn = await startTelegramStandIn(standInOptions)
  const { log, lines } = createLog()
  const app = fastify({ forceCloseConnections: true })
  // The server's own address is known only once it listens, and the routes come before: so a port is taken first.
  const port = webhook ? await freePort() : 0
  const channel = createTelegramChannel({
    token: standIn.token,
    apiRoot: standIn.url,
    log,
    clock,
    ...(webhook && { webhookUrl: `http://127.0.0.1:${port}` }),
    ...options,
  })
  channel.routes?.(app, house)
  if (webhook) await app.listen({ port, host: '127.0.0.1' })
  if (start) await channel.start(house)
  return {
    standIn,
    channel,
    lines,
    app,
    webhookUrl: `http://127.0.0.1:${port}/telegram/webhook`,
    /** Ends everything; then nothing that was logged may hold a token, an id of anybody, or a word of theirs. */
    async close() {
      await channel.stop()
      await app.close()
      await standIn.close()
      const logged = JSON.stringify(lines) + channel.health().sentence
      const secrets = [standIn.token, 'TEST-token', 'anary', ...standIn.world.chats.keys()].map(String)
      for (const secret of secrets) if (logged.includes(secret)) throw new Error(`the log holds ${secret}: ${logged}`)
    },
  }
}

export async function freePort(): Promise<number> {
  const server = fastify()
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  await server.close()
  return Number(new URL(address).port)
}

/** One of the stand-in's people as the contract's person. */
export function asPerson(standIn: TelegramStandIn, phone = standIn.person()): Person {
  const { chat } = phone
  let lastText = 0
  return {
    address: () => String(chat.id),
    async text(text) {
      lastText = phone.text(text).message_id
    },
    async press(messageKey, label) {
      phone.press(Number(messageKey), label)
    },
    async file({ kind, mime, name, content }, caption) {
      phone.file({ kind, mime, name, content }, caption)
    },
    async edit(text) {
      phone.edit(text, chat.messages.get(lastText))
    },
    async sharePhone(number) {
      phone.contact(number)
    },
    async shareLocation(latitude, longitude) {
      phone.location(latitude, longitude)
    },
    async leave() {
      phone.block()
    },
    async shown() {
      return phone.shown().map((message) => asShown(standIn, message))
    },
  }
}

export function asShown(standIn: TelegramStandIn, message: Message): Shown {
  const { inline_keyboard: buttons, keyboard } = message.reply_markup ?? {}
  const share = keyboard?.flat().find((key) => key.request_contact || key.request_location)
  const content = message.file && standIn.world.files.get(message.file.fileId)?.content
  return {
    messageKey: String(message.message_id),
    text: message.text ?? message.caption ?? '',
    ...(buttons && {
      buttons: buttons.map((row) =>
        row.map(({ text: label, url, callback_data: data = '' }) => (url ? { label, url } : { label, data })),
      ),
    }),
    ...(share && { request: share.text }),
    ...(message.file && content && { file: { name: message.file.name, content } }),
  }
}

export async function telegramHarness(house: House, webhook: boolean): Promise<Harness> {
  const rig = await startRig(house, { webhook })
  const { standIn, channel } = rig
  const everything = standIn.updates.addRaw.bind(standIn.updates)
  let last: Parameters<typeof everything>[0] | undefined
  standIn.updates.addRaw = (update) => {
    last = update
    everything(update)
  }
  return {
    channel,
    person: asPerson(standIn),
    stranger: asPerson(standIn),
    breakDelivery: async () => standIn.goAway('hang-up'),
    mendDelivery: async () => standIn.comeBack(),
    redeliver: async () => {
      // An open long poll has confirmed all before it, and is given whatever is queued.
      if (!webhook) await until('the next long poll', () => standIn.updates.isPolled())
      // A copy: the answer to the first may still be under way, and takes that one off the queue.
      if (last) everything({ ...last })
    },
    secrets: [standIn.token, 'TEST-token-canary'],
    close: rig.close,
  }
}
