/** Open pages that want to know when a case changes (server-sent events). They are told which case, never what. */
import type { ServerResponse } from 'node:http'
import type { Signals } from '../store/signals.js'
import { PAGE_HEADERS } from './headers.js'

/** Proxies close a line that is silent for a minute. */
const HEARTBEAT_MS = 20_000
/** A burst of changes is one wake-up. */
const GATHER_MS = 60
const RECONNECT_MS = 2_000

export type Reader = {
  /** Asked before every word. */
  welcome(): Promise<boolean>
  /** Of these cases those whose names they may hear. */
  known(ids: string[]): Promise<string[]>
}

export function createStreams(signals: Signals) {
  const open = new Set<() => void>()

  return {
    count: () => open.size,

    /** Serves one page until it goes, or is not welcome any more. */
    serve(response: ServerResponse, reader: Reader): void {
      response.writeHead(200, {
        ...PAGE_HEADERS,
        'content-type': 'text/event-stream; charset=utf-8',
        // nginx would gather events otherwise.
        'x-accel-buffering': 'no',
      })
      response.write(`retry: ${RECONNECT_MS}\nevent: hello\ndata:\n\n`)

      // With the database away nobody can say; the page stays until somebody can.
      const write = async (event: string) => {
        const welcome = await reader.welcome().catch(() => true)
        if (welcome) response.write(event)
        else response.end('event: signed-out\ndata:\n\n')
      }
      let changed = new Set<string>()
      let gathering: NodeJS.Timeout | undefined
      const flush = () => {
        gathering = undefined
        const ids = [...changed]
        changed = new Set()
        // A case that is gone, or went elsewhere, wakes too: the page that still shows it must look again. It is not named.
        void reader
          .known(ids)
          .catch(() => [])
          .then((known) => write(`event: changed\ndata: ${known.join(' ')}\n\n`))
      }
      const stop = signals.on('case', (id) => {
        changed.add(id)
        gathering ??= setTimeout(flush, GATHER_MS)
      })
      const heartbeat = setInterval(() => void write(': still here\n\n'), HEARTBEAT_MS)
      const end = () => {
        stop()
        clearInterval(heartbeat)
        clearTimeout(gathering)
        open.delete(close)
      }
      const close = () => void response.end()
      open.add(close)
      response.on('close', end)
      response.on('error', end)
    },

    /** Ends all of them, so that the server can close. */
    endAll(): void {
      for (const close of [...open]) close()
    },
  }
}
