/** Once, and only there: lost answers, and threads whose first message is gone. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeliveryError, type Outbound, type OutFile } from '../../../adapters/adapter.js'
import type { SlackPerson } from '../../stand-ins/slack/people.js'
import { createHouse } from '../house.js'
import { type Rig, startRig } from './harness.js'

describe('one message of ours in Slack', () => {
  let rig: Rig
  let anna: SlackPerson
  beforeEach(async () => {
    rig = await startRig(createHouse(), { start: false })
    anna = rig.standIn.person()
  })
  afterEach(async () => {
    await rig.close()
  })

  const send = (message: Partial<Outbound>) =>
    rig.channel.send({ id: 'm1', address: anna.id, text: 'canary-words', ...message })
  const failure = async (promise: Promise<unknown>) => {
    const error = await promise.catch((thrown: unknown) => thrown)
    if (!(error instanceof DeliveryError)) throw new Error(`expected a DeliveryError, got ${error}`)
    const everything = `${error.stack} ${JSON.stringify(error)} ${error.cause}`
    for (const secret of ['canary-words', rig.standIn.token, rig.standIn.url, anna.id])
      expect(everything).not.toContain(secret)
    return { policy: error.policy, code: error.code, ...error.detail }
  }
  const file = (parts: Partial<OutFile> = {}): OutFile => ({
    id: 'f',
    kind: 'document',
    mime: 'application/pdf',
    name: 'бланк.pdf',
    content: Uint8Array.from({ length: 2000 }, (_, i) => i % 250),
    ...parts,
  })
  const rootOf = (key: string) => key.split(':')[1] ?? ''

  describe('when an answer is lost', () => {
    it('posts nothing twice by itself, which Bolt’s client would', async () => {
      rig.standIn.loseAnswer('chat.postMessage')
      expect(await failure(send({}))).toEqual({ policy: 'retry', code: 'SLACK_AWAY' })
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(rig.standIn.callsOf('chat.postMessage').length).toBe(1)
    })

    it.each(['a person', 'a channel', 'a thread'])('finds what arrived at %s before it posts again', async (where) => {
      const desk = rig.standIn.channel()
      const root = anna.text('корень', { channel: desk })
      const address = { 'a person': anna.id, 'a channel': desk.id, 'a thread': `${desk.id}/${root.ts}` }[where] ?? ''
      const place = where === 'a person' ? {} : { channel: desk }
      rig.standIn.loseAnswer('chat.postMessage')
      await failure(send({ address }))
      for (let i = 0; i < 250; i++)
        anna.text('тем временем', { ...place, ...(where === 'a thread' && { thread: root.ts }) })
      const { messageKey } = await send({ address, again: true })
      await send({ address, id: 'm2', again: true })
      expect(anna.shown(place).map((seen) => seen.key)[0]).toBe(messageKey)
      expect(rig.standIn.callsOf('chat.postMessage').length).toBe(2)
    })

    it('posts again what did not arrive', async () => {
      rig.standIn.goAway('hang-up')
      await failure(send({}))
      rig.standIn.comeBack()
      await send({ again: true })
      expect(anna.shown().length).toBe(1)
    })

    it.each(['вот', ''])('finds a file that arrived with the words "%s"', async (text) => {
      rig.standIn.loseAnswer('files.completeUploadExternal')
      expect((await failure(send({ text, file: file() }))).policy).toBe('retry')
      const { messageKey } = await send({ text, file: file(), again: true })
      expect(anna.shown().map(({ key, files }) => [key, files.length])).toEqual([[messageKey, 1]])
      expect(rig.standIn.callsOf('files.completeUploadExternal').length).toBe(1)
    })

    it('sends a file again whose content was lost on the way', async () => {
      rig.standIn.loseAnswer('files.getUploadURLExternal')
      expect((await failure(send({ file: file() }))).policy).toBe('retry')
      await send({ file: file(), again: true })
      expect(anna.shown().length).toBe(1)
    })
  })

  it('looks for a file’s message half a minute, and then at the next attempt', async () => {
    const { files } = rig.standIn.world
    const hide = setInterval(() => {
      for (const one of files.values()) one.hiddenFor = 100
    }, 1)
    expect(await failure(send({ file: file() }))).toEqual({ policy: 'retry', code: 'SLACK_FILE_NOT_SHOWN' })
    clearInterval(hide)
    await send({ file: file(), again: true })
    expect(anna.shown().length).toBe(1)
  })

  describe('into the thread of a case whose first message is gone', () => {
    const open = async () => {
      await rig.channel.start(createHouse())
      const desk = rig.standIn.channel()
      const place = await rig.channel.rooms?.open(desk.id, 'K7-4F', { id: 'r1', text: 'случай' })
      if (!place) throw new Error('no rooms')
      return { desk, place, root: rootOf(place.messageKey) }
    }

    it('puts nothing into the channel, where Slack would show it to everybody', async () => {
      const { desk, place, root } = await open()
      anna.removeOf(desk, root)
      expect(await failure(send({ address: place.address }))).toEqual({ policy: 'refused', code: 'PLACE_GONE' })
      expect(await failure(send({ address: place.address, file: file() }))).toEqual({
        policy: 'refused',
        code: 'PLACE_GONE',
      })
      expect((await failure(send({ address: place.address, edits: place.messageKey }))).code).toBe('PLACE_GONE')
      expect(anna.shown({ channel: desk })).toEqual([])
    })

    it('also when answers still hang on its stone', async () => {
      const { desk, place, root } = await open()
      anna.text('беру', { channel: desk, thread: root })
      anna.removeOf(desk, root)
      expect((await failure(send({ address: place.address }))).code).toBe('PLACE_GONE')
    })

    it('knows it at once when Slack tells of the deletion', async () => {
      const { desk, place, root } = await open()
      await send({ address: place.address, id: 'm1' })
      anna.removeOf(desk, root)
      const told = rig.standIn.delivery.sent.at(-1)
      if (told) await rig.standIn.delivery.again(told)
      expect((await failure(send({ address: place.address, id: 'm2' }))).code).toBe('PLACE_GONE')
      expect(rig.standIn.callsOf('chat.postMessage').length).toBe(2)
    })

    it('takes it away again when the message was deleted in the very moment', async () => {
      const { desk, place, root } = await open()
      await send({ address: place.address, id: 'm1' })
      // Nobody told us: the line is gone.
      desk.messages.delete(root)
      expect((await failure(send({ address: place.address, id: 'm2' }))).code).toBe('PLACE_GONE')
      expect(anna.shown({ channel: desk }).filter((seen) => !seen.thread)).toEqual([])
    })
  })
})
