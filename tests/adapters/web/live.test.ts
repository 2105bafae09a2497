import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Language } from '../../../bot/text/languages.js'
import { createHouse, type House, until } from '../house.js'
import { type Browser, createPerson, type Rig, startRig } from './harness.js'

type Told = { event: string; id?: string; data: { text?: string; id?: number; ids?: number[]; language?: string } }

/** An open stream, read as a browser reads it. */
async function listen(browser: Browser, path = 'chat/events', headers: Record<string, string> = {}) {
  const ending = new AbortController()
  const response = await browser.send(path, { headers, signal: ending.signal })
  const told: Told[] = []
  const state = { raw: '', over: false }
  const read = async () => {
    for await (const chunk of response.body ?? []) {
      state.raw += Buffer.from(chunk).toString()
      const blocks = state.raw.split('\n\n').slice(0, -1)
      told.length = 0
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
        const data = field('data')
        if (data)
          told.push({
            event: field('event') ?? '',
            ...(field('id') && { id: field('id') ?? '' }),
            data: JSON.parse(data),
          })
      }
    }
  }
  const reading = read()
    .catch(() => undefined)
    .then(() => {
      state.over = true
    })
  return {
    response,
    told,
    state,
    texts: () => told.filter(({ event }) => event === 'message').map(({ data }) => data.text),
    close: async () => {
      ending.abort()
      await reading
    },
  }
}

let house: House
let rig: Rig
let person: Awaited<ReturnType<typeof createPerson>>
let language: Language | undefined
const hidden = new Set<string>()
beforeEach(async () => {
  house = createHouse()
  const { history } = house
  house.history = async (...where) => (await history(...where)).filter(({ text }) => !hidden.has(text))
  hidden.clear()
  language = undefined
  rig = await startRig(house, { languageOf: async () => language })
  person = await createPerson(rig.url)
})
afterEach(() => rig.close())
const say = (text: string) => house.say(rig.channel, { address: person.address(), text })

describe('An open page', () => {
  it('hears each message once, with an id to resume from', async () => {
    await say('раньше')
    const stream = await listen(person.browser)
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream')
    expect(stream.response.headers.get('x-accel-buffering')).toBe('no')
    await until('the first', () => stream.texts().length === 1)
    await Promise.all([say('раз'), say('два'), say('три')])
    await until('the rest', () => stream.texts().length === 4)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(stream.texts()).toEqual(['раньше', 'раз', 'два', 'три'])
    const ids = stream.told.map(({ id }) => Number(id))
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
    expect(stream.state.raw).toMatch(/^retry: \d+$/m)
    await stream.close()
  })

  it('resumes behind the last id it got', async () => {
    await say('раз')
    const { messageKey } = await say('два')
    await say('три')
    const stream = await listen(person.browser, 'chat/events?from=1&after=0', { 'last-event-id': messageKey })
    await until('the third', () => stream.texts().length > 0)
    expect(stream.texts()).toEqual(['три'])
    expect(stream.told[0]).toEqual({ event: 'kept', data: { ids: [1, 2, 3] } })
    await stream.close()
  })

  it('hears what another process wrote, without being woken', async () => {
    const stream = await listen(person.browser)
    const silent = { ...rig.channel, send: async () => ({ messageKey: '' }) }
    await house.say(silent, { address: person.address(), text: 'из соседнего процесса' })
    await until('the message', () => stream.texts().length === 1)
    await stream.close()
  })

  it('hears a message that can be read only a moment after it was sent', async () => {
    const stream = await listen(person.browser)
    hidden.add('почти')
    await say('почти')
    setTimeout(() => hidden.clear(), 5)
    await until('the message', () => stream.texts().length === 1, 1000)
    await stream.close()
  })

  it('takes off what was taken away, and empties itself when all was', async () => {
    await say('раз')
    await say('два')
    const stream = await listen(person.browser)
    await until('both', () => stream.texts().length === 2)
    hidden.add('раз')
    await rig.channel.remove?.(person.address(), '1')
    await until('kept', () => stream.told.some(({ event, data }) => event === 'kept' && data.ids?.join() === '2'))
    hidden.add('два')
    await rig.channel.remove?.(person.address(), '2')
    await until('cleared', () => stream.told.some(({ event }) => event === 'cleared'))
    await stream.close()
  })

  it('that slept while all was taken away hears so when it comes back', async () => {
    await say('раз')
    hidden.add('раз')
    const stream = await listen(person.browser, 'chat/events?from=1&after=1')
    await until('cleared', () => stream.told[0]?.event === 'cleared')
    await stream.close()
  })

  it('hears that the conversation has another language now', async () => {
    const stream = await listen(person.browser)
    language = 'uz'
    await say('Oʻzbekcha')
    await until('the language', () =>
      stream.told.some(({ event, data }) => event === 'language' && data.language === 'uz'),
    )
    await stream.close()
  })

  it('is kept awake by heartbeats, and survives a history that is away', async () => {
    const { history } = house
    house.history = () => Promise.reject(Object.assign(new Error('x'), { code: 'AWAY' }))
    const stream = await listen(person.browser)
    await until('a heartbeat', () => stream.state.raw.includes('\n:\n'))
    expect(rig.lines.map(({ fields }) => fields.code)).toContain('AWAY')
    house.history = history
    await say('снова здесь')
    await until('the message', () => stream.texts().length === 1)
    await stream.close()
  })

  it('is one of at most four; the next is told to ask instead', async () => {
    const streams = await Promise.all(Array.from({ length: 4 }, () => listen(person.browser)))
    const fifth = await listen(person.browser)
    expect(fifth.response.status).toBe(429)
    for (const stream of [...streams, fifth]) await stream.close()
    await until('their places to be free', () => true)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const again = await listen(person.browser)
    expect(again.response.status).toBe(200)
    await again.close()
  })

  it('is closed when the channel stops', async () => {
    const stream = await listen(person.browser)
    await rig.channel.stop()
    await until('the end', () => stream.state.over)
    expect((await person.browser.get('chat/events')).status).toBe(503)
  })

  it('hears nothing of others', async () => {
    const other = await createPerson(rig.url)
    const stream = await listen(other.browser)
    await say('не для других')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(stream.told).toEqual([])
    await stream.close()
  })
})

describe('A page without streams', () => {
  const ask = async (query: string) =>
    (await (await person.browser.get(`chat/messages?${query}`)).json()) as {
      messages: { id: number; text: string; html: string }[]
      kept?: number[]
      language: string
    }

  it('asks, and gets its answer as soon as there is one', async () => {
    await say('раз')
    const asked = ask('from=1&after=1&wait=20')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await say('два')
    const { messages, kept } = await asked
    expect(messages.map(({ text }) => text)).toEqual(['два'])
    expect(kept).toEqual([1, 2])
    expect(messages[0]?.html).toContain('два')
  })

  it('gets an answer without news, too, when it has waited long enough', async () => {
    const { messages } = await ask('wait=1')
    expect(messages).toEqual([])
  })

  it('is told when everything is gone', async () => {
    expect((await ask('from=1&after=5')).kept).toEqual([])
  })
})
