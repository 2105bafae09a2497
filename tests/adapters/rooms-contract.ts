/**
 * What every channel promises whose staff work together in groups (`Rooms` in `bot/conversation/channel.ts`), as tests. A channel's own
 * test file calls `describeRooms` with a harness, as it does with `describeChannel`.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Channel, DeliveryError, type Incoming, PLACE_GONE, type Rooms } from '../../adapters/adapter.js'
import type { Shown } from './contract.js'
import { createHouse, type House, until } from './house.js'

/** Somebody of the staff, a member of the group. Each call resolves once the act has left their hands. */
export type Member = {
  /** The address that their own chat with us has. */
  address(): string
  /** Writes to us in their own chat. */
  hello(text: string): Promise<void>
  text(place: string, text: string): Promise<void>
  /** Answers the message with this key. */
  reply?(place: string, messageKey: string, text: string): Promise<void>
  press(place: string, messageKey: string, label: string): Promise<void>
  /** Changes the words of their own last text there. */
  edit(place: string, text: string): Promise<void>
}

export type RoomsHarness = {
  channel: Channel
  /** A group that lacks nothing. */
  group: string
  /** Groups that lack something, by what `check` must say of each. */
  lacking: { group: string; says: string[] }[]
  member: Member
  colleague: Member
  /** What stands in a place now, oldest first; nothing when the place is gone. Notices of the messenger's own are left out. */
  shown(place: string): Promise<Shown[]>
  /** What of ours stands in the group outside of all places. */
  outside(): Promise<Shown[]>
  /** Whether members may write there. Absent where a place cannot be closed. */
  isOpen?(place: string): Promise<boolean>
  /** Staff delete the place with all that is in it. */
  deletePlace(place: string): Promise<void>
  /** Whether whoever has this address is in the group, or can come back. */
  isIn(member: string): Promise<boolean>
  /** From now on we may not put anybody out. */
  tieHands(): Promise<void>
  /** We are thrown out, or the group is deleted. */
  endGroup(): Promise<void>
  breakDelivery(): Promise<void>
  mendDelivery(): Promise<void>
  close(): Promise<void>
}

