/** What reaches Telegram, and what its answers mean. */
// Long: a table of every answer of the messenger, beside what becomes of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeliveryError, type Outbound, type OutFile, PLACE_GONE } from '../../../adapters/adapter.js'
import { ApiError, badRequest, forbidden } from '../../stand-ins/telegram/errors.js'
import type { PhonePerson } from '../../stand-ins/telegram/people.js'
import { createHouse } from '../house.js'
import { type Rig, startRig } from './harness.js'

const MIMES = { document: 'application/pdf', photo: 'image/jpeg', voice: 'audio/ogg', video: 'video/mp4' }
const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

describe('sending to Telegram', () => {
  let now = new Date('2026-11-23T12:00:00Z')
  let rig: Rig
  let anna: PhonePerson
  beforeEach(async () => {
    now = new Date('2026-11-23T12:00:00Z')
    rig = await startRig(createHouse(), { standIn: { now: () => now }, start: false })
    anna = rig.standIn.person()
  })
  afterEach(async () => {
    await rig.close()
  })

  const send = (message: Partial<Outbound>) =>
    rig.channel.send({ id: 'm1', address: String(anna.chat.id), text: 'canary-words', ...message })
  const failure = async (promise: Promise<unknown>) => {
    const error = await promise.catch((thrown: unknown) => thrown)
    if (!(error instanceof DeliveryError)) throw new Error(`expected a DeliveryError, got ${error}`)
    const everything = `${error.stack} ${JSON.stringify(error)} ${error.cause}`
    for (const secret of ['canary-words', rig.standIn.token, String(anna.chat.id)])
      expect(everything).not.toContain(secret)
    return { policy: error.policy, code: error.code, ...error.detail }
  }
  const file = (parts: Partial<OutFile>): OutFile => ({
    id: 'f',
    kind: 'document',
    mime: 'application/pdf',
    name: 'a.pdf',
    content: JPEG,
    ...parts,
  })
  const lastCall = () => rig.standIn.calls.at(-1)

  it('S35 never asks for markup and never shows what is behind a link', async () => {
    const { messageKey } = await send({ text: 'https://example.org <b>*_' })
    await send({ text: 'https://example.org/2', edits: messageKey })
    const { params } = rig.standIn.callsOf('sendMessage')[0] ?? {}
    expect(params).toEqual({
      chat_id: anna.chat.id,
      text: 'https://example.org <b>*_',
      link_preview_options: { is_disabled: true },
    })
    expect(lastCall()?.params).toMatchObject({ link_preview_options: { is_disabled: true } })
    for (const call of rig.standIn.calls) expect(call.params).not.toHaveProperty('parse_mode')
  })

  it('answers into the topic of a forum, and changes and deletes there', async () => {
    const forum = rig.standIn.group()
    const topic = forum.openTopic('K7-4F')
    const address = `${forum.id}/${topic}`
    const { messageKey } = await send({ address })
    expect(forum.shown(topic).map((message) => message.message_id)).toEqual([Number(messageKey)])
    await send({ address, edits: messageKey, text: 'другое' })
    await rig.channel.remove?.(address, messageKey)
    expect(forum.shown(topic)).toEqual([])
  })

  it('replies within a topic, and sends all the same when the message it answers is gone', async () => {
    const forum = rig.standIn.group()
    const topic = forum.openTopic('K7-4F')
    const { message_id: id } = anna.in(forum, topic).text('кто это?')
    for (const replyTo of [String(id), '88888']) await send({ address: `${forum.id}/${topic}`, replyTo })
    const replies = forum.shown(topic).filter((message) => message.from.is_bot)
    expect(replies.map((message) => Object(message.reply_to_message).message_id)).toEqual([id, undefined])
    expect(forum.shown()).toEqual([])
  })

  it('S23 keeps what is guarded from being forwarded or saved, files as well', async () => {
    for (const kind of ['document', 'photo', 'voice', 'video'] as const)
      await send({ guarded: true, file: file({ kind, mime: MIMES[kind] }) })
    await send({ guarded: true })
    await send({})
    expect(anna.shown().map((message) => message.has_protected_content)).toEqual([
      true,
      true,
      true,
      true,
      true,
      undefined,
    ])
  })

  describe('when the topic is gone', () => {
    const gone = { policy: 'refused', code: PLACE_GONE }
    const deleted = () => {
      const forum = rig.standIn.group()
      const topic = forum.openTopic('K7-4F')
      forum.deleteTopic(topic)
      return { forum, address: `${forum.id}/${topic}` }
    }

    it('says so, and does not post to the main chat', async () => {
      const { forum, address } = deleted()
      expect(await failure(send({ address }))).toEqual(gone)
      expect(forum.shown()).toEqual([])
    })

    it.each(['a text', 'a file'])('takes back %s that Telegram put into the main chat', async (what) => {
      const { forum, address } = deleted()
      forum.chat.strays = true
      expect(await failure(send({ address, ...(what === 'a file' && { file: file({}) }) }))).toEqual(gone)
      expect(forum.shown()).toEqual([])
    })

    it('takes it back where topics were switched off, also when it answers a message of that topic', async () => {
      const forum = rig.standIn.group()
      const topic = forum.openTopic('K7-4F')
      const { message_id: id } = anna.in(forum, topic).text('кто это?')
      forum.setForum(false)
      expect(await failure(send({ address: `${forum.id}/${topic}`, replyTo: String(id) }))).toEqual(gone)
      expect(forum.shown().filter((message) => message.from.is_bot)).toEqual([])
    })

    it('tries twice to take it back, and tells the log when it could not', async () => {
      const { forum, address } = deleted()
      forum.chat.strays = true
      rig.standIn.failNext('deleteMessage', new ApiError(500, 'Internal Server Error'))
      expect(await failure(send({ address }))).toEqual(gone)
      expect(forum.shown()).toEqual([])
      for (let n = 0; n < 2; n++) rig.standIn.failNext('deleteMessage', new ApiError(500, 'Internal Server Error'))
      expect(await failure(send({ address }))).toEqual(gone)
      expect(rig.lines.map(({ fields }) => fields.code)).toContain('TELEGRAM_STRAY_MESSAGE')
    })
  })

  it('writes into a topic that staff closed when it may, and otherwise says why not', async () => {
    const forum = rig.standIn.group()
    const topic = forum.openTopic('K7-4F')
    forum.setClosed(topic, true)
    await send({ address: `${forum.id}/${topic}` })
    forum.become({ status: 'administrator' })
    const refused = { policy: 'refused', code: 'TELEGRAM_TOPIC_CLOSED' }
    expect(await failure(send({ address: `${forum.id}/${topic}` }))).toEqual(refused)
  })

  it('takes the share keyboard away with the next message, and never otherwise', async () => {
    await send({})
    expect(lastCall()?.params).not.toHaveProperty('reply_markup')
    await send({ request: { kind: 'phone', label: 'Дать номер' }, buttons: [[{ label: 'Не сейчас', data: 'no' }]] })
    expect(anna.chat.keyboard).toEqual([[{ text: 'Дать номер', request_contact: true }], [{ text: 'Не сейчас' }]])
    expect(lastCall()?.params.reply_markup).toMatchObject({ one_time_keyboard: true, resize_keyboard: true })
    await send({ buttons: [[{ label: 'Да', data: 'yes' }]] })
    expect(anna.chat.keyboard).toBeDefined()
    await send({})
    expect(anna.chat.keyboard).toBeUndefined()
    await send({})
    expect(lastCall()?.params).not.toHaveProperty('reply_markup')
    await send({ request: { kind: 'location', label: 'Где я' } })
    expect(anna.chat.keyboard).toEqual([[{ text: 'Где я', request_location: true }]])
  })

  it('replies to a message, and sends all the same when that one is gone', async () => {
    const { message_id: id } = anna.text('вопрос')
    await send({ replyTo: String(id) })
    expect(lastCall()?.params.reply_parameters).toEqual({ message_id: id, allow_sending_without_reply: true })
    await send({ replyTo: '88888' })
    await send({ replyTo: 'from-another-channel' })
    expect(lastCall()?.params).not.toHaveProperty('reply_parameters')
  })

  it.each([
    ['photo', 'image/jpeg', 'sendPhoto'],
    ['photo', 'image/heic', 'sendDocument'],
    ['voice', 'audio/ogg; codecs=opus', 'sendVoice'],
    ['voice', 'audio/webm', 'sendDocument'],
    ['video', 'video/mp4', 'sendVideo'],
    ['video', 'video/x-matroska', 'sendDocument'],
    ['document', 'application/pdf', 'sendDocument'],
  ] as const)('sends a %s of %s by %s', async (kind, mime, method) => {
    await send({ file: file({ kind, mime, name: 'фото "1"; .jpg' }) })
    expect(lastCall()).toMatchObject({ method, params: { caption: 'canary-words' } })
    const [shown] = anna.shown()
    expect(shown?.file?.name).toBe('фото _1__ .jpg')
    expect(rig.standIn.world.files.get(shown?.file?.fileId ?? '')?.content).toEqual(Buffer.from(JPEG))
  })

  it('sends as a document what Telegram does not take as a photo or as a voice message', async () => {
    await send({ file: file({ kind: 'photo', mime: 'image/png', content: new Uint8Array(50) }) })
    expect(anna.shown().at(-1)?.file?.kind).toBe('document')
    anna.chat.refusesVoice = true
    await send({ file: file({ kind: 'voice', mime: 'audio/ogg' }) })
    expect(anna.shown().at(-1)?.file?.kind).toBe('document')
  })

  it('changes the words under a file', async () => {
    const { messageKey } = await send({ file: file({}) })
    await send({ edits: messageKey, text: 'другие слова' })
    expect(anna.shown()[0]?.caption).toBe('другие слова')
  })

  it('drops the buttons of a message that is changed to have none', async () => {
    const { messageKey } = await send({ buttons: [[{ label: 'Да', data: 'yes' }]] })
    await send({ edits: messageKey })
    expect(anna.shown()[0]?.reply_markup).toBeUndefined()
    await send({ edits: messageKey })
  })

  it.each([
    [
      'too many requests',
      new ApiError(429, 'Too Many Requests: retry after 31', { retry_after: 31 }),
      { policy: 'retry', code: 'TELEGRAM_429', retryAfterMs: 31_000 },
    ],
    ['a person who blocked us', forbidden('bot was blocked by the user'), { policy: 'gone', code: 'TELEGRAM_403' }],
    ['a deleted account', forbidden('user is deactivated'), { policy: 'gone', code: 'TELEGRAM_403' }],
    ['an unknown chat', badRequest('chat not found'), { policy: 'gone', code: 'TELEGRAM_CHAT_NOT_FOUND' }],
    [
      'a supergroup',
      badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -10042 }),
      { policy: 'moved', code: 'TELEGRAM_MOVED', to: '-10042' },
    ],
    ['a button too long', badRequest('BUTTON_DATA_INVALID'), { policy: 'refused', code: 'TELEGRAM_400' }],
    ['a body too large', new ApiError(413, 'Request Entity Too Large'), { policy: 'refused', code: 'TELEGRAM_413' }],
    [
      'a refused token',
      new ApiError(401, 'Unauthorized'),
      { policy: 'retry', code: 'TELEGRAM_401', retryAfterMs: 60_000 },
    ],
    [
      'an error of Telegram’s own',
      new ApiError(500, 'Internal Server Error'),
      { policy: 'retry', code: 'TELEGRAM_500' },
    ],
  ])('knows what to do about %s', async (_what, error, expected) => {
    rig.standIn.failNext('sendMessage', error)
    expect(await failure(send({}))).toEqual(expected)
    if (expected.policy !== 'gone') await send({})
  })

  it.each(['hang-up', 'bad-gateway'] as const)('sends later when Telegram is away (%s)', async (how) => {
    rig.standIn.goAway(how)
    expect(await failure(send({}))).toEqual({ policy: 'retry', code: 'TELEGRAM_AWAY' })
    expect(await failure(send({ file: file({}) }))).toEqual({ policy: 'retry', code: 'TELEGRAM_AWAY' })
    rig.standIn.comeBack()
    await send({})
    expect(anna.shown().length).toBe(1)
  })

  it('refuses what was never an address', async () => {
    for (const address of ['', 'web-visitor-1', '1/2/3', "1';--", '99999999999999999999'])
      expect((await failure(send({ address }))).policy).toBe('gone')
    expect(rig.standIn.calls).toEqual([])
  })

  it.each([
    ['an empty text', { text: '' }],
    ['a text of 4,097 letters', { text: 'x'.repeat(4097) }],
    ['button data of 65 bytes', { buttons: [[{ label: 'x', data: 'я'.repeat(33) }]] }],
    ['101 buttons', { buttons: Array.from({ length: 101 }, (_, i) => [{ label: 'x', data: `${i}` }]) }],
    ['a message that cannot be found', { edits: '77777' }],
  ])('says that Telegram refuses %s', async (_what, message) => {
    expect((await failure(send(message))).policy).toBe('refused')
  })

  it('carries all that its limits promise', async () => {
    const { limits } = rig.channel
    const data = 'x'.repeat(limits.buttonDataBytes)
    const buttons = Array.from({ length: limits.buttons }, () => [{ label: 'я'.repeat(limits.label), data }])
    await send({ text: 'я'.repeat(limits.text), buttons })
    await send({ text: 'я'.repeat(limits.caption), file: file({ content: new Uint8Array(limits.fileBytesOut) }) })
    expect(anna.shown().length).toBe(2)
  })

  it('deletes for 48 hours, and says when it is too late', async () => {
    const { messageKey: early } = await send({})
    const { messageKey: late } = await send({})
    now = new Date(now.getTime() + 47.9 * 3_600_000)
    await rig.channel.remove?.(String(anna.chat.id), early)
    now = new Date(now.getTime() + 0.2 * 3_600_000)
    const removal = rig.channel.remove?.(String(anna.chat.id), late) ?? Promise.resolve()
    expect(await failure(removal)).toEqual({ policy: 'refused', code: 'TELEGRAM_MESSAGE_TOO_OLD' })
    expect(anna.shown().map((message) => String(message.message_id))).toEqual([late])
  })

  it('deletes many at once, a hundred with each call, and passes over those that are gone', async () => {
    const keys: string[] = []
    for (let n = 0; n < 130; n++) keys.push(String(anna.text(`${n}`).message_id))
    await rig.channel.removeMany?.(String(anna.chat.id), [...keys.slice(0, 120), '777777', 'from-another-channel'])
    expect(anna.chat.messages.size).toBe(10)
    await rig.channel.removeMany?.(String(anna.chat.id), keys)
    await rig.channel.removeMany?.(String(anna.chat.id), [])
    expect(anna.chat.messages.size).toBe(0)
    const sizes = rig.standIn.callsOf('deleteMessages').map(({ params }) => Object(params.message_ids).length)
    expect(sizes).toEqual([100, 21, 100, 30])
  })

  it('says when one of many is too old, and what to do when Telegram is away', async () => {
    const { messageKey: old } = await send({})
    now = new Date(now.getTime() + 48.1 * 3_600_000)
    const { messageKey: young } = await send({})
    const many = () => rig.channel.removeMany?.(String(anna.chat.id), [old, young]) ?? Promise.resolve()
    expect(await failure(many())).toEqual({ policy: 'refused', code: 'TELEGRAM_MESSAGE_TOO_OLD' })
    rig.standIn.goAway('hang-up')
    expect(await failure(many())).toEqual({ policy: 'retry', code: 'TELEGRAM_AWAY' })
    rig.standIn.comeBack()
    anna.block()
    expect((await failure(many())).policy).toBe('gone')
  })
})
