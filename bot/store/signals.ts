/** Wake-ups without polling: in this process at once, in the other processes of a served database by LISTEN/NOTIFY. */
import { EventEmitter } from 'node:events'
import pg from 'pg'

/** `outbox`: something to send; `timers`: an earlier wake-up; `case`: a case changed; `conversation`: something was said there. */
export type Topic = 'outbox' | 'timers' | 'files' | 'case' | 'conversation'

export type Signals = {
  /** Tells everybody who waits; `id` names the case or the conversation. Only after the commit, never before. */
  emit(topic: Topic, id?: string): void
  /** Returns what ends the listening. */
  on(topic: Topic, listener: (id: string) => void): () => void
  close(): Promise<void>
}

/** Wake-ups inside one process. */
export function localSignals(): Signals {
  const emitter = new EventEmitter().setMaxListeners(0)
  return {
    emit: (topic, id = '') => void emitter.emit(topic, id),
    on(topic, listener) {
      emitter.on(topic, listener)
      return () => emitter.off(topic, listener)
    },
    close: async () => void emitter.removeAllListeners(),
  }
}

const NOTIFY_CHANNEL = 'rahnamo'
const RECONNECT_MS = 1000

/**
 * Wake-ups across processes. A lost connection is made anew; what was missed meanwhile is found by whoever waits, because
 * everybody who listens also looks by himself from time to time.
 */
export function servedSignals(connectionString: string, pool: pg.Pool): Signals {
  const local = localSignals()
  const self = `${process.pid}.${Math.random().toString(36).slice(2)}`
  let listener: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  let closed = false
  let pending = new Set<string>()

  const connect = async () => {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
    const again = () => {
      if (listener === client) listener = undefined
      if (closed || retry) return
      retry = setTimeout(() => {
        retry = undefined
        void connect()
      }, RECONNECT_MS)
    }
    client.on('error', again)
    client.on('end', again)
    client.on('notification', ({ payload = '' }) => {
      const [from, topic = '', id = ''] = payload.split(' ')
      if (from !== self) local.emit(topic as Topic, id)
    })
    try {
      await client.connect()
      if (closed) return void (await client.end())
      listener = client
      await client.query(`listen ${NOTIFY_CHANNEL}`)
    } catch {
      again() // the database is away: the pool's own users report it
    }
  }
  void connect()

  const flush = () => {
    const payloads = [...pending]
    pending = new Set()
    // A wake-up that cannot be sent is no loss: the others look by themselves.
    pool
      .query('select pg_notify($1, payload) from unnest($2::text[]) payload', [NOTIFY_CHANNEL, payloads])
      .catch(() => undefined)
  }

  return {
    emit(topic, id = '') {
      local.emit(topic, id)
      if (pending.size === 0) setImmediate(flush)
      pending.add(`${self} ${topic} ${id}`)
    },
    on: local.on,
    async close() {
      closed = true
      clearTimeout(retry)
      await local.close()
      await listener?.end()
    },
  }
}
