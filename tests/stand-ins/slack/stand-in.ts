/**
 * A small Slack for tests and for trying things by hand: a real HTTP and WebSocket server, written from https://docs.slack.dev. It is
 * strict where Slack is: limits, signatures, who may write where, one event told again until it is acknowledged.
 *
 *   const slack = await startSlackStandIn()
 *   createSlackChannel({ botToken: slack.token, appToken: slack.appToken, apiUrl: slack.apiUrl, log })
 *   const anna = slack.person()                          writes to the bot: anna.text('hello'), anna.press(key, 'Yes')
 *   const desk = slack.channel()                         staff's channel: anna.text('hi', { channel: desk })
 *   slack.loseAnswer('chat.postMessage')                 does it, and hangs up before it answers
 */
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import fastify from 'fastify'
import { note } from '../logs.js'
import { createDelivery } from './delivery.js'
import { SlackError } from './errors.js'
import { createEventsCaller } from './events-caller.js'
import { createLines } from './lines.js'
import { createMethods, type Tell } from './methods.js'
import { createPeople } from './people.js'
import type { Params } from './rules.js'
import { APP, BOT_USER, type Conversation, createWorld, TEAM } from './world.js'

export type Call = { method: string; params: Params; status: number; error?: string }
/** How the server is away: hangs up, or stands behind a broken proxy. */
export type Outage = 'hang-up' | 'bad-gateway'

export type SlackStandInOptions = {
  now?: () => Date
  /** Shortens the pauses between the calls of the Events API. */
  pace?: number
  port?: number
  /** How many of the calls and envelopes are remembered; all, when absent. */
  keep?: number
}

const UPLOAD_MAX = 60_000_000

/** A field of a form is text; where an object is due, the API reads it as JSON. */
const OBJECTS = ['blocks', 'metadata', 'view', 'files']
const readField = (name: string, value: string): unknown => (OBJECTS.includes(name) ? JSON.parse(value) : value)

