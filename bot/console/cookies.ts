/** The desk's two cookies: which browser this is, and its session. No script can read them. */
import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isToken, newToken } from './tokens.js'

const BROWSER = 'desk_browser'
const SESSION = 'desk_session'

/** Longer than any session: the same browser stays the same. */
const BROWSER_SECONDS = 400 * 24 * 60 * 60

export type Cookies = ReturnType<typeof createCookies>

/** `base` is where the desk lives, e.g. `/desk`. */
export function createCookies({ base, secure }: { base: string; secure: boolean }) {
  const settings = { path: base, httpOnly: true, sameSite: 'strict', secure } as const

  const read = (request: FastifyRequest, name: string): string | undefined => {
    const value = fastifyCookie.parse(request.headers.cookie ?? '')[name]
    return value && isToken(value) ? value : undefined
  }
  const put = (reply: FastifyReply, name: string, value: string, more: { maxAge: number; sameSite?: 'lax' }) =>
    void reply.header('set-cookie', fastifyCookie.serialize(name, value, { ...settings, ...more }))

  return {
    browser: (request: FastifyRequest) => read(request, BROWSER),
    session: (request: FastifyRequest) => read(request, SESSION),
    /** This browser's mark; a new one when it has none. */
    markBrowser(request: FastifyRequest, reply: FastifyReply): string {
      const mark = read(request, BROWSER) ?? newToken()
      // Lax: a link in a messenger that leads here must not look like a new browser, which would end the session.
      put(reply, BROWSER, mark, { maxAge: BROWSER_SECONDS, sameSite: 'lax' })
      return mark
    },
    putSession: (reply: FastifyReply, token: string, seconds: number) =>
      put(reply, SESSION, token, { maxAge: seconds }),
    dropSession: (reply: FastifyReply) => put(reply, SESSION, '', { maxAge: 0 }),
  }
}
