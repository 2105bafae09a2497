/**
 * A small Telegram for tests and for trying things by hand: a real HTTP server, written from https://core.telegram.org/bots/api.
 * It is strict where Telegram is: confirmation by offset, one poller, limits, who may be written to.
 */
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import fastify from 'fastify'
import { note } from '../logs.js'
import { ApiError } from './errors.js'
import { createGroups } from './groups.js'
import { createMethods, type Upload } from './methods.js'
import { createPeople } from './people.js'
import { DOWNLOAD_MAX, type Params, UPLOAD_MAX } from './rules.js'
import { createUpdates } from './updates.js'
import { createWebhook } from './webhook.js'
import { createWorld } from './world.js'

export type Call = { method: string; params: Params; status: number }
/** How the server is away: hangs up, or stands behind a broken proxy. */
export type Outage = 'hang-up' | 'bad-gateway'

export type StandInOptions = {
  token?: string
  now?: () => Date
  /** Shortens the pauses of webhook delivery. */
  pace?: number
  port?: number
  /** A server started with `--local` names files by their place on its disk. */
  localFiles?: boolean
  /** Refuses the 21st message of a minute to one group, all topics together. */
  strictPace?: boolean
  /** How many of the calls and deliveries are remembered; all, when absent. */
  keep?: number
}

/** A field of a form is text; the API reads it as JSON where an object, a number or a truth value is due. */
const readField = (value: string): unknown => {
  if (!/^([[{]|true$|false$|-?\d{1,15}$)/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

export async function startTelegramStandIn(options: StandInOptions = {}) {
  const { token = '123456:TEST-token-canary', now = () => new Date(), pace = 0.02, port = 0 } = options
  const app = fastify({ bodyLimit: UPLOAD_MAX + 1_000_000, forceCloseConnections: true })
  await app.register(multipart, { limits: { fileSize: UPLOAD_MAX + 1, fieldSize: 1_000_000 } })

  const world = createWorld(now)
  const updates = createUpdates()
  const webhook = createWebhook(updates, { pace, allowHttp: true, keep: options.keep })
  const methods = createMethods(world, { strictPace: options.strictPace === true })
  const person = createPeople(world, updates)
  const group = createGroups(world, updates)
  const calls: Call[] = []
  const plan: { method: string; error: ApiError }[] = []
  let outage: Outage | undefined
  let revoked = false

  app.addHook('onRequest', async (request, reply) => {
    if (outage === 'hang-up') {
      request.raw.socket.destroy()
      return reply.hijack()
    }
    if (outage === 'bad-gateway') return reply.code(502).type('text/html').send('<html>502 Bad Gateway</html>')
  })

  app.get<{ Params: { token: string; '*': string } }>('/file/bot:token/*', async (request, reply) => {
    const isOurs = `${request.params.token}` === token && !revoked
    const path = request.params['*']
    const file = [...world.files.values()].find((one) => one.path === path)
    if (!isOurs || !file?.content || file.bytes > DOWNLOAD_MAX)
      return reply.code(404).send({ ok: false, error_code: 404 })
    // As a stream, so that no header tells the length.
    return reply.type('application/octet-stream').send(Readable.from([Buffer.from(file.content)]))
  })

  app.all<{ Params: { token: string; method: string } }>('/bot:token/:method', async (request, reply) => {
    const { method } = request.params
    const uploads = new Map<string, Upload>()
    let params: Params = {}
    if (request.isMultipart())
      for await (const part of request.parts()) {
        if (part.type === 'file') uploads.set(part.fieldname, { name: part.filename, content: await part.toBuffer() })
        else params[part.fieldname] = readField(String(part.value))
      }
    else if (typeof request.body === 'object' && request.body !== null) params = { ...request.body }

    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    try {
      if (request.params.token !== token || revoked) throw new ApiError(401, 'Unauthorized')
      const planned = plan.findIndex((one) => one.method === method)
      const [failure] = planned >= 0 ? plan.splice(planned, 1) : []
      if (failure) throw failure.error
      const result = await run(method, params, uploads, gone.signal)
      note(calls, { method, params, status: 200 }, options.keep)
      return { ok: true, result }
    } catch (error) {
      const { status, description, parameters } =
        error instanceof ApiError ? error : new ApiError(500, 'Internal Server Error')
      note(calls, { method, params, status }, options.keep)
      return reply.code(status).send({ ok: false, error_code: status, description, ...(parameters && { parameters }) })
    }
  })

  async function run(
    method: string,
    params: Params,
    uploads: Map<string, Upload>,
    gone: AbortSignal,
  ): Promise<unknown> {
    if (method === 'setWebhook') return webhook.set(params)
    if (method === 'deleteWebhook') return webhook.remove(params)
    if (method === 'getWebhookInfo') return webhook.info()
    if (method === 'getUpdates') {
      if (webhook.isSet())
        throw new ApiError(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        )
      return updates.get(params, gone)
    }
    for (const { content } of uploads.values())
      if (content.length > UPLOAD_MAX) throw new ApiError(413, 'Request Entity Too Large')
    const known = methods[method]
    if (!known) throw new ApiError(404, 'Not Found: method not found')
    const result = await known(params, uploads)
    if (method !== 'getFile' || !options.localFiles) return result
    return { ...Object(result), file_path: `/var/lib/telegram-bot-api/${token}/${Object(result).file_path}` }
  }

  await app.listen({ port, host: '127.0.0.1' })
  const { port: open }: Partial<AddressInfo> = Object(app.server.address())

  return {
    url: `http://127.0.0.1:${open}`,
    token,
    world,
    updates,
    webhook,
    person,
    /** A group with the bot in it; a forum where it may do all it needs, unless told otherwise. */
    group,
    /** Every call, with what it was answered. */
    calls,
    callsOf: (method: string) => calls.filter((call) => call.method === method),
    /** The next call of this method is answered with this error. */
    failNext: (method: string, error: ApiError) => plan.push({ method, error }),
    goAway(how: Outage) {
      outage = how
      app.server.closeAllConnections()
    },
    comeBack() {
      outage = undefined
    },
    /** @BotFather's /revoke. */
    revoke() {
      revoked = true
      app.server.closeAllConnections()
    },
    restore() {
      revoked = false
    },
    async close() {
      webhook.close()
      updates.terminate()
      await app.close()
    },
  }
}
export type TelegramStandIn = Awaited<ReturnType<typeof startTelegramStandIn>>
