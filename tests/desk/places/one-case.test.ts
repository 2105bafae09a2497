import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DeliveryError, type IncomingEvent } from '../../../bot/conversation/channel.js'
import { close } from '../../../bot/desk/handling.js'
import { type TestHouse, testHouse } from '../../house.js'
import { centre, client, colleague, group, headOf, placeOf, saidIn, settle } from './staffroom.js'

describe('one case, on two messengers and at the desk', () => {
  let house: TestHouse
  let anna: Awaited<ReturnType<typeof colleague>>
  let boris: Awaited<ReturnType<typeof colleague>>
  let boss: Awaited<ReturnType<typeof colleague>>
  let n = 0
  let me: Awaited<ReturnType<typeof client>>
  let code: string
  let topic: string
  let thread: string

  beforeAll(async () => {
    house = await testHouse({ now: '2026-11-20T12:00:00Z' })
    await centre(house)
    anna = await colleague(house, 'consultant-1', { centreId: 'moscow' })
    boris = await colleague(house, 'consultant-2', { centreId: 'moscow' })
    boss = await colleague(house, 'supervisor-1')
    await group(house, house.wire, '-100')
    await group(house, house.slack, 'C1')
  })
  afterAll(() => house.end())

  beforeEach(async () => {
    me = await client(house, `client ${++n}`)
    code = await me.asksForHuman('хозяин не платит три месяца')
    await settle(house)
    topic = placeOf(house.wire, code)
    thread = placeOf(house.slack, code)
  })

  it('S05 S23 S43 appears at once in a topic and in a thread, by a code and a language, without a name', () => {
    for (const [wire, place] of [
      [house.wire, topic],
      [house.slack, thread],
    ] as const) {
      const head = headOf(wire, place)
      expect(head?.text).toContain(code)
      expect(head?.text).toContain('хозяин не платит три месяца')
      expect(head?.text).not.toContain(me.address)
      expect(head?.guarded).toBe(true)
      expect(wire.places.get(place)?.title).toBe(`${code} · Russian`)
    }
  })

  it('is with whoever claims it first, everywhere', async () => {
    await anna.presses(house.wire, topic, 'Take it')
    await boris.presses(house.slack, thread, 'Take it').catch(() => undefined)
    const found = await house.store.db.case.findUniqueOrThrow({ where: { code }, include: { owner: true } })
    expect(found.owner?.alias).toBe('consultant-1')
    expect(headOf(house.slack, thread)?.text).toContain('Consultant 1')
    expect(headOf(house.wire, topic)?.text).toContain('Consultant 1')
  })

  it('keeps plain words among staff, and shows them at the other place and at the desk as a note', async () => {
    await anna.presses(house.wire, topic, 'Take it')
    me.hears()
    await anna.writes(house.wire, topic, 'похоже на чёрный список')
    expect(me.hears()).toEqual([])
    expect(saidIn(house.slack, thread).at(-1)?.text).toBe('📝 Consultant 1: похоже на чёрный список')
    expect(saidIn(house.wire, topic).map(({ text }) => text)).not.toContain('📝 Consultant 1: похоже на чёрный список')
    expect(await house.store.db.note.count({ where: { case: { code } } })).toBe(1)
  })

  it('waits a minute for a file that the messenger does not give, then says so: what comes after it must not wait for ever', async () => {
    await anna.presses(house.wire, topic, 'Take it')
    me.hears()
    const { ports } = house.conversation
    const { fetchFile } = house.wire
    house.wire.fetchFile = () => Promise.reject(new DeliveryError('retry', 'TELEGRAM_FILE_NOT_READY'))
    const files = [{ kind: 'photo' as const, mime: 'image/png', bytes: 5, ref: 'away' }]
    const brought = {
      channel: 'telegram' as const,
      address: topic,
      updateKey: `a file of ${me.address}`,
      messageKey: 'a file',
      at: house.fake.now(),
      group: true,
      sender: anna.account.telegram,
      event: { kind: 'files' as const, files, text: '! вот образец' },
    }
    await expect(ports.receive(brought)).rejects.toThrow('TELEGRAM_FILE_NOT_READY')
    house.fake.forward(61_000)
    await ports.receive(brought)
    await settle(house)
    if (fetchFile) house.wire.fetchFile = fetchFile
    expect(saidIn(house.wire, topic).at(-1)?.text).toContain('The messenger cannot give this file')
    expect(me.hears()).toEqual([])
  })

  it('S09 sends what begins with an exclamation mark, and what answers the client', async () => {
    await anna.presses(house.wire, topic, 'Take it')
    me.hears()
    await anna.writes(house.wire, topic, '! Здравствуйте, расскажите подробнее')
    await me.settle()
    expect(me.hears().map(({ text }) => text)).toEqual(['Здравствуйте, расскажите подробнее'])
    await me.writes('Работаю на стройке', { messageKey: 'site' })
    await settle(house)
    const copy = saidIn(house.wire, topic).findLast(({ text }) => text === '👤 Работаю на стройке')
    expect(copy).toBeDefined()
    expect(saidIn(house.slack, thread).map(({ text }) => text)).toContain(
      '➡️ Consultant 1: Здравствуйте, расскажите подробнее',
    )
    await anna.writes(house.wire, topic, 'А договор есть?', { replyTo: `out-${copy?.id}` })
    await me.settle()
    const [answer] = me.hears()
    expect(answer?.text).toBe('А договор есть?')
    expect(answer?.replyTo).toBe('site')
  })

  it('sends an answer that is one emoji alone, and shows a client’s the same way', async () => {
    await anna.presses(house.wire, topic, 'Take it')
    me.hears()
    await anna.writes(house.wire, topic, '! 👍🏽')
    await me.settle()
    expect(me.hears().map(({ text }) => text)).toEqual(['👍🏽'])
    await me.writes('🙏')
    await settle(house)
    for (const place of [saidIn(house.wire, topic), saidIn(house.slack, thread)])
      expect(place.map(({ text }) => text)).toContain('👤 🙏')
  })

  it('carries a correction and a taking back to the client, and keeps what it said', async () => {
    await anna.presses(house.wire, topic, 'Take it')
    const key = await anna.writes(house.wire, topic, '! Приходите в 9')
    await me.settle()
    const [said] = me.hears().slice(-1)
    await anna.acts(house.wire, topic, { kind: 'edit', messageKey: key, text: '! Приходите в 10' })
    await me.settle()
    const [changed] = me.hears()
    expect(changed).toMatchObject({ text: 'Приходите в 10', edits: `out-${said?.id}` })
    expect(saidIn(house.slack, thread).map(({ text }) => text)).toContain('➡️ ✏️ Consultant 1: Приходите в 10')
    await anna.acts(house.wire, topic, { kind: 'removed', messageKey: key })
    await me.settle()
    expect(house.wire.removed).toContain(`out-${said?.id}`)
  })

  it('shows the client’s own correction beside the old words', async () => {
    await anna.presses(house.wire, topic, 'Take it')
    await me.writes('Меня зовут на встречу в субботу', { messageKey: 'saturday' })
    await settle(house)
    const copy = saidIn(house.wire, topic).findLast(({ text }) => text.includes('в субботу'))
    await me.does({ kind: 'edit', messageKey: 'saturday', text: 'в воскресенье' })
    await settle(house)
    const corrected = saidIn(house.wire, topic).at(-1)
    expect(corrected).toMatchObject({ text: '👤 ✏️ в воскресенье', replyTo: `out-${copy?.id}` })
  })

  it('tells whoever answers without having it, and loses nothing', async () => {
    await boris.writes(house.wire, topic, '! Здравствуйте')
    expect(saidIn(house.wire, topic).at(-1)?.text).toBe('Nobody has this case. Press “Take it” first, then answer.')
    await anna.presses(house.wire, topic, 'Take it')
    me.hears()
    await boris.writes(house.wire, topic, '! Здравствуйте')
    expect(saidIn(house.wire, topic).at(-1)?.text).toBe('Consultant 1 has this case.')
    expect(me.hears()).toEqual([])
  })

  it('S32 passes on nothing of a stranger in the group, and says so once', async () => {
    await anna.presses(house.wire, topic, 'Take it')
    me.hears()
    for (const nth of [1, 2])
      await house.conversation.ports.receive({
        channel: 'telegram',
        address: topic,
        updateKey: `stranger ${code} ${nth}`,
        messageKey: `s${nth}`,
        at: house.fake.now(),
        group: true,
        sender: 'a stranger',
        event: { kind: 'text', text: '! Пришлите денег' },
      })
    await settle(house)
    expect(me.hears()).toEqual([])
    expect(saidIn(house.wire, topic).filter(({ text }) => text.includes('not on the staff list'))).toHaveLength(1)
    expect(await house.store.db.note.count({ where: { case: { code } } })).toBe(0)
  })

  describe.each([
    ['a topic on Telegram', () => [house.wire, topic] as const],
    ['a thread on Slack', () => [house.slack, thread] as const],
  ])('S32 a stranger in %s', (_, where) => {
    /** Does nothing, and both the place and whoever looks after the house hear of it. */
    let tries = 0
    const toNoAvail = async (
      event: IncomingEvent,
      { sender = 'a stranger', ...more }: { messageKey?: string; replyTo?: string; sender?: string | null } = {},
    ) => {
      const [wire, place] = where()
      const before = await house.store.db.case.findUniqueOrThrow({ where: { code } })
      me.hears()
      await house.conversation.ports.receive({
        channel: wire.name,
        address: place,
        updateKey: `stranger ${code} ${++tries}`,
        at: house.fake.now(),
        group: true,
        ...(sender === null ? {} : { sender }),
        event,
        ...more,
      })
      await settle(house)
      expect(me.hears()).toEqual([])
      expect(await house.store.db.case.findUniqueOrThrow({ where: { code } })).toEqual(before)
      expect(await house.store.db.note.count({ where: { case: { code } } })).toBe(0)
      expect(saidIn(wire, place).filter(({ text }) => text.includes('not on the staff list'))).toHaveLength(1)
      expect(boss.told().filter((text) => text.includes(`In the place of case ${code}`))).toHaveLength(1)
    }
    const buttonOf = (label: string) => {
      const button = headOf(...where())
        ?.buttons?.flat()
        .find((each) => each.label === label)
      return button && 'data' in button ? button.data : ''
    }

    it('writes: neither a note nor an answer comes of it, nor of a command', async () => {
      await anna.presses(...where(), 'Take it')
      for (const text of ['Кто это?', '! Пришлите денег', '/close', 'connect AAAA-AAAA'])
        await toNoAvail({ kind: 'text', text }, { messageKey: `w${text.length}` })
      await toNoAvail({ kind: 'command', name: 'desk', argument: '' })
    })

    it('is the client themselves, or somebody who hides behind the group’s name: the same', async () => {
      await anna.presses(...where(), 'Take it')
      await toNoAvail({ kind: 'text', text: '! Это я' }, { messageKey: 'c1', sender: me.address })
      await toNoAvail({ kind: 'text', text: '! Это мы' }, { messageKey: 'c2', sender: null })
      const take = buttonOf('Answer')
      await toNoAvail({ kind: 'button', data: take, messageKey: 'head', text: 'Это я' }, { sender: me.address })
    })

    it('presses a button: the case is still nobody’s', async () => {
      const data = buttonOf('Take it')
      expect(data).not.toBe('')
      await toNoAvail({ kind: 'button', data, messageKey: 'head' })
    })

    it('presses a button that sends words: nothing is sent', async () => {
      const [wire, place] = where()
      await anna.presses(wire, place, 'Take it')
      const data = buttonOf('Answer')
      expect(data).not.toBe('')
      await toNoAvail({ kind: 'button', data, messageKey: 'head', text: 'Пришлите денег' })
    })

    it('changes what a colleague wrote: the client’s copy stays as it was', async () => {
      const [wire, place] = where()
      await anna.presses(wire, place, 'Take it')
      const messageKey = await anna.writes(wire, place, '! Приходите в 9')
      await me.settle()
      expect(me.hears().at(-1)?.text).toBe('Приходите в 9')
      await toNoAvail({ kind: 'edit', messageKey, text: '! Пришлите денег' })
    })

    it('sends a file, as an answer too: nobody gets it', async () => {
      const [wire, place] = where()
      await anna.presses(wire, place, 'Take it')
      await me.writes('вот мои слова')
      await settle(house)
      const copy = saidIn(wire, place).findLast(({ text }) => text === '👤 вот мои слова')
      expect(copy).toBeDefined()
      const files = [{ kind: 'photo' as const, mime: 'image/png', bytes: 70, ref: 'r', name: 'r.png' }]
      const kept = await house.store.db.file.count()
      await toNoAvail({ kind: 'files', files, text: '! посмотрите' }, { messageKey: 'f1', replyTo: `out-${copy?.id}` })
      expect(await house.store.db.file.count()).toBe(kept)
    })
  })

  it('begins anew in a fresh topic when somebody deleted the old one', async () => {
    await anna.presses(house.wire, topic, 'Take it')
    house.wire.places.delete(topic)
    await me.writes('вы ещё здесь?')
    await settle(house)
    house.fake.forward(5000)
    await settle(house)
    const fresh = placeOf(house.wire, code)
    expect(fresh).not.toBe(topic)
    expect(saidIn(house.wire, fresh).map(({ text }) => text)).toContain('👤 вы ещё здесь?')
  })

  it('puts its first message there again when somebody deleted it, and shows the client’s words all the same', async () => {
    const [head] = house.wire.sent(topic)
    house.wire.failWith = ({ edits }) =>
      edits === `out-${head?.id}` ? new DeliveryError('refused', 'TELEGRAM_MESSAGE_GONE') : undefined
    await boris.presses(house.slack, thread, 'Take it')
    await me.writes('вы ещё здесь?')
    await settle(house)
    const said = saidIn(house.wire, topic)
    const again = said.find(({ text }) => text.includes(code))
    expect(again?.text).toContain('Consultant 2')
    expect(again?.buttons?.length).toBeGreaterThan(0)
    expect(said.map(({ text }) => text)).toContain('👤 вы ещё здесь?')
    // From now on that one is changed, and the group is not said to lack a right
    await close(house, code, boris, 'answered', 'chat')
    await settle(house)
    expect(house.wire.sent(topic).some(({ edits }) => edits === `out-${again?.id}`)).toBe(true)
    expect((await house.store.db.group.findMany()).map(({ state }) => state)).toEqual(['open', 'open'])
    delete house.wire.failWith
  })

  it('S14 S23 is closed in two presses, and its places are taken away after a day', async () => {
    await anna.presses(house.wire, topic, 'Take it')
    await anna.presses(house.wire, topic, 'Close…')
    await anna.presses(house.wire, topic, 'answered')
    await anna.presses(house.wire, topic, 'by phone')
    const found = await house.store.db.case.findUniqueOrThrow({ where: { code } })
    expect(found).toMatchObject({ state: 'closed', outcome: 'answered', contactKind: 'phone' })
    expect(house.wire.places.get(topic)?.open).toBe(false)
    expect(headOf(house.wire, topic)?.buttons).toEqual([])
    house.fake.forward(25 * 3_600_000)
    await settle(house)
    expect(house.wire.places.has(topic)).toBe(false)
    expect(house.slack.places.has(thread)).toBe(false)
  })

  it('S15 takes its places away as soon as the client erases everything', async () => {
    await me.writes('/erase')
    await me.presses('Да')
    await settle(house)
    expect(house.wire.places.has(topic)).toBe(false)
    expect(house.slack.places.has(thread)).toBe(false)
  })
})
