/** One of N processes does what only one may do (ask Telegram for updates, say): whoever holds the advisory lock. */
import { createHash } from 'node:crypto'
import pg from 'pg'

const TRY_AGAIN_MS = 5000

export type Leadership = {
  /** Resolves when this process is the one; stays pending while another is. */
  won: Promise<void>
  end(): Promise<void>
}

/** The embedded database is held by one process anyway. */
export const alwaysLeader = (): Leadership => ({ won: Promise.resolve(), end: async () => undefined })

/**
 * Stands for the lock `name` until it is won or ended. The lock lives as long as its connection: a process that dies, or loses the
 * database, gives it up by itself. Whoever had it may then meet its successor for a moment; the channel survives that.
 */
export function standForLeader(connectionString: string, name: string): Leadership {
  const key = createHash('sha256').update(`rahnamo leader ${name}`).digest().readInt32BE(0)
  let ended = false
  let held: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let win: () => void = () => undefined
  const won = new Promise<void>((resolve) => {
    win = resolve
  })

  const again = () => {
    if (!ended) timer = setTimeout(attempt, TRY_AGAIN_MS)
  }
  const attempt = async (): Promise<void> => {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000, keepAlive: true })
    try {
      client.on('error', () => {
        if (held !== client) return
        held = undefined
        again() // the lock went with the connection: stand for it anew
      })
      await client.connect()
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [key])
      if (rows[0]?.mine && !ended) {
        held = client
        win()
        return
      }
      await client.end()
    } catch {
      // The database is away; whoever needs it says so.
      await client.end().catch(() => undefined)
    }
    again()
  }
  void attempt()

  return {
    won,
    async end() {
      ended = true
      clearTimeout(timer)
      await held?.end()
    },
  }
}
