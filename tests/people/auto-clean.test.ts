/** The chat that clears itself before the messenger forbids it (S20), and the silence that follows (S22). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTelegramChannel } from '../../adapters/telegram/channel.js'
import { readConfig } from '../../bot/config.js'
import { inConversation } from '../../bot/conversation/inside.js'
import { claim } from '../../bot/desk/claiming.js'
import { reply } from '../../bot/desk/replies.js'
import { openHouse, type WholeHouse } from '../../bot/house.js'
import { until } from '../adapters/house.js'
import { atAsk, atNotice, inHouses, inQueue, neighbour, rowsOf } from '../conversation/stories.js'
import { fakeClock, type person } from '../house.js'
import { suiteLog } from '../logs.js'
import type { PhonePerson } from '../stand-ins/telegram/people.js'
import { startTelegramStandIn, type TelegramStandIn } from '../stand-ins/telegram/stand-in.js'
import { type Database, embeddedDatabase, KEY } from '../store/databases.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('on Telegram', () => {
  const clock = fakeClock('2026-11-20T12:00:00Z')
  let database: Database
  let house: WholeHouse
  let telegram: TelegramStandIn

  beforeAll(async () => {
    database = await embeddedDatabase()
    await database.store.close()
    telegram = await startTelegramStandIn({ now: clock.now })
    const log = suiteLog()
    house = await openHouse({
      config: readConfig({ DATA_DIR: database.dataDir, RAHNAMO_KEY: KEY.toString('base64') }),
      log,
      clock: clock.now,
      channels: () => [createTelegramChannel({ token: telegram.token, apiRoot: telegram.url, log })],
    })
    await Promise.all(house.channels.map((channel) => channel.start(house.conversation.ports)))
    await until('Telegram is up', () => house.channels[0]?.health().state === 'up')
  })
  afterAll(async () => {
    await house.close()
    await telegram.close()
    await database.drop()
  })

  /** What the workers would do by now; a chat takes one message a second. */
  const settle = async () => {
    for (let round = 0; round < 8; round++) {
      for (const worker of house.conversation.workers) await worker.drain()
      clock.forward(1100)
    }
  }

  /** Somebody in Russia with words of theirs and of ours on the phone, and when the first of them was said. */
  async function talking(): Promise<{ me: PhonePerson; began: number }> {
    const me = telegram.person()
    const began = clock.now().getTime()
    const hash = house.store.vault.hash('address', 'telegram', String(me.id))
    const heard = () =>
      house.store.db.message.findFirst({ where: { author: 'client', conversation: { address: { hash } } } })
    me.text('/start')
    for (let tries = 0; tries < 400 && !(await heard()); tries++) await new Promise((done) => setTimeout(done, 20))
    const { personId } = await house.store.db.address.findFirstOrThrow({ where: { hash } })
    await house.store.db.person.update({ where: { id: personId }, data: { language: 'ru', country: 'RU' } })
    await house.store.db.consent.create({
      data: { personId, kind: 'case', given: true, version: '1', language: 'ru', channel: 'telegram' },
    })
    await settle()
    expect(sides(me)).toEqual(new Set([true, false]))
    return { me, began }
  }

  const sides = (me: PhonePerson) => new Set([...me.chat.messages.values()].map(({ from }) => from.is_bot === true))

  it('S20 leaves all for 39 hours, and at 40 hours both sides’ messages are gone', async () => {
    const { me, began } = await talking()
    const { size } = me.chat.messages
    clock.set(new Date(began + 39 * HOUR))
    await settle()
    expect(me.chat.messages.size).toBe(size)
    clock.set(new Date(began + 40 * HOUR))
    await settle()
    expect([...me.chat.messages.values()]).toEqual([])
    expect(await house.store.db.removal.count()).toBe(0)
    // What the house keeps stays as long as ever
    expect(await house.store.db.message.count({ where: { body: { not: null } } })).toBeGreaterThan(0)
  })

  it('S19 a long chat is gone within ten seconds, a hundred messages at a call, keyboards too, and nothing is asked', async () => {
    const { me } = await talking()
    const hash = house.store.vault.hash('address', 'telegram', String(me.id))
    const address = await house.store.db.address.findFirstOrThrow({
      where: { hash },
      include: { person: true, conversation: true },
    })
    const drawer = house.store.vault.drawer(address.personId, new Uint8Array(address.person.wrappedKey ?? []))
    const now = clock.now()
    // As many as an unhappy night brings, on the phone and with us
    const ids = Array.from({ length: 240 }, (_, n) => 10_000 + n)
    const [any] = me.chat.messages.values()
    if (!any || !address.conversation) throw new Error('Nobody talked.')
    for (const id of ids)
      me.chat.messages.set(id, {
        ...any,
        message_id: id,
        date: Math.floor(now.getTime() / 1000),
        from: { ...any.from },
      })
    const said = { conversationId: address.conversation.id, direction: 'in', author: 'client', state: 'received' }
    await house.store.db.message.createMany({
      data: ids.map((id) => ({
        ...said,
        createdAt: now,
        sentAt: now,
        channelKey: drawer.seal('message.channel_key', String(id)),
      })),
    })
    const before = new Set(me.chat.messages.keys())
    const calls = telegram.calls.length
    me.text('/panic')
    const isQuiet = async () => (await house.store.db.address.count({ where: { hash, state: 'quiet' } })) === 1
    for (let tries = 0; tries < 400 && !(await isQuiet()); tries++) await new Promise((done) => setTimeout(done, 20))
    for (let second = 0; second < 10; second++) {
      for (const worker of house.conversation.workers) await worker.drain()
      clock.forward(1000)
    }
    const left = [...me.chat.messages.values()]
    expect(left.filter(({ message_id: id }) => before.has(id))).toEqual([])
    expect(left.map(({ text, reply_markup: markup }) => [text, markup])).toEqual([['Ок', undefined]])
    const deleted = telegram.calls.slice(calls).filter(({ method }) => method === 'deleteMessages')
    const sizes = deleted.map(({ params }) => (params.message_ids as number[]).length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100)
    expect(sizes.length).toBeLessThan(10)
  })

  it.each([39, 40, 48])(
    'S20 of an album every picture is there at 39 hours, gone at 40, and left alone at 48: %s',
    async (hours) => {
      const { me, began } = await talking()
      const pictures = me.album(
        [1, 2, 3].map((bytes) => ({ kind: 'photo' as const, content: bytes })),
        'три страницы',
      )
      const hash = house.store.vault.hash('address', 'telegram', String(me.id))
      const kept = () =>
        house.store.db.message.count({ where: { conversation: { address: { hash } }, fileId: { not: null } } })
      for (let tries = 0; tries < 400 && (await kept()) < 3; tries++) await new Promise((done) => setTimeout(done, 20))
      expect(await kept()).toBe(3)
      const onPhone = () => pictures.filter(({ message_id: id }) => me.chat.messages.has(id)).length
      clock.set(new Date(Math.max(began, clock.now().getTime()) + hours * HOUR + (hours === 40 ? 0 : -10 * MINUTE)))
      if (hours === 48) clock.forward(20 * MINUTE)
      await settle()
      expect(onPhone()).toBe(hours === 40 ? 0 : 3)
      expect(await house.store.db.removal.count()).toBe(0)
    },
  )

  it('S20 after 48 hours it is too late: Telegram is not asked, and nothing is left to try', async () => {
    const { me, began } = await talking()
    const asked = () => telegram.calls.filter(({ method }) => method.startsWith('deleteMessage')).length
    const before = asked()
    clock.set(new Date(began + 48 * HOUR + 10 * MINUTE))
    await settle()
    expect(asked()).toBe(before)
    expect(me.chat.messages.size).toBeGreaterThan(0)
    expect(await house.store.db.removal.count()).toBe(0)
  })
})