export async function startSlackStandIn(options: SlackStandInOptions = {}) {
  const { now = () => new Date(), pace = 0.02, port = 0, keep } = options
  const token = 'xoxb-TEST-token-canary'
  const appToken = 'xapp-TEST-token-canary'
  const signingSecret = 'signing-TEST-canary'
  const app = fastify({ bodyLimit: UPLOAD_MAX, forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  let url = ''
  const world = createWorld(now)
  const lines = createLines(app.server)
  const caller = createEventsCaller(signingSecret, { pace, now, keep })
  const delivery = createDelivery(lines, caller, keep)
  const calls: Call[] = []
  const plan: { method: string; error: SlackError | 'lose-answer' }[] = []
  let outage: Outage | undefined
  let revoked = false
  let appTokenRevoked = false
  let lastEvent = 0

  /** https://docs.slack.dev/apis/events-api#callback-field */
  const envelope = (event: Record<string, unknown>) => ({
    token: 'canary',
    team_id: TEAM,
    api_app_id: APP,
    type: 'event_callback',
    event_id: `Ev${String(++lastEvent).padStart(8, '0')}`,
    event_time: Math.floor(now().getTime() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false },
    ],
    event,
  })
  const tellEvent = (event: Record<string, unknown>, conversation: string) =>
    delivery.tell({ type: 'events_api', conversation, payload: envelope(event) })

  const tell: Tell = (conversation, event) => {
    // The app hears only of conversations that it is in.
    if (!conversation.members.has(BOT_USER)) return
    const type = { im: 'im', private: 'group', public: 'channel' }[conversation.kind]
    const whole = {
      ...event,
      channel: conversation.id,
      channel_type: type,
      event_ts: String(event.ts ?? world.nextTs()),
    }
    void tellEvent(whole, conversation.id)
    // A mention of the app comes a second time, as an event of its own.
    const mentions = event.subtype === undefined && String(event.text ?? '').includes(`<@${BOT_USER}>`)
    if (mentions && conversation.kind !== 'im' && !event.bot_id)
      void tellEvent({ ...whole, type: 'app_mention' }, conversation.id)
  }
  const methods = createMethods(world, tell, () => url)

  app.addHook('onRequest', async (request, reply) => {
    if (outage === 'hang-up') {
      request.raw.socket.destroy()
      return reply.hijack()
    }
    if (outage === 'bad-gateway') return reply.code(502).type('text/html').send('<html>502 Bad Gateway</html>')
  })

  app.get<{ Params: { id: string } }>('/files-pri/:id/download', async (request, reply) => {
    const file = world.files.get(request.params.id)
    if (request.headers.authorization !== `Bearer ${token}` || revoked)
      return reply.code(302).header('location', 'https://canary.slack.com/signin').send()
    if (!file) return reply.code(404).send()
    const { status = 200, type = String(file.object.mimetype), body = file.content, location } = file.download ?? {}
    if (location) return reply.code(302).header('location', location).send()
    // As a stream, so that no header tells the length.
    return reply
      .code(status)
      .type(type)
      .send(Readable.from([Buffer.from(body)]))
  })

  app.post<{ Params: { id: string }; Body: Buffer }>('/upload/:id', async (request, reply) => {
    const file = world.files.get(request.params.id)
    if (!file || request.body.length !== file.content.length) return reply.code(400).send('failed')
    if (request.headers.authorization) throw new Error('the token was sent to an upload address')
    Object.assign(file, { content: request.body, uploaded: true })
    return `OK - ${request.body.length}`
  })

  app.post<{ Params: { method: string }; Body: Buffer }>('/api/:method', async (request, reply) => {
    const { method } = request.params
    const fields = Object.fromEntries(new URLSearchParams(String(request.body ?? '')))
    const params: Params = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [key, readField(key, value)]),
    )
    const planned = plan.findIndex((one) => one.method === method)
    const [next] = planned >= 0 ? plan.splice(planned, 1) : []
    try {
      if (next?.error instanceof SlackError) throw next.error
      const result = run(method, params, String(request.headers.authorization ?? ''))
      note(calls, { method, params, status: 200 }, keep)
      if (next?.error === 'lose-answer') {
        request.raw.socket.destroy()
        return reply.hijack()
      }
      return reply.header('x-oauth-scopes', [...world.scopes].join(',')).send({ ok: true, ...result })
    } catch (error) {
      const { error: name, retryAfterS } = error instanceof SlackError ? error : new SlackError('internal_error')
      const told = error instanceof SlackError ? name : String(error)
      note(calls, { method, params, status: retryAfterS ? 429 : 200, error: told }, keep)
      if (retryAfterS) reply.code(429).header('retry-after', retryAfterS)
      return reply.send({ ok: false, error: name })
    }
  })

  function run(method: string, params: Params, authorization: string): object {
    if (method === 'apps.connections.open') {
      if (authorization !== `Bearer ${appToken}` || appTokenRevoked) throw new SlackError('invalid_auth')
      const ticket = lines.ticket()
      if (!ticket) throw new SlackError('too_many_websockets')
      return { url: `${url.replace('http', 'ws')}/link?ticket=${ticket}` }
    }
    if (revoked) throw new SlackError('token_revoked')
    if (authorization !== `Bearer ${token}`) throw new SlackError('invalid_auth')
    const known = methods[method]
    if (!known) throw new SlackError('unknown_method')
    return known(params)
  }

  await app.listen({ port, host: '127.0.0.1' })
  const { port: open }: Partial<AddressInfo> = Object(app.server.address())
  url = `http://127.0.0.1:${open}`

  return {
    url,
    apiUrl: `${url}/api/`,
    token,
    appToken,
    signingSecret,
    world,
    delivery,
    lines,
    caller,
    person: createPeople(world, delivery, tell, () => url),
    /** A channel that the bot is in, private unless said otherwise. */
    channel: (parts: Partial<Conversation> = {}) => world.addConversation(parts.kind ?? 'private', parts),
    /** Tells the app of an event that is no message. */
    tellEvent,
    /** From now on the app's server is called here, instead of its lines being used. */
    callEventsAt: caller.set,
    /** Every call of the Web API, with what it was answered. */
    calls,
    callsOf: (method: string) => calls.filter((call) => call.method === method),
    /** The next call of this method is answered with this error. */
    failNext: (method: string, error: string, retryAfterS?: number) =>
      plan.push({ method, error: new SlackError(error, retryAfterS) }),
    /** The next call of this method is done, and its answer lost. */
    loseAnswer: (method: string) => plan.push({ method, error: 'lose-answer' }),
    goAway(how: Outage) {
      outage = how
      lines.cut()
      app.server.closeAllConnections()
    },
    comeBack() {
      outage = undefined
    },
    /** The app is removed from the workspace. */
    revoke() {
      revoked = true
      void tellEvent({ type: 'tokens_revoked', tokens: { oauth: [], bot: [BOT_USER] } }, 'workspace')
    },
    restore() {
      revoked = false
    },
    revokeAppToken(gone = true) {
      appTokenRevoked = gone
      if (gone) lines.cut()
    },
    async close() {
      caller.close()
      await lines.close()
      await app.close()
    },
  }
}
export type SlackStandIn = Awaited<ReturnType<typeof startSlackStandIn>>
