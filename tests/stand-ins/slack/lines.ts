/** Socket Mode, the side of Slack: https://docs.slack.dev/apis/events-api/using-socket-mode */
import type { IncomingMessage, Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Envelope, Outcome } from './delivery.js'

const ACK_WITHIN_MS = 3000
const RETRIES = 3
/** Slack lets an app hold ten lines. */
const LINES_MAX = 10

export function createLines(server: Server) {
  const sockets = new WebSocketServer({ noServer: true })
  const tickets = new Set<string>()
  const open = new Set<WebSocket>()
  const waiting = new Map<string, { line: WebSocket; settle: (outcome: Outcome) => void }>()
  const queue: (() => void)[] = []
  let last = 0
  let turn = 0

  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const ticket = new URL(request.url ?? '', 'http://localhost').searchParams.get('ticket') ?? ''
    // A ticket is good for one line.
    if (!tickets.delete(ticket)) return socket.destroy()
    sockets.handleUpgrade(request, socket, head, (line) => {
      open.add(line)
      line.on('close', () => {
        open.delete(line)
        // What was told on it comes on the next one, without waiting for the time to be over.
        for (const one of waiting.values()) if (one.line === line) one.settle({ acknowledged: false })
      })
      line.on('message', (data) => {
        const { envelope_id: id, payload }: { envelope_id?: string; payload?: unknown } = JSON.parse(String(data))
        waiting.get(id ?? '')?.settle({ acknowledged: true, answer: payload })
      })
      line.send(JSON.stringify({ type: 'hello', num_connections: open.size, connection_info: { app_id: 'A0RAHNAMO' } }))
      for (const send of queue.splice(0)) send()
    })
  })

  /** Every event goes to one line, in turn. */
  const nextLine = () => {
    const ready = [...open].filter((line) => line.readyState === line.OPEN)
    return ready[turn++ % Math.max(1, ready.length)]
  }

  const attempt = ({ type, payload }: Envelope, retry: number): Promise<Outcome> =>
    new Promise((resolve) => {
      const id = `envelope-${++last}`
      const send = () => {
        const line = nextLine()
        if (!line) return void queue.push(send)
        line.send(
          JSON.stringify({
            envelope_id: id,
            type,
            payload,
            accepts_response_payload: type !== 'events_api',
            ...(type === 'events_api' && { retry_attempt: retry, retry_reason: retry ? 'timeout' : '' }),
          }),
        )
        const timer = setTimeout(() => settle({ acknowledged: false }), ACK_WITHIN_MS)
        const settle = (outcome: Outcome) => {
          clearTimeout(timer)
          waiting.delete(id)
          resolve(outcome)
        }
        waiting.set(id, { line, settle })
      }
      send()
    })

  return {
    open,
    ticket() {
      if (open.size >= LINES_MAX) return undefined
      const ticket = `ticket-${++last}`
      tickets.add(ticket)
      return ticket
    },
    async deliver(envelope: Envelope): Promise<Outcome> {
      // People's own doings are not repeated: Slack tells them that the app did not answer.
      const attempts = envelope.type === 'events_api' ? 1 + RETRIES : 1
      for (let retry = 0; retry < attempts; retry++) {
        const outcome = await attempt(envelope, retry)
        if (outcome.acknowledged) return outcome
      }
      return { acknowledged: false }
    },
    /** Sends exactly this on every line. */
    sendRaw(data: string) {
      for (const line of open) line.send(data)
    },
    /** Slack ends a line every few hours, and says so before. */
    refresh(reason = 'refresh_requested') {
      for (const line of open) line.send(JSON.stringify({ type: 'disconnect', reason }))
    },
    /** The line breaks without a word. */
    cut() {
      for (const line of open) line.terminate()
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const line of open) line.terminate()
        sockets.close(() => resolve())
      }),
  }
}
export type Lines = ReturnType<typeof createLines>
