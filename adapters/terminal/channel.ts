/** A conversation in a terminal: for trying the house out, for tests, and for whoever likes plain lines that are read aloud. */
import type { Words } from '../../bot/conversation/words.js'
import { FILE_MAX_BYTES } from '../../bot/limits.js'
import type { Language } from '../../bot/text/languages.js'
import type { Budget, Channel, Clock, Limits, Log, Ports } from '../adapter.js'
import { DeliveryError, systemClock } from '../adapter.js'
import { createSession, newAddress, type Terminal } from './session.js'

const MEGABYTE = 1024 * 1024

const TERMINAL_LIMITS: Limits = {
  text: 20_000,
  caption: 20_000,
  label: 120,
  buttonDataBytes: 64,
  // Numbers of two digits press them
  buttons: 99,
  fileBytesIn: FILE_MAX_BYTES,
  fileBytesOut: 50 * MEGABYTE,
}

/** Nobody has to be spared. */
const TERMINAL_BUDGET: Budget = { perSecond: 1000, perChatPerSecond: 1000, perGroupPerMinute: 1000 }

export type TerminalOptions = Terminal & {
  log: Log
  clock?: Clock
  /** For the terminal's own few words. */
  words: Pick<Words, 'say'>
  language?: Language
}

export type TerminalChannel = Channel & {
  /** The first terminal's person. */
  readonly address: string
  /** Another terminal on the same channel, with another person. Returns their address. */
  join(terminal: Terminal): string
}

/**
 * @example
 * const channel = createTerminalChannel({ input: process.stdin, output: process.stdout, log, words, language: 'ru' })
 * await channel.start(ports) // a line is a message, a number presses a button, `/file path` sends a file
 */
export function createTerminalChannel(options: TerminalOptions): TerminalChannel {
  const { log, words, clock = systemClock, language = 'en' } = options
  const ending = new AbortController()
  const sessions = new Map<string, ReturnType<typeof createSession>>()
  const closers: (() => void)[] = []
  let doors: Ports | undefined

  const join = (terminal: Terminal): string => {
    const address = terminal.address ?? newAddress()
    const session = createSession({ ...terminal, address }, { log, words, clock, language, signal: ending.signal })
    sessions.set(address, session)
    if (doors) closers.push(session.listen(doors))
    return address
  }

  return {
    name: 'terminal',
    limits: TERMINAL_LIMITS,
    budget: TERMINAL_BUDGET,
    address: join(options),
    join,
    async start(ports) {
      if (doors || ending.signal.aborted) return
      doors = ports
      for (const session of sessions.values()) closers.push(session.listen(ports))
    },
    async send(message) {
      const session = sessions.get(message.address)
      if (!session || ending.signal.aborted) throw new DeliveryError('gone', 'TERMINAL_CLOSED')
      await session.show(message)
      return { messageKey: message.id }
    },
    health() {
      if (ending.signal.aborted) return { state: 'off', sentence: 'The terminal is closed.' }
      return doors
        ? { state: 'up', sentence: 'The terminal is open.' }
        : { state: 'starting', sentence: 'The terminal opens in a moment.' }
    },
    async stop() {
      ending.abort()
      for (const close of closers) close()
    },
  }
}
