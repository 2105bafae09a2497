/** A visitor is a random 128-bit id in a signed cookie that no script can read. It is their address, and never in a link. */
import { createHmac, randomBytes } from 'node:crypto'
import { type CookieSerializeOptions, fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isLanguage, type Language } from '../../bot/text/languages.js'

/** Plain names, for whoever looks into a phone. */
const ID_COOKIE = 'chat'
const LANGUAGE_COOKIE = 'lang'

/** A cookie cannot be guessed, and one that is made up does not fit its signature: wrong ones tell nothing, so nobody has to be slowed. */
export const VISITOR_BITS = 128

/** Longer than a case usually stays quiet; each visit begins the time anew. */
const COOKIE_SECONDS = 60 * 24 * 60 * 60

export function createVisitors(options: { secret: Buffer | string; publicUrl?: string | undefined }) {
  const publicUrl = options.publicUrl ? new URL(options.publicUrl) : undefined
  const settings = {
    path: publicUrl?.pathname ?? '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl?.protocol === 'https:',
  } satisfies CookieSerializeOptions
  const put = (reply: FastifyReply, name: string, value: string, maxAge = COOKIE_SECONDS) =>
    void reply.header('set-cookie', fastifyCookie.serialize(name, value, { ...settings, maxAge }))
  const cookies = (request: FastifyRequest) => fastifyCookie.parse(request.headers.cookie ?? '')

  return {
    /** The visitor's address; `undefined` when they have none yet, or one that we did not give. */
    of(request: FastifyRequest): string | undefined {
      const id = fastifyCookie.unsign(cookies(request)[ID_COOKIE] ?? '', options.secret)
      return id.valid ? id.value : undefined
    },
    /** Gives a new visitor an id, and an old one more time. */
    welcome(reply: FastifyReply, address = randomBytes(VISITOR_BITS / 8).toString('hex')): string {
      put(reply, ID_COOKIE, fastifyCookie.sign(address, options.secret))
      return address
    },
    forget(reply: FastifyReply): void {
      put(reply, ID_COOKIE, '', 0)
      put(reply, LANGUAGE_COOKIE, '', 0)
    },
    languageOf(request: FastifyRequest): Language | undefined {
      const language = cookies(request)[LANGUAGE_COOKIE]
      return isLanguage(language) ? language : undefined
    },
    remember(reply: FastifyReply, language: Language): void {
      put(reply, LANGUAGE_COOKIE, language)
    },
    /** Update keys are kept in clear, so they must not tell whose they are (S05); and nobody can use up another's. */
    updateKey: (address: string, id: string): string =>
      createHmac('sha256', options.secret).update(`${address} ${id}`).digest('base64url'),
  }
}