inHouses('the chat that clears itself', (house, kind) => {
  const say = (key: string) => house().mind.words.say('ru', `privacy:${key}`)
  type Person = ReturnType<typeof person>

  /** Forward to the hour after the last word at which all of it must be gone. */
  const wait = async (somebody: Person, hours = 40) => {
    house().wire.removed.length = 0
    house().fake.forward(hours * HOUR)
    await somebody.settle()
  }
  const sentKeys = async (somebody: Person) => {
    const { messages } = await rowsOf(house(), somebody.address)
    return messages.filter(({ state }) => state === 'sent').map(({ id }) => `out-${id}`)
  }
  const choose = async (somebody: Person, label: string) => {
    await somebody.writes('/privacy')
    await somebody.presses(say('choice.options.clean'))
    await somebody.presses(say(`clean.options.${label}`))
    somebody.hears()
  }
  const settleIn = async (somebody: Person, country: string) => {
    const { person } = await rowsOf(house(), somebody.address)
    await house().store.db.person.update({ where: { id: person.id }, data: { country } })
  }

  it('S20 is on by itself in Russia: all goes, the last keyboard too', async () => {
    const somebody = await atAsk(house())
    const keys = await sentKeys(somebody)
    await wait(somebody)
    expect(house().wire.removed).toEqual(expect.arrayContaining(keys))
    expect(house().wire.removed.some((key) => /^m\d+$/.test(key))).toBe(true)
  })

  it('S20 is off by itself elsewhere, and on when the person turns it on', async () => {
    const somebody = await atAsk(house())
    await settleIn(somebody, 'KZ')
    await wait(somebody)
    expect(house().wire.removed).toEqual([])
    await choose(somebody, 'turnOn')
    const newest = (await sentKeys(somebody)).at(-1)
    await wait(somebody)
    expect(house().wire.removed).toContain(newest)
  })

  it('S20 is off in Russia for whoever turns it off', async () => {
    const somebody = await atAsk(house())
    await choose(somebody, 'turnOff')
    await wait(somebody)
    expect(house().wire.removed).toEqual([])
  })

  it('S02 S20 clears the chat of whoever refused, too, though we keep nothing of what they wrote', async () => {
    const somebody = await atNotice(house())
    await somebody.presses(house().mind.words.say('ru', 'hotline:notice.options.refuse'))
    await somebody.presses(house().mind.words.say('ru', 'hotline:country.options.RU'))
    await somebody.presses('Москва')
    const keys = await sentKeys(somebody)
    await wait(somebody, 2)
    expect(await sentKeys(somebody)).toEqual([])
    await wait(somebody, 36)
    expect(house().wire.removed).toEqual([])
    await wait(somebody, 2)
    expect(house().wire.removed).toEqual(expect.arrayContaining(keys))
  })

  it('S20 counts from when a message was said by the channel’s clock, not from when it reached us', async () => {
    const somebody = await atAsk(house())
    const at = new Date(house().fake.now().getTime() - 20 * HOUR)
    await somebody.receive({ kind: 'text', text: 'привет' }, { messageKey: 'long on the way', at })
    await somebody.settle()
    await wait(somebody, 20)
    expect(house().wire.removed).toEqual(['long on the way'])
  })

  it('S22 a reminder says nothing after it, until the client writes', async () => {
    const somebody = await atAsk(house())
    const { conversation } = await rowsOf(house(), somebody.address)
    const remind = () => house().store.db.timer.count({ where: { conversationId: conversation.id } })
    const dueAt = new Date(house().fake.now().getTime() + 50 * HOUR)
    await house().store.db.timer.create({
      data: { conversationId: conversation.id, key: 'hotline/ask', turn: 1, dueAt },
    })
    await wait(somebody)
    expect(await remind()).toBe(0)
    await inside(conversation.id, 'напоминание')
    await wait(somebody, 11)
    expect(somebody.hears()).toEqual([])
    await somebody.writes('/menu')
    expect(somebody.hears().length).toBeGreaterThan(0)
    await inside(conversation.id, 'и снова')
    await somebody.settle()
    expect(somebody.hears().map(({ text }) => text)).toEqual(['и снова'])
  })

  /** As an action says something by itself. */
  const inside = (id: string, text: string) =>
    house().store.transaction((tx) => inConversation(house(), tx, id, async (turn) => turn.sayText(text)))

  it('S22 who is in the middle of a talk is not met with silence because old words went', async () => {
    const somebody = await atAsk(house())
    await wait(somebody, 30)
    await somebody.writes('/menu')
    somebody.hears()
    await wait(somebody, 10)
    expect(house().wire.removed.length).toBeGreaterThan(0)
    const { conversation } = await rowsOf(house(), somebody.address)
    await inside(conversation.id, 'дальше')
    await somebody.settle()
    expect(somebody.hears().map(({ text }) => text)).toEqual(['дальше'])
  })

  it('S22 a consultant’s answer in an open case comes all the same: the client waits for it', async () => {
    const somebody = await inQueue(house())
    const { conversation } = await rowsOf(house(), somebody.address)
    const { code } = await house().store.db.case.findUniqueOrThrow({ where: { id: conversation.caseId ?? '' } })
    await wait(somebody)
    somebody.hears()
    const alias = `consultant-${crypto.randomUUID().slice(0, 8)}`
    const staff = await house().store.db.staff.create({ data: { alias, role: 'consultant' } })
    await claim(house(), code, staff)
    await reply(house(), code, staff, { text: 'Вот ответ', requestId: crypto.randomUUID() })
    await somebody.settle()
    expect(somebody.hears().map(({ text }) => text)).toEqual(['Вот ответ'])
  })

  it.runIf(kind === 'PostgreSQL')('S20 two processes take each message away once', async () => {
    const somebody = await atAsk(house())
    const keys = await sentKeys(somebody)
    const other = await neighbour(house())
    house().wire.removed.length = 0
    for (const each of [house(), other]) each.fake.set(new Date(house().fake.now().getTime()))
    house().fake.forward(40 * HOUR)
    other.fake.set(house().fake.now())
    // What one worker planned, another one takes away in the next round
    for (let round = 0; round < 2; round++)
      await Promise.all([house(), other].flatMap((each) => each.conversation.workers.map((worker) => worker.drain())))
    const removed = [...house().wire.removed, ...other.wire.removed].filter((key) => keys.includes(key))
    expect(new Set(removed).size).toBe(keys.length)
    expect(await house().store.db.removal.count()).toBe(0)
    await other.close()
  })
})
