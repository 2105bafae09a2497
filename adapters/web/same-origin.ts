/** Only our own page may post: a cookie travels with what other sites send, so the browser's word on who asks decides. */
import type { FastifyRequest } from 'fastify'

const hostOf = (address: string | undefined): string | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address).host : undefined

/**
 * Takes the best evidence there is: `Sec-Fetch-Site`, else `Origin`, else `Referer`. A request with none of them comes from
 * no browser that could carry somebody's cookie against their will.
 */
export function isSameOrigin(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const { 'sec-fetch-site': site, origin, referer, host } = request.headers
  if (typeof site === 'string') return site === 'same-origin' || site === 'none'
  const from = origin ?? referer
  if (from === undefined) return true
  const asking = hostOf(from)
  return asking !== undefined && (asking === host || asking === hostOf(publicUrl))
}
