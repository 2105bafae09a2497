/** One terminal with one person at it. */
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileTypeFromBuffer } from 'file-type'
import { createSerial } from '../../bot/conversation/serial.js'
import type { Words } from '../../bot/conversation/words.js'
import { UserError } from '../../bot/errors.js'
import type { Language } from '../../bot/text/languages.js'
import type { Clock, IncomingEvent, IncomingFile, Log, Outbound, Ports } from '../adapter.js'
import { kindOf } from '../file-kind.js'
import { messageText } from './message-text.js'
import { readLine } from './read-line.js'

/** Between two tries to hand a line to a house that could not take it. */
const RETRY_MS = 1_000

export type Terminal = {
  input: Readable
  output: Writable
  /** The same address is the same person; a new one each time when absent. */
  address?: string
  /** Where files that arrive are put. Without it only their names are shown. */
  folder?: string
}

export type SessionHouse = {
  log: Log
  clock: Clock
  /** For the terminal's own few words. */
  words: Pick<Words, 'say'>
  language: Language
  signal: AbortSignal
}

export const newAddress = (): string => `terminal-${randomBytes(8).toString('hex')}`

export function createSession(terminal: Terminal & { address: string }, house: SessionHouse) {
  const { input, output, address, folder } = terminal
  const { log, clock, words, language, signal } = house
  const session = randomBytes(6).toString('hex')
  const inOrder = createSerial()
  let count = 0
  /** The last message with buttons: what a number presses. */
  let open: Outbound | undefined

  const write = (text: string) => void output.write(`${text}\n`)
  const say = (key: string, values?: Record<string, string | number>) => write(words.say(language, key, values))

  async function offer(ports: Ports, event: IncomingEvent): Promise<void> {
    const key = `${session}-${++count}`
    const at = clock.now()
    const incoming = {
      channel: 'terminal',
      address,
      updateKey: key,
      messageKey: key,
      at,
      locale: language,
      event,
    } as const
    for (let tries = 0; !signal.aborted; tries++) {
      try {
        return await ports.receive(incoming)
      } catch {
        if (tries === 0) log.warn({ channel: 'terminal', code: 'TERMINAL_WAITS' }, 'A line waits; it is offered again.')
        await clock.wait(RETRY_MS, signal)
      }
    }
  }

  async function readUpload(
    ports: Ports,
    path: string,
    caption: string | undefined,
  ): Promise<IncomingFile | undefined> {
    const content = await readFile(path).catch(() => undefined)
    if (!content) return void say('chat:terminal.noFile', { path })
    const name = basename(path)
    const mime = (await fileTypeFromBuffer(content))?.mime ?? typeOf(name)
    const stored = await ports.keepFile('terminal', address, { mime, name, content, ...(caption && { caption }) })
    return { kind: kindOf(mime), mime, name, bytes: content.length, stored }
  }

  /** What a line means is decided when its turn comes, by what is on the screen then. */
  async function take(ports: Ports, line: string): Promise<void> {
    if (signal.aborted) return
    const typed = readLine(line, open)
    if (typed?.kind === 'keys') return say('chat:terminal.help')
    if (typed?.kind !== 'file') return typed && offer(ports, typed)
    const file = await readUpload(ports, typed.path, typed.text)
    if (file) await offer(ports, { kind: 'files', files: [file], ...(typed.text && { text: typed.text }) })
  }

  const refuse = (error: unknown) => {
    if (error instanceof UserError) return say(`errors:${error.code}`, error.values)
    log.warn({ channel: 'terminal', code: 'TERMINAL_LINE_LOST' }, 'A line could not be read.')
    say('chat:note.trouble')
  }

  return {
    /** Begins to listen. Returns the way to stop. */
    listen(ports: Ports): () => void {
      const lines = createInterface({ input, terminal: false })
      let begun = ''
      lines.on('line', (line) => {
        begun += line
        // As in a shell: a line that ends so goes on in the next one
        if (begun.endsWith('\\')) begun = `${begun.slice(0, -1)}\n`
        else {
          const whole = begun
          begun = ''
          inOrder(address, () => take(ports, whole)).catch(refuse)
        }
      })
      return () => lines.close()
    },
    async show(message: Outbound): Promise<void> {
      if (message.buttons?.flat().some((button) => 'data' in button)) open = message
      const fileAt = message.file && folder ? join(folder, `${message.id}-${basename(message.file.name)}`) : undefined
      if (message.file && fileAt) await writeFile(fileAt, message.file.content)
      write(messageText(message, fileAt))
    },
  }
}

/** For files whose content does not tell what they are. */
const TYPES: Record<string, string> = { '.txt': 'text/plain', '.md': 'text/plain', '.pdf': 'application/pdf' }
const typeOf = (name: string): string => TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream'
