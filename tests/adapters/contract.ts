/**
 * What every channel promises (`adapters/adapter.ts`), as tests. A channel's own test file calls `describeChannel` with a harness:
 * the real adapter, with the other side (a stand-in, a browser's requests, a pipe) in its hands. Long on purpose: it is the whole
 * list of promises, read from top to bottom.
 */
// Long: every adapter runs all of it, and what they promise is read in one place.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, Incoming, OutButton, OutFile } from '../../adapters/adapter.js'
import { DeliveryError } from '../../adapters/adapter.js'
import { createHouse, type House, until } from './house.js'

/** A message of ours as the person sees it now. */
export type Shown = {
  messageKey: string
  text: string
  buttons?: OutButton[][]
  /** The label of the channel's own share button. */
  request?: string
  file?: { name: string; content: Uint8Array }
}

/** One person at the other side. Each call resolves once the act has left their hands, in the order of the calls. */
export type Person = {
  /** The address that this person's updates carry; known at the latest after their first act. */
  address(): string
  text(text: string): Promise<void>
  /** Presses the button with this label on the message with this key, as the channel's own client does. */
  press(messageKey: string, label: string): Promise<void>
  file?(file: Omit<OutFile, 'id'>, caption?: string): Promise<void>
  /** Changes the words of their own last text. */
  edit?(text: string): Promise<void>
  sharePhone?(phone: string): Promise<void>
  shareLocation?(latitude: number, longitude: number): Promise<void>
  /** Blocks us, or whatever makes this address unreachable for good. */
  leave?(): Promise<void>
  /** Our messages that are on their screen, oldest first. */
  shown(): Promise<Shown[]>
}

export type Harness = {
  channel: Channel
  person: Person
  stranger: Person
  /** Makes the other side unreachable for `send`, and reachable again. */
  breakDelivery?(): Promise<void>
  mendDelivery?(): Promise<void>
  /** Makes the channel deliver its last update once more. */
  redeliver?(): Promise<void>
  /** Secrets (tokens) that must never appear in an error. */
  secrets?: string[]
  /** What the channel cannot do by its nature; its tests are skipped by name. */
  cannot?: ('edit-ours' | 'remove')[]
  close(): Promise<void>
}

const ODD_TEXT = '<b>не жирный</b> *x* _y_ [a](https://example.org) &amp; \\ `код`\n\nسلام 👩‍👩‍👧 Oʻzbekcha ҳ'
const PICTURE = Uint8Array.from({ length: 3000 }, (_, i) => i % 251)
const KNOWN_FIELDS = [
  'channel',
  'address',
  'updateKey',
  'messageKey',
  'at',
  'locale',
  'group',
  'sender',
  'replyTo',
  'album',
  'event',
]

