/**
 * Delivery to a webhook, as Telegram's server does it: the updates of one chat one after the other, each again until it is
 * answered with 2xx, after `Retry-After` or a pause that doubles. https://github.com/tdlib/telegram-bot-api, WebhookActor
 */
import { note } from '../logs.js'
import { badRequest } from './errors.js'
import type { Update, Updates } from './updates.js'

type Webhook = { url: string; secret: string; maxConnections: number }
export type Delivery = { status: number; update: Update }

/** One chat's messages are one queue, one person's buttons another. */
function queueOf(update: Update): string {
  const [kind = '', value] = Object.entries(update).find(([key]) => key !== 'update_id') ?? []
  const part = typeof value === 'object' && value !== null ? value : {}
  if ('chat' in part) return `chat ${JSON.stringify(part.chat)}`
  if (kind === 'callback_query' && 'from' in part) return `buttons ${JSON.stringify(part.from)}`
  return `alone ${update.update_id}`
}

/** `pace` shortens the pauses between attempts for tests. */
type Options = { pace: number; allowHttp: boolean; keep?: number | undefined }

export function createWebhook(updates: Updates, { pace, allowHttp, keep }: Options) {
  let webhook: Webhook | undefined
  let lastError: { at: number; message: string } | undefined
  const deliveries: Delivery[] = []
  const busy = new Set<string>()
  let closed = false

  const attempt = async ({ url, secret }: Webhook, update: Update): Promise<{ ok: boolean; retryAfterS: number }> => {
    const headers = { 'content-type': 'application/json', ...(secret && { 'x-telegram-bot-api-secret-token': secret }) }
    try {
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(update) })
      await response.arrayBuffer()
      note(deliveries, { status: response.status, update }, keep)
      if (!response.ok) lastError = { at: Date.now(), message: `Wrong response from the webhook: ${response.status}` }
      return { ok: response.ok, retryAfterS: Number(response.headers.get('retry-after') ?? 0) }
    } catch {
      lastError = { at: Date.now(), message: 'Connection refused' }
      return { ok: false, retryAfterS: 0 }
    }
  }

  /** Empties one queue from its head. */
  const work = async (queue: string) => {
    if (busy.has(queue)) return
    busy.add(queue)
    let delayS = 1
    for (;;) {
      const update = updates.waiting.find((one) => queueOf(one) === queue)
      if (!update || !webhook || closed) break
      const { ok, retryAfterS } = await attempt(webhook, update)
      if (ok) {
        updates.forget(update)
        delayS = 1
      } else {
        await new Promise((resolve) => setTimeout(resolve, (retryAfterS || delayS) * 1000 * pace))
        delayS = Math.min(delayS * 2, 60)
      }
    }
    busy.delete(queue)
  }
  const deliver = () => {
    if (webhook) for (const queue of new Set(updates.waiting.map(queueOf))) void work(queue)
  }
  updates.onQueued(deliver)

  return {
    deliveries,
    isSet: () => webhook !== undefined,
    close() {
      closed = true
    },
    set(params: Record<string, unknown>) {
      const url = String(params.url ?? '')
      const secret = String(params.secret_token ?? '')
      if (url === '') return this.remove(params)
      if (!url.startsWith('https://') && !allowHttp)
        throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
      if (secret && !/^[A-Za-z0-9_-]{1,256}$/.test(secret))
        throw badRequest('secret token contains unallowed characters')
      if (params.drop_pending_updates === true) updates.clear()
      if (Array.isArray(params.allowed_updates)) updates.allow(params.allowed_updates.map(String))
      updates.terminate()
      webhook = { url, secret, maxConnections: Number(params.max_connections ?? 40) }
      deliver()
      return true
    },
    remove(params: Record<string, unknown>) {
      webhook = undefined
      if (params.drop_pending_updates === true) updates.clear()
      return true
    },
    info: () => ({
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: updates.waiting.length,
      ...(lastError && { last_error_date: Math.floor(lastError.at / 1000), last_error_message: lastError.message }),
    }),
  }
}
