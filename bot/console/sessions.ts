/** Signed-in browsers: begun with a one-time token, renewed by use, ended by signing out, by time, or with the staff row (S36). */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { StaffMember } from '../desk/access.js'
import { audit } from '../desk/audit.js'
import { askedLanguage } from '../http/accept-language.js'
import { type Store, sqlOf } from '../store/store.js'
import { STAFF_LANGUAGES, type StaffLanguage } from '../text/languages.js'
import type { Cookies } from './cookies.js'
import { staffLanguage, tokenHash } from './invitations.js'
import { isToken, newToken } from './tokens.js'

const SESSION_HOURS = 12
const SESSION_MS = SESSION_HOURS * 3_600_000
/** A session in use is prolonged this often, not with every click. */
const RENEW_MS = 10 * 60_000

export type SignedIn = {
  staff: StaffMember
  language: StaffLanguage
  /** Names the session in the database; the token itself is only in the browser. */
  hash: Uint8Array
  expiresAt: Date
}

/** Why a link does not open. */
export type SignInProblem = 'unknown' | 'used' | 'expired'

export function createSessions({ store, cookies, clock }: { store: Store; cookies: Cookies; clock: () => Date }) {
  const hashOf = (token: string) => store.vault.hash('session', token)
  /** A session belongs to the browser that began it: its mark and what it calls itself. */
  const browserOf = (request: FastifyRequest, mark: string) =>
    store.vault.hash('browser', mark, request.headers['user-agent'] ?? '')
  const expiry = () => new Date(clock().getTime() + SESSION_MS)

  const whyNot = async (hash: Uint8Array): Promise<SignInProblem> => {
    const [row] = await store.sql<{ used: boolean }>(
      'select used_at is not null as used from invitation where token_hash = $1',
      [hash],
    )
    return row ? (row.used ? 'used' : 'expired') : 'unknown'
  }

  return {
    /** Takes a token, once: of many tries at the same moment one succeeds. */
    async signIn(request: FastifyRequest, reply: FastifyReply, token: string): Promise<SignInProblem | undefined> {
      const mark = cookies.browser(request)
      if (!mark || !isToken(token)) return 'unknown'
      const hash = tokenHash(store, token)
      const session = newToken()
      const now = clock()
      const entered = await store.transaction(async (tx) => {
        const sql = sqlOf(tx)
        const [row] = await sql<{ id: string; alias: string }>(
          `update invitation i set used_at = $2 from staff t
            where i.token_hash = $1 and i.used_at is null and i.expires_at > $2 and t.id = i.staff_id and t.disabled_at is null
           returning t.id, t.alias`,
          [hash, now],
        )
        if (!row) return false
        await sql('delete from session where expires_at <= $1', [now])
        await sql(
          'insert into session (token_hash, staff_id, browser, created_at, expires_at) values ($1, $2::uuid, $3, $4, $5)',
          [hashOf(session), row.id, browserOf(request, mark), now, expiry()],
        )
        // Whoever comes for the first time reads the desk in their browser's language; after that they choose.
        const asked = askedLanguage(request.headers['accept-language'], STAFF_LANGUAGES)
        const before = await tx.audit.count({ where: { action: 'sign-in', object: row.alias } })
        if (asked && before === 0) await tx.staff.update({ where: { id: row.id }, data: { language: asked } })
        await audit(tx, store.vault, { staffId: row.id, action: 'sign-in', object: row.alias, at: now })
        return true
      })
      if (!entered) return whyNot(hash)
      cookies.putSession(reply, session, SESSION_MS / 1000)
      return undefined
    },

    /** Who sits at this browser; `undefined` for nobody, also when the cookie was carried to another browser. */
    async find(request: FastifyRequest): Promise<SignedIn | undefined> {
      const token = cookies.session(request)
      const mark = cookies.browser(request)
      if (!token || !mark) return undefined
      const hash = hashOf(token)
      const [row] = await store.sql<{ id: string; alias: string; role: string; language: string; expiresAt: Date }>(
        `select t.id, t.alias, t.role, t.language, s.expires_at as "expiresAt" from session s join staff t on t.id = s.staff_id
          where s.token_hash = $1 and s.browser = $2 and s.expires_at > $3 and t.disabled_at is null`,
        [hash, browserOf(request, mark), clock()],
      )
      if (!row) return undefined
      const { id, alias, role, language, expiresAt } = row
      return { staff: { id, alias, role }, language: staffLanguage(language), hash, expiresAt }
    },

    /** Who uses the desk stays signed in; what a page asks by itself does not count as use. */
    async renew(request: FastifyRequest, reply: FastifyReply, { hash, expiresAt }: SignedIn): Promise<void> {
      const token = cookies.session(request)
      if (!token || expiresAt.getTime() - clock().getTime() > SESSION_MS - RENEW_MS) return
      await store.sql('update session set expires_at = $2 where token_hash = $1', [hash, expiry()])
      cookies.putSession(reply, token, SESSION_MS / 1000)
    },

    async end(reply: FastifyReply, { staff, hash }: SignedIn): Promise<void> {
      await store.transaction(async (tx) => {
        await sqlOf(tx)('delete from session where token_hash = $1', [hash])
        await audit(tx, store.vault, { staffId: staff.id, action: 'sign-out', object: staff.alias, at: clock() })
      })
      cookies.dropSession(reply)
    },
  }
}