/** `makeHarness` builds the channel, opens its server if it has one, and has started it with `house` when it resolves. */
export function describeChannel(name: string, makeHarness: (house: House) => Promise<Harness>) {
  describe(`${name} keeps what a channel promises`, () => {
    let house: House
    let harness: Harness
    beforeEach(async () => {
      house = createHouse()
      harness = await makeHarness(house)
    })
    afterEach(async () => {
      await harness.close()
    })

    /** The person says hello, so that their address is known, and the house forgets it again. */
    const meet = async (person = harness.person) => {
      const before = house.taken.length
      await person.text('hello')
      await house.take(before + 1)
      house.taken.splice(before)
      return person.address()
    }
    const textOf = (incoming: Incoming | undefined) =>
      incoming?.event.kind === 'text' ? incoming.event.text : incoming?.event.kind
    const shown = async (messageKey: string) => {
      for (let attempt = 0; attempt < 200; attempt++) {
        const found = (await harness.person.shown()).find((one) => one.messageKey === messageKey)
        if (found) return found
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      throw new Error('the message did not arrive at the other side')
    }
    const failure = async (promise: Promise<unknown>) => {
      const error = await promise.then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      if (!(error instanceof DeliveryError)) throw new Error(`expected a DeliveryError, got ${error}`)
      expect(error.code).toMatch(/^[A-Z][A-Z0-9_]+$/)
      const everything = `${error.message} ${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.cause ?? '')}`
      for (const secret of [...(harness.secrets ?? []), 'canary-words']) expect(everything).not.toContain(secret)
      return error
    }

    it('says what it is and what it can carry', async () => {
      const { limits, budget } = harness.channel
      for (const number of [...Object.values(limits), ...Object.values(budget)]) expect(number).toBeGreaterThan(0)
      await until('health to be up', () => harness.channel.health().state === 'up')
      expect(harness.channel.health().sentence).toMatch(/\.$/)
    })

    it('S05 takes in what a person writes, and nothing about who they are', async () => {
      await harness.person.text(ODD_TEXT)
      const [incoming] = await house.take(1)
      expect(incoming).toMatchObject({ channel: harness.channel.name, address: harness.person.address() })
      expect(incoming?.event).toEqual({ kind: 'text', text: ODD_TEXT })
      expect(Number.isNaN(incoming?.at.getTime())).toBe(false)
      expect(Object.keys(incoming ?? {}).filter((key) => !KNOWN_FIELDS.includes(key))).toEqual([])
    })

    it('keeps people apart and each person together', async () => {
      const first = await meet()
      const other = await meet(harness.stranger)
      await harness.person.text('again')
      const [again] = await house.take(1)
      expect(again?.address).toBe(first)
      expect(other).not.toBe(first)
    })

    it('takes in one person’s messages in order, one at a time, each with its own key', async () => {
      await meet()
      house.before = () => new Promise((resolve) => setTimeout(resolve, 20))
      await Promise.all(['one', 'two', 'three', 'four'].map((word) => harness.person.text(word)))
      const incoming = await house.take(4)
      expect(incoming.map(textOf)).toEqual(['one', 'two', 'three', 'four'])
      expect(new Set(incoming.map((one) => one.updateKey)).size).toBe(4)
      expect(house.mostAtOnce()).toBe(1)
    })

    it('offers the same update again when the house could not commit it, and keeps the order', async () => {
      await meet()
      let refusals = 2
      const offeredBefore = house.offered.length
      house.before = () => {
        if (refusals-- > 0) throw new Error('the database is away')
      }
      await Promise.all([harness.person.text('first'), harness.person.text('second')])
      const incoming = await house.take(2)
      expect(incoming.map(textOf)).toEqual(['first', 'second'])
      const attempts = house.offered.slice(offeredBefore).filter((one) => textOf(one) === 'first')
      expect(attempts.length).toBeGreaterThan(1)
      expect(new Set(attempts.map((one) => one.updateKey)).size).toBe(1)
    })

    it('does not let one person’s trouble hold up another', async () => {
      await meet()
      const stuck = harness.person.address()
      let open = () => {}
      const gate = new Promise<void>((resolve) => {
        open = resolve
      })
      house.before = (incoming) => (incoming.address === stuck ? gate : undefined)
      const waiting = harness.person.text('slow')
      await harness.stranger.text('quick')
      expect((await house.take(1)).map(textOf)).toEqual(['quick'])
      open()
      await waiting
      expect((await house.take(2)).map(textOf)).toEqual(['quick', 'slow'])
    })

    it('S26 gives a redelivered update the same key', async ({ skip }) => {
      if (!harness.redeliver) return skip('the channel never delivers twice')
      await meet()
      await harness.person.text('once')
      const [once] = await house.take(1)
      const before = house.offered.length
      await harness.redeliver()
      await until('the second delivery', () => house.offered.length > before)
      expect(house.offered.at(-1)).toMatchObject({ updateKey: once?.updateKey, messageKey: once?.messageKey })
      expect(house.taken.length).toBe(1)
    })

    it('sends a text exactly as it is', async () => {
      const address = await meet()
      for (const text of [ODD_TEXT, 'x'.repeat(Math.min(harness.channel.limits.text, 20_000))]) {
        const { messageKey } = await house.say(harness.channel, { address, text })
        expect((await shown(messageKey)).text).toBe(text)
      }
      expect(await harness.stranger.shown()).toEqual([])
    })

    it('shows buttons, and gives back what a pressed one carries', async () => {
      const address = await meet()
      const buttons = [
        [
          { label: 'Да ✓', data: 'yes:1' },
          { label: 'Нет', data: 'no:1' },
        ],
        [{ label: 'Карта', url: 'https://example.org/map' }],
      ]
      const { messageKey } = await house.say(harness.channel, { address, text: 'Помогло?', buttons })
      expect((await shown(messageKey)).buttons).toEqual(buttons)
      await harness.person.press(messageKey, 'Нет')
      await harness.person.press(messageKey, 'Нет')
      const [first, second] = await house.take(2)
      expect(first?.event).toMatchObject({ kind: 'button', data: 'no:1' })
      if (first?.event.kind === 'button' && first.event.messageKey) expect(first.event.messageKey).toBe(messageKey)
      expect(second?.updateKey).not.toBe(first?.updateKey)
    })

    it('asks with words and buttons also where nothing can be picked', async () => {
      const address = await meet()
      const picker = { kind: 'date', data: 'day:1', placeholder: 'Выберите день' } as const
      const buttons = [[{ label: 'Назад', data: 'back' }]]
      const { messageKey } = await house.say(harness.channel, { address, text: 'Когда?', buttons, picker })
      expect(await shown(messageKey)).toMatchObject({ text: 'Когда?', buttons })
    })

    it('sends a file with its words', async () => {
      const address = await meet()
      const file = {
        id: 'f1',
        kind: 'document',
        mime: 'application/pdf',
        name: 'справка 1.pdf',
        content: PICTURE,
      } as const
      const { messageKey } = await house.say(harness.channel, { address, text: 'Вот <справка>', file })
      const seen = await shown(messageKey)
      expect(seen).toMatchObject({ text: 'Вот <справка>', file: { name: 'справка 1.pdf' } })
      expect(Buffer.from(seen.file?.content ?? []).equals(PICTURE)).toBe(true)
    })

    it('takes in a file whose content can be had afterwards', async ({ skip }) => {
      if (!harness.person.file) return skip('no files come this way')
      const address = await meet()
      await harness.person.file(
        { kind: 'document', mime: 'application/pdf', name: 'паспорт.pdf', content: PICTURE },
        'вот',
      )
      const [incoming] = await house.take(1)
      if (incoming?.event.kind !== 'files') throw new Error(`expected files, got ${incoming?.event.kind}`)
      const [file] = incoming.event.files
      expect(incoming.event.text).toBe('вот')
      expect(file).toMatchObject({ bytes: PICTURE.length, mime: 'application/pdf' })
      const content = file?.ref
        ? await harness.channel.fetchFile?.(file.ref)
        : (await house.readFile(harness.channel.name, address, file?.stored ?? ''))?.content
      expect(Buffer.from(content ?? []).equals(PICTURE)).toBe(true)
    })

    it('knows which message was edited', async ({ skip }) => {
      if (!harness.person.edit) return skip('nothing is edited here')
      await meet()
      await harness.person.text('15 марта')
      await harness.person.edit('16 марта')
      await harness.person.edit('17 марта')
      const [original, ...edits] = await house.take(3)
      for (const [i, text] of ['16 марта', '17 марта'].entries())
        expect(edits[i]?.event).toEqual({ kind: 'edit', messageKey: original?.messageKey, text })
      expect(edits[1]?.updateKey).not.toBe(edits[0]?.updateKey)
    })

    it('asks for a phone number and a place with the channel’s own means', async ({ skip }) => {
      if (!harness.person.sharePhone || !harness.person.shareLocation) return skip('nothing is shared here')
      const address = await meet()
      const request = { kind: 'phone', label: 'Дать номер' } as const
      const { messageKey } = await house.say(harness.channel, { address, text: 'Ваш номер?', request })
      expect((await shown(messageKey)).request).toBe('Дать номер')
      await harness.person.sharePhone('+77010000000')
      await harness.person.shareLocation(43.25, 76.95)
      const [phone, place] = await house.take(2)
      expect(phone?.event).toMatchObject({ kind: 'phone', own: true })
      expect(place?.event).toEqual({ kind: 'location', latitude: 43.25, longitude: 76.95 })
    })

    it('changes a message of ours, also into what it already says', async ({ skip }) => {
      if (harness.cannot?.includes('edit-ours')) return skip('what is said stays said')
      const address = await meet()
      const { messageKey } = await house.say(harness.channel, { address, text: 'старое' })
      for (const text of ['новое', 'новое']) {
        await harness.channel.send({ id: `edit-${text}`, address, text, edits: messageKey })
        expect((await shown(messageKey)).text).toBe('новое')
      }
    })

    it('takes a message away, also when it is already gone', async ({ skip }) => {
      if (!harness.channel.remove || harness.cannot?.includes('remove')) return skip('nothing can be taken back')
      const address = await meet()
      const { messageKey } = await house.say(harness.channel, { address, text: 'сотрите меня' })
      await shown(messageKey)
      await harness.channel.remove(address, messageKey)
      await harness.channel.remove(address, messageKey)
      expect((await harness.person.shown()).map((one) => one.messageKey)).not.toContain(messageKey)
    })

    it('sends a reply although the message it replies to is gone', async () => {
      const address = await meet()
      const { messageKey } = await house.say(harness.channel, { address, text: 'ответ', replyTo: '999999' })
      expect((await shown(messageKey)).text).toBe('ответ')
    })

    it('says that a message has to be sent again when the other side is away, and then sends it', async ({ skip }) => {
      if (!harness.breakDelivery || !harness.mendDelivery) return skip('the other side cannot be away')
      const address = await meet()
      await harness.breakDelivery()
      const message = { address, text: 'canary-words' }
      expect((await failure(house.say(harness.channel, message))).policy).toBe('retry')
      await harness.mendDelivery()
      const { messageKey } = await house.say(harness.channel, message)
      expect((await shown(messageKey)).text).toBe('canary-words')
    })

    it('says that an address is gone', async ({ skip }) => {
      if (!harness.person.leave) return skip('nobody can leave for good')
      const address = await meet()
      await harness.person.leave()
      expect((await failure(house.say(harness.channel, { address, text: 'canary-words' }))).policy).toBe('gone')
    })

    it('receives nothing after it has stopped, and may be stopped twice', async () => {
      await meet()
      await harness.channel.stop()
      await harness.channel.stop()
      const before = house.offered.length
      await Promise.race([harness.person.text('too late').catch(() => {}), new Promise((r) => setTimeout(r, 100))])
      expect(house.offered.length).toBe(before)
      expect(harness.channel.health().state).toBe('off')
    })
  })
}
