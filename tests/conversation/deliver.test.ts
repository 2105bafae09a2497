/** The outbox: in order, within the pace, not lost, not said twice, and nothing to whoever must be left in peace. */
// Long: one house for all these stories: starting it takes longer than telling them.
import { afterEach, expect, it, vi } from 'vitest'
import { createPaces } from '../../bot/conversation/budget.js'
import { type ChannelHealth, DeliveryError, type Outbound } from '../../bot/conversation/channel.js'
import { deadLetters } from '../../bot/conversation/dead-letters.js'
import { createDeliver } from '../../bot/conversation/deliver.js'
import { LEASE_MS, releaseLeases } from '../../bot/conversation/outbox.js'
import type { Worker } from '../../bot/conversation/worker.js'
import { type TestHouse, testChannel } from '../house.js'
import { inHouses, inQueue, neighbour, rowsOf, stranger } from './stories.js'

inHouses('what goes out', (house, kind) => {
  const wire = () => house().wire
  const pristine = testChannel()
  afterEach(async () => {
    wire().failWith = undefined as never
    wire().send = sendOf(house())
    wire().health = pristine.health
    Object.assign(wire().budget, pristine.budget)
    await house().store.sql(`update message set state = 'dropped' where state in ('due', 'sending')`)
  })

  /** The channel's own way to send, whatever a story put in its place. */
  const own = new WeakMap<object, TestHouse['wire']['send']>()
  const sendOf = (of: TestHouse) => {
    const known = own.get(of.wire) ?? of.wire.send
    own.set(of.wire, known)
    return known
  }

  const deliverOf = (of: TestHouse): Worker =>
    createDeliver({ ...of, channels: of.channels, paces: createPaces(of.channels), loadFile: async () => undefined })

  /** Puts ready words into the outbox of a person. */
  async function queueUp(address: string, words: string[], author: 'bot' | 'staff' = 'bot'): Promise<void> {
    const { conversation, drawer } = await rowsOf(house(), address)
    for (const text of words)
      await house().store.db.message.create({
        data: {
          conversationId: conversation.id,
          caseId: conversation.caseId,
          direction: 'out',
          author,
          state: 'due',
          body: drawer.sealJson('message.body', { text }),
          notBefore: house().fake.now(),
          createdAt: house().fake.now(),
        },
      })
  }

  /** Somebody who wrote once, and to whom nothing is on its way. */
  const met = async () => {
    const somebody = stranger(house())
    await somebody.receive({ kind: 'text', text: 'привет' })
    const { conversation } = await rowsOf(house(), somebody.address)
    await house().store.sql(`delete from message where conversation_id = $1::uuid and state = 'due'`, [conversation.id])
    return somebody
  }

  const stateOf = async (address: string) =>
    (await rowsOf(house(), address)).messages.filter(({ direction }) => direction === 'out').map(({ state }) => state)

  const texts = (messages: Outbound[]) => messages.map(({ text }) => text)

  it('keeps its order for each address while many go at once and some fail', async () => {
    const people = await Promise.all([...Array(12)].map(met))
    const words = [...Array(6)].map((_, n) => `слово ${n}`)
    for (const somebody of people) await queueUp(somebody.address, words)
    let n = 0
    wire().failWith = () => (++n % 5 === 0 ? new DeliveryError('retry', 'TELEGRAM_502') : undefined)
    const deliver = deliverOf(house())
    await vi.waitFor(
      async () => {
        await deliver.drain()
        house().fake.forward(5000)
        for (const somebody of people) expect(await stateOf(somebody.address)).not.toContain('due')
      },
      { timeout: 20_000, interval: 1 },
    )
    for (const somebody of people) expect(texts(somebody.hears())).toEqual(words)
  }, 40_000)

  it('waits as long as the channel asks, in that chat only', async () => {
    const [hasty, calm] = [await met(), await met()]
    await queueUp(hasty.address, ['раз', 'два'])
    await queueUp(calm.address, ['раз', 'два'])
    wire().failWith = ({ address }) =>
      address === hasty.address ? new DeliveryError('retry', 'TELEGRAM_429', { retryAfterMs: 30_000 }) : undefined
    const deliver = deliverOf(house())
    await deliver.drain()
    expect(texts(calm.hears())).toEqual(['раз', 'два'])
    wire().failWith = undefined as never
    house().fake.forward(29_000)
    await deliver.drain()
    expect(hasty.hears()).toEqual([])
    house().fake.forward(1000)
    await deliver.drain()
    expect(texts(hasty.hears())).toEqual(['раз', 'два'])
  })

  it('one slow chat keeps nobody else waiting', async () => {
    const [slow, quick] = [await met(), await met()]
    const send = sendOf(house())
    let finish: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      finish = resolve
    })
    wire().send = async (message) => {
      if (message.address === slow.address) await held
      return send(message)
    }
    await queueUp(slow.address, ['большой файл'])
    const deliver = deliverOf(house())
    deliver.start()
    try {
      await vi.waitFor(async () => expect(await stateOf(slow.address)).toContain('sending'))
      await queueUp(quick.address, ['раз', 'два'])
      house().store.signals.emit('outbox')
      await vi.waitFor(() => expect(texts(wire().sent(quick.address)).slice(-2)).toEqual(['раз', 'два']), {
        timeout: 3000,
      })
      expect(texts(slow.hears())).toEqual([])
    } finally {
      finish()
      await deliver.stop()
    }
    // What was on its way is marked before the end.
    expect(await stateOf(slow.address)).not.toContain('sending')
    expect(texts(slow.hears())).toEqual(['большой файл'])
    quick.hears()
  })

  it('to somebody who is gone is dropped with all that waits, and nothing more is tried', async () => {
    const anna = await met()
    await queueUp(anna.address, ['раз', 'два', 'три'])
    let tries = 0
    wire().failWith = () => {
      tries++
      return new DeliveryError('gone', 'TELEGRAM_403')
    }
    const deliver = deliverOf(house())
    await deliver.drain()
    expect(tries).toBe(1)
    expect((await stateOf(anna.address)).slice(-3)).toEqual(['dropped', 'dropped', 'dropped'])
    expect((await rowsOf(house(), anna.address)).address.state).toBe('gone')
    await queueUp(anna.address, ['четыре'], 'staff')
    await deliver.drain()
    expect(tries).toBe(1)
  })

  it('that the channel refuses is a dead letter that staff see, without words or address; the next one goes', async () => {
    const anna = await inQueue(house())
    await queueUp(anna.address, ['canary нельзя', 'можно'], 'staff')
    wire().failWith = ({ text }) => (text.includes('canary') ? new DeliveryError('refused', 'TELEGRAM_400') : undefined)
    await deliverOf(house()).drain()
    expect(texts(anna.hears())).toEqual(['можно'])
    const [letter] = await deadLetters(house().store)
    const { conversation } = await rowsOf(house(), anna.address)
    const found = await house().store.db.case.findUniqueOrThrow({ where: { id: conversation.caseId ?? '' } })
    expect(letter).toMatchObject({ caseCode: found.code, error: 'TELEGRAM_400', channel: 'telegram', author: 'staff' })
    expect(JSON.stringify(letter)).not.toContain(anna.address)
  })

  it('that fails for ever becomes a dead letter too, and does not keep the next one back for ever', async () => {
    const anna = await met()
    await queueUp(anna.address, ['никак'])
    await house().store.sql(`update message set attempts = 99 where state = 'due'`)
    wire().failWith = () => new Error('canary of the network')
    await deliverOf(house()).drain()
    expect((await stateOf(anna.address)).at(-1)).toBe('dead')
    expect(house().logged()).not.toContain('canary of the network')
  })

  it('that cannot be opened is a dead letter, and troubles nobody else', async () => {
    const [anna, boris] = [await met(), await met()]
    await queueUp(anna.address, ['раз', 'два'])
    await queueUp(boris.address, ['раз'])
    const { messages } = await rowsOf(house(), anna.address)
    const broken = messages.find(({ state }) => state === 'due')
    await house().store.sql(`update message set body = '\\x0102' where id = $1::bigint`, [String(broken?.id)])
    await deliverOf(house()).drain()
    expect(texts(anna.hears())).toEqual(['два'])
    expect(texts(boris.hears())).toEqual(['раз'])
    expect((await deadLetters(house().store))[0]?.error).toBe('UNREADABLE')
  })

  it('that a dead process had claimed goes out after its lease, or at once where nobody else can hold it', async () => {
    const anna = await met()
    await queueUp(anna.address, ['раз', 'два'])
    const lease = new Date(house().fake.now().getTime() + LEASE_MS)
    const claim = () =>
      house().store.sql(
        `update message set state = 'sending', lease_until = $1 where id = (select min(id) from message where state = 'due')`,
        [lease],
      )
    await claim()
    const deliver = deliverOf(house())
    await deliver.drain()
    expect(anna.hears()).toEqual([])
    house().fake.forward(LEASE_MS)
    await deliver.drain()
    expect(texts(anna.hears())).toEqual(['раз', 'два'])
    await queueUp(anna.address, ['три'])
    await claim()
    await releaseLeases(house().store.sql)
    await deliver.drain()
    expect(texts(anna.hears())).toEqual(['три'])
  })

  it('is not sent again when only its mark was lost', async () => {
    const anna = await met()
    await queueUp(anna.address, ['раз', 'два'])
    const { store } = house()
    const sql = store.sql
    let lost = 0
    const flaky: typeof store.sql = async (text, values) => {
      if (text.includes(`state = 'sent'`) && lost++ < 2) throw Object.assign(new Error('gone'), { code: '57P01' })
      return sql(text, values)
    }
    const deliver = createDeliver({ ...house(), store: { ...store, sql: flaky }, loadFile: async () => undefined })
    for (let n = 0; n < 4; n++) {
      await deliver.drain().catch(() => undefined)
      house().fake.forward(LEASE_MS)
    }
    expect(lost).toBeGreaterThan(1)
    expect(texts(anna.hears())).toEqual(['раз', 'два'])
    expect((await stateOf(anna.address)).slice(-2)).toEqual(['sent', 'sent'])
  })

  it('keeps the pace of the channel and of each chat, after a short burst, and asks no more often than it must', async () => {
    const anna = await met()
    Object.assign(wire().budget, { perSecond: 30, perChatPerSecond: 1 })
    const at: number[] = []
    const send = sendOf(house())
    wire().send = async (message) => {
      at.push(house().fake.now().getTime())
      return send(message)
    }
    await queueUp(
      anna.address,
      [...Array(6)].map((_, n) => `${n}`),
    )
    const deliver = deliverOf(house())
    const begun = house().fake.now().getTime()
    for (let n = 0; n < 50 && at.length < 6; n++) {
      await deliver.drain()
      house().fake.forward(100)
    }
    expect(at.map((moment) => Math.round((moment - begun) / 1000))).toEqual([0, 0, 0, 1, 2, 3])
    expect(texts(anna.hears())).toEqual(['0', '1', '2', '3', '4', '5'])

    const people = await Promise.all([...Array(45)].map(met))
    Object.assign(wire().budget, { perSecond: 10, perChatPerSecond: 1 })
    for (const somebody of people) await queueUp(somebody.address, ['всем'])
    at.length = 0
    const all = deliverOf(house())
    const statements = vi.spyOn(house().store, 'sql')
    const start = house().fake.now().getTime()
    while (at.length < people.length) {
      await all.drain()
      house().fake.forward(50)
    }
    const spent = statements.mock.calls.length
    statements.mockRestore()
    const inSecond = (second: number) => at.filter((moment) => Math.floor((moment - start) / 1000) === second).length
    expect(inSecond(0)).toBeLessThanOrEqual(21)
    expect(inSecond(1)).toBeLessThanOrEqual(11)
    expect(at.length).toBe(45)
    // A claim, a wait and a mark for each, and the looks in between: nothing that grows with how many wait.
    expect(spent).toBeLessThan(45 * 10)
  }, 60_000)

  it('stays where it is while its channel is down, without counting failures, and goes when it is back', async () => {
    const anna = await met()
    await queueUp(anna.address, ['раз'])
    wire().health = (): ChannelHealth => ({ state: 'down', sentence: 'Away.' })
    const deliver = deliverOf(house())
    for (let n = 0; n < 5; n++) {
      await deliver.drain()
      house().fake.forward(3_600_000)
    }
    const { messages } = await rowsOf(house(), anna.address)
    expect(messages.at(-1)).toMatchObject({ state: 'due', attempts: 0 })
    wire().health = pristine.health
    await deliver.drain()
    expect(texts(anna.hears())).toEqual(['раз'])
  })

  it('leaves the machine in peace while nothing is to be done', async () => {
    const anna = await met()
    await queueUp(anna.address, ['потом'])
    await house().store.sql(`update message set not_before = $1 where state = 'due'`, [
      new Date(house().fake.now().getTime() + 60_000),
    ])
    const statements = vi.spyOn(house().store, 'sql')
    const deliver = deliverOf(house())
    deliver.start()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await deliver.stop()
    const runs = statements.mock.calls.length
    statements.mockRestore()
    expect(runs).toBeLessThan(8)
    house().fake.forward(60_000)
    await deliverOf(house()).drain()
    expect(texts(anna.hears())).toEqual(['потом'])
  })

  it('does not go to whoever blocked us; let in again, what was dropped stays dropped', async () => {
    const anna = await inQueue(house())
    await queueUp(anna.address, ['раз'], 'staff')
    await anna.does({ kind: 'blocked' })
    await anna.settle()
    expect(anna.hears()).toEqual([])
    await anna.does({ kind: 'unblocked' })
    await queueUp(anna.address, ['два'], 'staff')
    await deliverOf(house()).drain()
    expect(texts(anna.hears())).toEqual(['два'])
  })

  it('S22 of staff waits for whoever cleared the chat, until they write; letting us in again is not writing', async () => {
    const anna = await inQueue(house())
    await anna.writes('/panic')
    anna.hears()
    await queueUp(anna.address, ['как вы?'], 'staff')
    await anna.does({ kind: 'blocked' })
    await anna.does({ kind: 'unblocked' })
    await queueUp(anna.address, ['вы здесь?'], 'staff')
    await deliverOf(house()).drain()
    expect(anna.hears()).toEqual([])
    await anna.writes('я здесь')
    expect(texts(anna.hears())).toContain('вы здесь?')
  })

  it('is taken back when it was dropped while it was on its way', async () => {
    const anna = await met()
    const send = sendOf(house())
    wire().send = async (message) => {
      const sent = await send(message)
      await house().store.sql(`update message set state = 'dropped' where id = $1::bigint`, [message.id])
      return sent
    }
    await queueUp(anna.address, ['ещё одно'])
    const { messages } = await rowsOf(house(), anna.address)
    await deliverOf(house()).drain()
    expect(wire().removed).toContain(`out-${messages.at(-1)?.id}`)
  })

  it('is sent by one of two processes', async () => {
    if (kind === 'embedded') return
    const other = await neighbour(house())
    try {
      const people = await Promise.all([...Array(20)].map(met))
      for (const somebody of people) await queueUp(somebody.address, ['раз', 'два', 'три', 'четыре'])
      const both = [deliverOf(house()), deliverOf(other)]
      for (let n = 0; n < 5; n++) {
        await Promise.all(both.map((each) => each.drain()))
        for (const { fake } of [house(), other]) fake.forward(1000)
      }
      for (const { address } of people) {
        const all = [...house().wire.sent(address), ...other.wire.sent(address)].sort(
          (a, b) => Number(a.id) - Number(b.id),
        )
        expect(all.map(({ text }) => text)).toEqual(['раз', 'два', 'три', 'четыре'])
      }
    } finally {
      await other.end()
    }
  })
})