/** `makeHarness` has started the channel with `house` when it resolves. */
export function describeRooms(name: string, makeHarness: (house: House) => Promise<RoomsHarness>) {
  describe(`${name} keeps what a channel with rooms promises`, () => {
    let house: House
    let harness: RoomsHarness
    let rooms: Rooms
    beforeEach(async () => {
      house = createHouse()
      harness = await makeHarness(house)
      if (!harness.channel.rooms) throw new Error('the channel has no rooms')
      rooms = harness.channel.rooms
    })
    afterEach(async () => {
      await harness.close()
    })

    let lastId = 0
    const open = (title = 'K7-4F', text = 'Новое обращение') =>
      rooms.open(harness.group, title, { id: `first-${++lastId}`, text, guarded: true })
    const say = (address: string, text: string) => harness.channel.send({ id: `m${++lastId}`, address, text })
    const texts = async (place: string) => (await harness.shown(place)).map(({ text }) => text)
    const next = async (act: () => Promise<void>): Promise<Incoming> => {
      const before = house.taken.length
      await act()
      await house.take(before + 1)
      const incoming = house.taken[before]
      if (!incoming) throw new Error('nothing came')
      return incoming
    }
    const failure = async (promise: Promise<unknown>) => {
      const error = await promise.then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      if (!(error instanceof DeliveryError)) throw new Error(`expected a DeliveryError, got ${error}`)
      expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('canary-words')
      return { policy: error.policy, code: error.code }
    }

    it('says what a group lacks', async () => {
      expect(await rooms.check(harness.group)).toEqual([])
      for (const { group, says } of harness.lacking) expect(await rooms.check(group)).toEqual(says)
    })

    it('opens a place with its first message, and sends, changes and takes back there', async () => {
      const { address, messageKey } = await open()
      expect(await harness.shown(address)).toMatchObject([{ messageKey, text: 'Новое обращение' }])
      const second = await say(address, 'ещё слово')
      await harness.channel.send({ id: 'edit', address, text: 'другое слово', edits: second.messageKey })
      expect(await texts(address)).toEqual(['Новое обращение', 'другое слово'])
      await harness.channel.send({ id: 'answer', address, text: 'ответ', replyTo: messageKey })
      await harness.channel.remove?.(address, second.messageKey)
      expect(await texts(address)).toEqual(['Новое обращение', 'ответ'])
      expect(await harness.outside()).toEqual([])
    })

    it('tells who wrote, where, and what it answers', async () => {
      const { address, messageKey } = await open()
      const wrote = await next(() => harness.member.text(address, 'беру'))
      const { address: own, messageKey: key } = { address: harness.member.address(), messageKey: wrote.messageKey }
      expect(wrote).toMatchObject({ address, group: true, sender: own, event: { kind: 'text', text: 'беру' } })
      expect(wrote).not.toHaveProperty('replyTo')
      const { reply } = harness.member
      if (reply) {
        const answer = await next(() => reply(address, messageKey, 'здравствуйте'))
        expect(answer).toMatchObject({ address, sender: own, replyTo: messageKey, event: { text: 'здравствуйте' } })
      }
      const other = await next(() => harness.colleague.text(address, 'и я'))
      expect(other.sender).toBe(harness.colleague.address())
      expect(other.sender).not.toBe(own)
      expect(key).toBeDefined()
    })

    it('gives back a pressed button with who pressed it, also one with a form', async () => {
      const buttons = [
        [{ label: 'Взять', data: 'take:1' }],
        [{ label: 'Закрыть', data: 'close:1', form: { title: 'Итог', label: 'Слова', send: 'Готово', max: 300 } }],
      ]
      const first = { id: `first-${++lastId}`, text: 'Новое обращение', buttons }
      const { address, messageKey } = await rooms.open(harness.group, 'K7-4F', first)
      for (const { label, data } of buttons.flat()) {
        const pressed = await next(() => harness.member.press(address, messageKey, label))
        const { event, group, sender } = pressed
        expect(event).toMatchObject({ kind: 'button', data, messageKey })
        expect({ group, sender }).toEqual({ group: true, sender: harness.member.address() })
        expect(pressed.address).toBe(address)
      }
    })

    it('tells which message was edited, and by whom', async () => {
      const { address } = await open()
      const wrote = await next(() => harness.member.text(address, '15 марта'))
      const edited = await next(() => harness.member.edit(address, '16 марта'))
      expect(edited).toMatchObject({ address, group: true, sender: harness.member.address() })
      expect(edited.event).toEqual({ kind: 'edit', messageKey: wrote.messageKey, text: '16 марта' })
    })

    it('knows a member’s own chat by the same address, and names no sender there', async () => {
      const { address } = await open()
      const wrote = await next(() => harness.member.text(address, 'я'))
      const own = await next(() => harness.member.hello('тоже я'))
      expect(own.address).toBe(wrote.sender)
      expect(own).not.toHaveProperty('sender')
      expect(own.group ?? false).toBe(false)
    })

    it('keeps two places apart', async () => {
      const [one, two] = [await open('K7-4F', 'первое'), await open('M2-9C', 'второе')]
      expect(one.address).not.toBe(two.address)
      await say(one.address, 'в первое')
      const wrote = await next(() => harness.member.text(two.address, 'из второго'))
      expect(wrote.address).toBe(two.address)
      expect(await texts(one.address)).toEqual(['первое', 'в первое'])
      expect(await texts(two.address)).toEqual(['второе', 'из второго'])
    })

    it('says that staff deleted the place, and puts nothing anywhere else', async () => {
      const [one, two] = [await open(), await open('M2-9C', 'другое')]
      await harness.deletePlace(one.address)
      const gone = { policy: 'refused', code: PLACE_GONE }
      expect(await failure(say(one.address, 'canary-words'))).toEqual(gone)
      expect(await harness.outside()).toEqual([])
      expect(await texts(two.address)).toEqual(['другое'])
      const again = await open('K7-4F', 'снова')
      expect(again.address).not.toBe(one.address)
      expect(await texts(again.address)).toEqual(['снова'])
    })

    it('takes a place away with all that is in it; twice is fine', async () => {
      const { address, messageKey } = await open()
      const { messageKey: second } = await say(address, 'ещё слово')
      const wrote = await next(() => harness.member.text(address, 'ответ'))
      const keys = [messageKey, second, wrote.messageKey ?? '']
      await rooms.remove(address, keys)
      expect(await harness.shown(address)).toEqual([])
      expect(await harness.outside()).toEqual([])
      await rooms.remove(address, keys)
    })

    it('closes and opens a place as often as it is told to, also one that is gone', async () => {
      const { address } = await open()
      for (const isOpen of [false, false, true, true]) {
        await rooms.setOpen(address, isOpen)
        if (harness.isOpen) expect(await harness.isOpen(address)).toBe(isOpen)
      }
      expect(await texts(address)).toEqual(['Новое обращение'])
      await harness.deletePlace(address)
      await rooms.setOpen(address, false)
    })

    it('opens one place for one first message, however often it is tried', async () => {
      const first = { id: 'the first', text: 'canary-words' }
      await harness.breakDelivery()
      expect((await failure(rooms.open(harness.group, 'K7-4F', first))).policy).toBe('retry')
      await harness.mendDelivery()
      const { address } = await rooms.open(harness.group, 'K7-4F', first)
      expect(await texts(address)).toEqual(['canary-words'])
    })

    it('S24 puts a member out of the group, twice without harm, and says when it may not', async () => {
      const [one, two] = [harness.member.address(), harness.colleague.address()]
      for (let time = 0; time < 2; time++) await rooms.dismiss(harness.group, one)
      expect([await harness.isIn(one), await harness.isIn(two)]).toEqual([false, true])
      await harness.breakDelivery()
      expect((await failure(rooms.dismiss(harness.group, two))).policy).toBe('retry')
      await harness.mendDelivery()
      await harness.tieHands()
      expect((await failure(rooms.dismiss(harness.group, two))).policy).toBe('refused')
      await rooms.dismiss(harness.group, one)
      expect(await harness.isIn(two)).toBe(true)
    })

    it('says that the group is gone', async () => {
      const { address } = await open()
      await until('the channel to be up', () => harness.channel.health().state === 'up')
      await harness.endGroup()
      expect((await failure(say(address, 'canary-words'))).policy).toBe('gone')
      expect((await failure(open('M2-9C', 'canary-words'))).policy).toBe('gone')
      expect(await rooms.check(harness.group)).toHaveLength(1)
    })
  })
}
