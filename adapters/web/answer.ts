/**
 * The chat page, as a channel: it draws and carries, and knows nothing of what is said.
 *
 * How the web chat answers: with headers that let nothing in, small over the wire, and kind when it has to refuse.
 */
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Everything comes from us, no script or style stands in the page, and nobody may frame it. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ')

export const SAFE_HEADERS = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  // To ourselves only: other sites learn nothing, and a form of ours still shows where it comes from
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(self)',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-robots-tag': 'noindex, nofollow',
  // A seized phone must not find the conversation in the browser's cache
  'cache-control': 'no-store',
} as const

/** Why something is not done, as a text of `chat.json` (or `errors.json` with its namespace). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly key: string,
    readonly values: Record<string, string | number> = {},
    readonly retryAfterMs = 0,
  ) {
    super(key)
  }
}

/** Whether the page's script asks, rather than a form. */
export const asksForJson = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('application/json') ||
  (request.headers['content-type'] ?? '').startsWith('application/json')

export const takesGzip = (request: FastifyRequest): boolean =>
  String(request.headers['accept-encoding'] ?? '').includes('gzip')

export const sendPage = (request: FastifyRequest, reply: FastifyReply, page: string): FastifyReply => {
  reply.type('text/html; charset=utf-8').header('vary', 'Accept-Encoding')
  return takesGzip(request) ? reply.header('content-encoding', 'gzip').send(gzipSync(page)) : reply.send(page)
}
