/** The real Slack adapter against the stand-in, over HTTP and WebSocket. */
import fastify from 'fastify'
import { type Clock, type Log, systemClock } from '../../../adapters/adapter.js'
import { createSlackChannel, type SlackOptions } from '../../../adapters/slack/channel.js'
import { SLACK_ANSWER_WITHIN_MS, SLACK_FORM_WITHIN_MS } from '../../../adapters/slack/limits.js'
import { type SlackStandIn, type SlackStandInOptions, startSlackStandIn } from '../../stand-ins/slack/stand-in.js'
import type { Harness, Person, Shown } from '../contract.js'
import type { House } from '../house.js'

export type LogLine = { level: 'info' | 'warn'; fields: Record<string, string | number>; message: string }

export function createLog() {
  const lines: LogLine[] = []
  const log: Log = {
    info: (fields, message) => void lines.push({ level: 'info', fields, message }),
    warn: (fields, message) => void lines.push({ level: 'warn', fields, message }),
  }
  return { log, lines }
}

/** What Slack gives us three seconds for is no pause: a busy machine needs some of them in tests as well. */
const ANSWERING = [SLACK_ANSWER_WITHIN_MS, SLACK_FORM_WITHIN_MS]

/** Waits are shortened so much that an hour of pauses is some seconds; `waits` keeps what was asked for. */
export function createFastClock(now = () => new Date(), shortenBy = 50): Clock & { waits: number[] } {
  const waits: number[] = []
  return {
    waits,
    now,
    wait: (ms, signal) => {
      waits.push(ms)
      return systemClock.wait(ANSWERING.includes(ms) ? ms / 2 : ms / shortenBy, signal)
    },
  }
}

export type Way = 'socket' | 'events'
export type Rig = Awaited<ReturnType<typeof startRig>>

export type RigOptions = {
  way?: Way
  standIn?: SlackStandInOptions
  options?: Partial<SlackOptions>
  start?: boolean
  clock?: Clock
}

/** By Socket Mode, or with a server for Slack to call. */
export async function startRig(house: House, rig: RigOptions = {}) {
  const { way = 'socket', start = true, standIn: standInOptions = {} } = rig
  const standIn = await startSlackStandIn(standInOptions)
  const { log, lines } = createLog()
  const app = fastify({ forceCloseConnections: true })
  const channel = createSlackChannel({
    botToken: standIn.token,
    apiUrl: standIn.apiUrl,
    log,
    clock: rig.clock ?? createFastClock(standInOptions.now),
    ...(way === 'socket' ? { appToken: standIn.appToken } : { signingSecret: standIn.signingSecret }),
    ...rig.options,
  })
  channel.routes?.(app, house)
  app.post('/other', async ({ body }) => body)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const eventsUrl = `${address}/slack/events`
  if (way === 'events') standIn.callEventsAt(eventsUrl)
  if (start) await channel.start(house)
  return {
    standIn,
    channel,
    lines,
    app,
    eventsUrl,
    /** Ends everything; then nothing that was logged may hold a token, an id of anybody, or a word of theirs. */
    async close() {
      await channel.stop()
      await app.close()
      await standIn.close()
      const logged = JSON.stringify(lines) + channel.health().sentence
      const { users, conversations } = standIn.world
      for (const secret of ['TEST', 'anary', ...users.keys(), ...conversations.keys()])
        if (logged.includes(secret)) throw new Error(`the log holds ${secret}: ${logged}`)
    },
  }
}

/** One of the stand-in's people as the contract's person. */
export function asPerson(standIn: SlackStandIn, someone = standIn.person()): Person {
  let edited: Parameters<typeof someone.edit>[1]
  return {
    address: () => someone.id,
    async text(text) {
      edited = { conversation: standIn.world.directOf(someone.id), message: someone.text(text) }
    },
    async press(messageKey, label) {
      void someone.press(messageKey, label)
    },
    async file({ mime, name, content }, caption) {
      someone.files([{ name, mime, content }], caption)
    },
    async edit(text) {
      someone.edit(text, edited)
    },
    async leave() {
      someone.leave()
    },
    async shown() {
      return someone.shown().map(({ key, text, rows, files }): Shown => {
        const [file] = files.flatMap((id) => standIn.world.files.get(id) ?? [])
        const buttons = rows.map((row) =>
          row.map(({ label, url, data = '' }) => (url ? { label, url } : { label, data })),
        )
        return {
          messageKey: key,
          text,
          ...(buttons.length > 0 && { buttons }),
          ...(file && { file: { name: file.object.name, content: file.content } }),
        }
      })
    },
  }
}

export async function slackHarness(house: House, way: Way): Promise<Harness> {
  const rig = await startRig(house, { way })
  const { standIn, channel } = rig
  return {
    channel,
    person: asPerson(standIn),
    stranger: asPerson(standIn),
    breakDelivery: async () => standIn.goAway('hang-up'),
    mendDelivery: async () => standIn.comeBack(),
    redeliver: async () => {
      const last = standIn.delivery.sent.at(-1)
      if (last) await standIn.delivery.again(last)
    },
    secrets: [standIn.token, standIn.appToken, standIn.signingSecret],
    close: rig.close,
  }
}
