/** What an error of the store means: a lost race, something that is there already, or a database (or disk) in trouble. */

/** PostgreSQL's five-letter code, whether the error came raw or through Prisma. */
function sqlState(error: unknown): string | undefined {
  const { code, meta } = (error ?? {}) as {
    code?: unknown
    meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } }
  }
  const state = meta?.driverAdapterError?.cause?.originalCode ?? code
  return typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state) ? state : undefined
}

/** Serialisation failure or deadlock: the same work may be tried again. */
export const isLostRace = (error: unknown): boolean =>
  ['40001', '40P01'].includes(sqlState(error) ?? '') || (error as { code?: unknown } | null)?.code === 'P2034'

/** A unique violation: somebody else was first with the same thing. */
export const isDuplicate = (error: unknown): boolean =>
  sqlState(error) === '23505' || (error as { code?: unknown } | null)?.code === 'P2002'

/** Connection lost (08), out of disk, memory or connections (53), shut down or cancelled (57), disk errors (58). */
const TROUBLED_CLASSES = ['08', '53', '57', '58']

/** Prisma: server unreachable (P1…), no connection free, no transaction begun or ended in time, too many connections. */
const TROUBLED_PRISMA = /^(P1\d{3}|P2024|P2028|P2037)$/

const TROUBLED_SYSTEM = new Set(
  'ECONNREFUSED ECONNRESET ETIMEDOUT ENOTFOUND EAI_AGAIN EPIPE EHOSTUNREACH ENOSPC EDQUOT EIO EROFS EMFILE'.split(' '),
)

/** node-postgres and PGlite name these by their words only. */
const TROUBLED_WORDS =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|Query read timeout|PGlite is clos|Cannot use a pool after)/

/** The database or the disk cannot do its work now. Whoever brought the work brings it again; nobody who wrote it is at fault. */
export function isTrouble(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  if (isLostRace(error) || TROUBLED_CLASSES.includes(sqlState(error)?.slice(0, 2) ?? '')) return true
  if (typeof code === 'string' && (TROUBLED_PRISMA.test(code) || TROUBLED_SYSTEM.has(code))) return true
  return typeof message === 'string' && TROUBLED_WORDS.test(message)
}
