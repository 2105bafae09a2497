/**
 * A house of one room for adapters to be tested in: it takes updates, keeps files and remembers the history as the real one
 * does, and can refuse or take its time when told to.
 */
import type { HistoryItem, Incoming, Outbound, OutFile, Ports, Sent } from '../../adapters/adapter.js'
import type { Channel } from '../../bot/conversation/channel.js'
import { UserError } from '../../bot/errors.js'

export type House = Ports & {
  /** What was committed, in order. */
  readonly taken: Incoming[]
  /** Every attempt, committed or not. */
  readonly offered: Incoming[]
  /** Decides on each update before it is committed: throw (or reject) to refuse it, wait to be slow. */
  before: (incoming: Incoming) => void | Promise<void>
  /** How many `receive` of one address ran at the same time, at worst. */
  mostAtOnce(): number
  /** Puts a message into the history and hands it to the channel, as `deliver` does. */
  say(channel: Channel, message: Omit<Outbound, 'id'>): Promise<Sent>
  /** Resolves with the first `count` committed updates. Rejects when they don't come. */
  take(count: number, withinMs?: number): Promise<Incoming[]>
}

/** Waits until `value` gives something; `what` is named in the error when it doesn't within `withinMs`. */
export async function until<T>(what: string, value: () => T | undefined | false, withinMs = 8000): Promise<T> {
  const end = Date.now() + withinMs
  for (;;) {
    const result = value()
    if (result !== undefined && result !== false) return result
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export function createHouse(): House {
  const taken: Incoming[] = []
  const offered: Incoming[] = []
  const files = new Map<string, OutFile & { address: string }>()
  const history = new Map<string, HistoryItem[]>()
  const running = new Map<string, number>()
  let most = 0
  let lastItem = 0
  let lastFile = 0

  const add = (address: string, item: Omit<HistoryItem, 'id' | 'at'>) => {
    const items = history.get(address) ?? []
    items.push({ ...item, id: ++lastItem, at: new Date() })
    history.set(address, items)
    return String(lastItem)
  }

  const remember = ({ address, messageKey, event }: Incoming) => {
    const mine = { direction: 'in', author: 'client', ...(messageKey && { messageKey }) } as const
    if (event.kind === 'text') add(address, { ...mine, text: event.text })
    if (event.kind === 'command') add(address, { ...mine, text: `/${event.name}` })
    if (event.kind === 'button' && event.label) add(address, { ...mine, text: event.label })
    if (event.kind !== 'files') return
    for (const { stored, kind, mime, bytes, name = kind } of event.files)
      if (stored) add(address, { ...mine, text: event.text ?? '', file: { id: stored, kind, mime, bytes, name } })
  }

  const house: House = {
    taken,
    offered,
    before: () => {},
    mostAtOnce: () => most,

    async receive(incoming) {
      offered.push(incoming)
      const now = (running.get(incoming.address) ?? 0) + 1
      running.set(incoming.address, now)
      most = Math.max(most, now)
      try {
        await house.before(incoming)
        const known = taken.some((one) => one.updateKey === incoming.updateKey)
        if (known) return
        taken.push(incoming)
        remember(incoming)
      } finally {
        running.set(incoming.address, now - 1)
      }
    },

    history: async (_channel, address, after) => (history.get(address) ?? []).filter((item) => item.id > after),

    async keepFile(_channel, address, { mime, name, content }) {
      if (content.length > 20_000_000) throw new UserError('file.tooLarge')
      const id = `kept-${++lastFile}`
      const kind = mime.startsWith('image/') ? 'photo' : mime.startsWith('audio/') ? 'voice' : 'document'
      files.set(id, { id, kind, mime, name, content, address })
      return id
    },

    async readFile(_channel, address, id) {
      const file = files.get(id)
      return file?.address === address ? file : undefined
    },

    async say(channel, message) {
      const { file } = message
      if (file) files.set(file.id, { ...file, address: message.address })
      const id = add(message.address, {
        direction: 'out',
        author: 'bot',
        text: message.text,
        ...(message.buttons && { buttons: message.buttons }),
        ...(message.request && { request: message.request }),
        ...(file && {
          file: { id: file.id, kind: file.kind, mime: file.mime, name: file.name, bytes: file.content.length },
        }),
      })
      return channel.send({ ...message, id })
    },

    take: (count, withinMs) =>
      until(`${count} updates`, () => taken.length >= count && taken.slice(0, count), withinMs).catch((error) => {
        throw new Error(`${error.message}; there were ${taken.length}`)
      }),
  }
  return house
}
