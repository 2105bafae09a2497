/** What reaches Slack, once each, and what its answers mean. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeliveryError, type OutButton, type Outbound, type OutFile } from '../../../adapters/adapter.js'
import type { SlackPerson } from '../../stand-ins/slack/people.js'
import { createHouse } from '../house.js'
import { type Rig, startRig } from './harness.js'

describe('sending to Slack', () => {
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

  it('S35 never asks for markup and never shows what is behind a link', async () => {
    const text = 'Тут: https://example.org/a?b=1&c=2, и <b>*x*_y_ :smile: <@U0BOT>'
    const { messageKey } = await send({ text })
    await send({ text: `${text}!`, edits: messageKey })
    const [{ params = {} } = {}] = rig.standIn.callsOf('chat.postMessage')
    expect(params).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
      mrkdwn: 'false',
      parse: 'none',
      link_names: 'false',
    })
    expect(params.text).toContain('&lt;b&gt;*x*_y_ :smile: &lt;@U0BOT&gt;')
    const [block] = Array.isArray(params.blocks) ? params.blocks : []
    expect(block.elements[0].elements).toEqual([
      { type: 'text', text: 'Тут: ' },
      { type: 'link', url: 'https://example.org/a?b=1&c=2' },
      { type: 'text', text: ', и <b>*x*_y_ :smile: <@U0BOT>' },
    ])
    expect(anna.shown().map((seen) => seen.text)).toEqual([`${text}!`])
  })

  it('carries all that its limits promise', async () => {
    const { limits } = rig.channel
    const data = (i: number) => String(i).padEnd(limits.buttonDataBytes, 'x')
    const rows = Array.from({ length: limits.buttons }, (_, i): OutButton[] => [
      { label: 'я'.repeat(limits.label), data: data(i) },
    ])
    await send({ text: '😀'.repeat(limits.text / 2), buttons: rows })
    await send({ text: 'я'.repeat(limits.caption), file: file({ content: new Uint8Array(limits.fileBytesOut) }) })
    const [long, withFile] = anna.shown()
    expect(long?.text).toBe('😀'.repeat(limits.text / 2))
    expect(
      long?.rows
        .flat()
        .map((button) => button.data)
        .sort(),
    ).toEqual(
      rows
        .flat()
        .map((_, i) => data(i))
        .sort(),
    )
    expect(withFile?.files.length).toBe(1)
  })

  it('makes one menu of many buttons, and leaves the last row, the links and the forms beside it', async () => {
    const form = { title: 'Ответ', label: 'Клиенту', send: 'Отправить', max: 100 }
    const buttons: OutButton[][] = [
      ...Array.from({ length: 12 }, (_, i): OutButton[] => [{ label: `Город ${i}`, data: `city:${i}` }]),
      [{ label: 'Карта', url: 'https://example.org' }],
      [{ label: 'Написать', data: 'write', form }],
      [{ label: 'Помощь', data: 'sos' }],
    ]
    const { messageKey } = await send({ buttons })
    const [seen] = anna.shown()
    expect(seen?.rows.map((row) => row.map(({ label }) => label))).toEqual([
      Array.from({ length: 12 }, (_, i) => `Город ${i}`),
      ['Карта'],
      ['Написать'],
      ['Помощь'],
    ])
    const house = createHouse()
    await rig.channel.start(house)
    await anna.press(messageKey, 'Город 7')
    await anna.press(messageKey, 'Помощь')
    expect((await house.take(2)).map(({ event }) => event)).toEqual([
      { kind: 'button', data: 'city:7', messageKey },
      { kind: 'button', data: 'sos', messageKey },
    ])
  })

  it('answers in the thread of a case, and changes and deletes there', async () => {
    const desk = rig.standIn.channel()
    const root = anna.text('корень', { channel: desk })
    const address = `${desk.id}/${root.ts}`
    const { messageKey } = await send({ address })
    await send({ address, text: 'иначе', edits: messageKey })
    expect(anna.shown({ channel: desk })).toMatchObject([{ key: messageKey, text: 'иначе', thread: root.ts }])
    await rig.channel.remove?.(address, messageKey)
    expect(anna.shown({ channel: desk })).toEqual([])
  })

  it('reaches into no other conversation by a key', async () => {
    const [desk, other] = [rig.standIn.channel(), rig.standIn.channel()]
    const { messageKey } = await send({ address: desk.id })
    expect((await failure(send({ address: other.id, edits: messageKey }))).code).toBe('SLACK_MESSAGE_UNKNOWN')
    expect((await failure(send({ edits: messageKey }))).code).toBe('SLACK_MESSAGE_UNKNOWN')
    await rig.channel.remove?.(other.id, messageKey)
    expect(anna.shown({ channel: desk }).length).toBe(1)
  })

  it('knows the message of a file that Slack is slow to show, and takes the file away with it', async () => {
    const { messageKey } = await send({ text: 'вот', file: file(), buttons: [[{ label: 'Да', data: 'yes' }]] })
    expect(rig.standIn.callsOf('files.info').length).toBeGreaterThan(1)
    expect(anna.shown()).toMatchObject([{ key: messageKey, text: 'вот', rows: [[{ label: 'Да' }]] }])
    await rig.channel.remove?.(anna.id, messageKey)
    expect(anna.shown()).toEqual([])
    expect(rig.standIn.world.files.size).toBe(0)
  })

  it.each([
    [
      'a channel that asks to slow down',
      'ratelimited',
      30,
      { policy: 'retry', code: 'SLACK_RATELIMITED', retryAfterMs: 30_000 },
    ],
    [
      'a full workspace',
      'message_limit_exceeded',
      undefined,
      { policy: 'retry', code: 'SLACK_MESSAGE_LIMIT_EXCEEDED' },
    ],
    ['an error of Slack’s own', 'internal_error', undefined, { policy: 'retry', code: 'SLACK_INTERNAL_ERROR' }],
    [
      'a refused token',
      'invalid_auth',
      undefined,
      { policy: 'retry', code: 'SLACK_INVALID_AUTH', retryAfterMs: 60_000 },
    ],
    [
      'a revoked token',
      'token_revoked',
      undefined,
      { policy: 'retry', code: 'SLACK_TOKEN_REVOKED', retryAfterMs: 60_000 },
    ],
    [
      'a removed app',
      'account_inactive',
      undefined,
      { policy: 'retry', code: 'SLACK_ACCOUNT_INACTIVE', retryAfterMs: 60_000 },
    ],
    [
      'a missing scope',
      'missing_scope',
      undefined,
      { policy: 'retry', code: 'SLACK_MISSING_SCOPE', retryAfterMs: 60_000 },
    ],
    ['an unknown channel', 'channel_not_found', undefined, { policy: 'gone', code: 'SLACK_CHANNEL_NOT_FOUND' }],
    ['an archived channel', 'is_archived', undefined, { policy: 'gone', code: 'SLACK_IS_ARCHIVED' }],
    ['a channel that we are not in', 'not_in_channel', undefined, { policy: 'gone', code: 'SLACK_NOT_IN_CHANNEL' }],
    ['a closed account', 'user_disabled', undefined, { policy: 'gone', code: 'SLACK_USER_DISABLED' }],
    ['another bot', 'cannot_dm_bot', undefined, { policy: 'gone', code: 'SLACK_CANNOT_DM_BOT' }],
    ['a text too long', 'msg_too_long', undefined, { policy: 'refused', code: 'SLACK_MSG_TOO_LONG' }],
    ['blocks that are none', 'invalid_blocks', undefined, { policy: 'refused', code: 'SLACK_INVALID_BLOCKS' }],
    ['words of somebody in between', 'canary-words are refused!', undefined, { policy: 'retry', code: 'SLACK_AWAY' }],
  ])('knows what to do about %s', async (_what, error, seconds, expected) => {
    rig.standIn.failNext('chat.postMessage', error, seconds)
    expect(await failure(send({}))).toEqual(expected)
    if (expected.policy !== 'gone') await send({})
  })

  it('holds back only the channel that asks for it', async () => {
    const [slow, other] = [rig.standIn.channel({ slowDown: 20 }), rig.standIn.channel()]
    expect(await failure(send({ address: slow.id }))).toMatchObject({ policy: 'retry', retryAfterMs: 20_000 })
    await send({ address: other.id })
    expect(anna.shown({ channel: other }).length).toBe(1)
  })

  it.each(['hang-up', 'bad-gateway'] as const)('sends later when Slack is away (%s)', async (how) => {
    rig.standIn.goAway(how)
    expect(await failure(send({}))).toEqual({ policy: 'retry', code: 'SLACK_AWAY' })
    expect(await failure(send({ file: file() }))).toEqual({ policy: 'retry', code: 'SLACK_AWAY' })
    rig.standIn.comeBack()
    await send({})
    expect(anna.shown().length).toBe(1)
  })

  it('refuses what was never an address', async () => {
    for (const address of ['', '42', 'web-visitor-1', 'C0/1/2', 'C0DESK/x', "U1';--", '../users', 'D0ANNA001'])
      expect((await failure(send({ address }))).policy).toBe('gone')
    expect(rig.standIn.calls).toEqual([])
  })

  it.each([
    ['a message that cannot be found', () => ({ edits: `${rig.standIn.world.directOf(anna.id).id}:1.1` })],
    ['a key of another channel', () => ({ edits: '77777' })],
    ['button data too long', () => ({ buttons: [[{ label: 'x', data: 'x'.repeat(2001) }]] })],
    ['a label too long', () => ({ buttons: [[{ label: 'x'.repeat(76), data: 'x' }]] })],
  ])('says that Slack refuses %s', async (_what, message) => {
    expect((await failure(send(message()))).policy).toBe('refused')
  })
})
