/** Only the desk's own pages may post to it: a cookie travels with what other sites send, so the browser's word on who asks decides. */
import type { FastifyRequest } from 'fastify'

const hostOf = (address: string | undefined): string | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address).host : undefined

/** Every browser of the last years sends one of these with a form; a request with neither is refused. */
export function isSameOrigin(request: FastifyRequest, publicUrl: string | undefined): boolean {
  const { 'sec-fetch-site': site, origin, host } = request.headers
  if (typeof site === 'string') return site === 'same-origin'
  const asking = hostOf(origin)
  return asking !== undefined && (asking === host || asking === hostOf(publicUrl))
}
