/**
 * The Events API: Slack calls us, for events, buttons, forms and slash commands alike. What is not answered with 200 within three seconds
 * it sends again, three times within six minutes (https://docs.slack.dev/apis/events-api#retries); we go on offering it to the house
 * by ourselves meanwhile, and after that.
 */
import type { Receiver, ReceiverEvent } from '@slack/bolt'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../adapter.js'
import { PatientApp } from './app.js'
import { parse } from './forms.js'
import { SLACK_ANSWER_WITHIN_MS } from './limits.js'
import { isRecent, isSigned } from './signature.js'
import type { Taking } from './taking.js'
import { isRecord } from './updates/reading.js'

const EVENTS_PATH = '/slack/events'
/** The longest message with its blocks stays far below. */
const BODY_MAX_BYTES = 1_000_000

export type RouteNeeds = {
  signingSecret: string
  clock: Clock
  /** What takes the updates; absent before the start, before we know who we are, and after the stop. */
  taking: () => Taking | undefined
}

type Handle = (event: ReceiverEvent) => Promise<void>

/** Bolt's side of our own server. */
class RouteReceiver implements Receiver {
  handle: Handle = async () => {}
  init(app: Parameters<Receiver['init']>[0]): void {
    this.handle = (event) => app.processEvent(event)
  }
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
}

/** JSON for events, a form for slash commands, a form around JSON for interactions. `undefined`: neither. */
function readBody(raw: Buffer, type = ''): { body: unknown } | undefined {
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    const text = raw.toString()
    const body = parse(text)
    return body === undefined ? undefined : { body }
  }
  const fields = Object.fromEntries(new URLSearchParams(raw.toString()))
  if (fields.payload === undefined) return { body: fields }
  const body = parse(fields.payload)
  return body === undefined ? undefined : { body }
}

export function addEventsRoute(app: FastifyInstance, { signingSecret, clock, taking }: RouteNeeds): void {
  const handlers = new WeakMap<Taking, Handle>()
  const handlerOf = (of: Taking): Handle => {
    const known = handlers.get(of)
    if (known) return known
    const receiver = new RouteReceiver()
    new PatientApp(receiver, of)
    handlers.set(of, receiver.handle)
    return receiver.handle
  }

  app.register(async (scope) => {
    // The signature is over the body as it came, so nobody reads it before.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, raw, done) => done(null, raw))

    scope.post(
      EVENTS_PATH,
      {
        bodyLimit: BODY_MAX_BYTES,
        onRequest: async (request, reply) => {
          if (!isRecent(request.headers, clock.now())) return reply.code(401).send()
        },
      },
      async (request, reply) => {
        const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        if (!isSigned(request.headers, raw, signingSecret)) return reply.code(401).send()
        const read = readBody(raw, request.headers['content-type'])
        if (!read) return reply.code(400).send()
        const { body } = read
        if (isRecord(body) && body.type === 'url_verification') return reply.send({ challenge: String(body.challenge) })
        if (isRecord(body) && body.ssl_check !== undefined) return reply.code(200).send()
        const taker = taking()
        if (!taker) return reply.code(503).send()
        const answered = await answer(handlerOf(taker), body)
        return answered ? reply.code(200).send(answered.answer) : reply.code(503).send()
      },
    )
  })

  /** What goes back once the house has it; `undefined` when that is not so in time. */
  async function answer(handle: Handle, body: unknown): Promise<{ answer: unknown } | undefined> {
    const inTime = new AbortController()
    const acknowledged = new Promise<{ answer: unknown }>((resolve, reject) => {
      // Bolt's types know only objects here; what is none it stumbles over, and we answer all the same.
      const event = {
        body: Object(body) === body ? Object(body) : {},
        ack: async (given: unknown) => resolve({ answer: given }),
      }
      handle(event).catch(reject)
    })
    const tooLate = clock.wait(SLACK_ANSWER_WITHIN_MS, inTime.signal).then(() => undefined)
    try {
      return await Promise.race([acknowledged, tooLate])
    } finally {
      inTime.abort()
    }
  }
}
