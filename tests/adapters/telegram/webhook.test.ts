/** Updates by webhook: who may call, what is answered, and what Telegram does with the answer. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Incoming } from '../../../adapters/adapter.js'
import { createTelegramChannel } from '../../../adapters/telegram/channel.js'
import { readWebhookSecret } from '../../../adapters/telegram/webhook.js'
import { createHouse, type House, until } from '../house.js'
import { createFastClock, createLog, type Rig, startRig } from './harness.js'

const SECRET = 'a-secret_of-ours'
const MESSAGE = {
  update_id: 5,
  message: { message_id: 1, date: 1_795_392_000, chat: { id: 9, type: 'private' }, text: 'привет' },
}

describe('the webhook', () => {
  let house: House
  let rig: Rig
  beforeEach(async () => {
    house = createHouse()
    rig = await startRig(house, { webhook: true, options: { webhookSecret: SECRET } })
    await until('up', () => rig.channel.health().state === 'up')
  })
  afterEach(async () => {
    await rig.close()
  })
  const call = async (body: string, headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': SECRET }) =>
    fetch(rig.webhookUrl, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

  it('S25 is set with its secret, without the secret in the address, and with the kinds we read', async () => {
    expect(rig.standIn.callsOf('setWebhook')[0]?.params).toEqual({
      url: rig.webhookUrl,
      secret_token: SECRET,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    })
    expect(rig.webhookUrl).not.toContain(SECRET)
  })

  it.each([
    ['none', {}],
    ['an empty one', { 'x-telegram-bot-api-secret-token': '' }],
    ['a wrong one', { 'x-telegram-bot-api-secret-token': 'a-secret_of-ourz' }],
    ['a longer one', { 'x-telegram-bot-api-secret-token': `${SECRET}x` }],
  ])('S25 refuses a caller with %s for a secret', async (_what, headers) => {
    const response = await call(JSON.stringify(MESSAGE), headers)
    expect(response.status).toBe(401)
    expect(await response.text()).toBe('')
    expect(house.offered).toEqual([])
  })

  it('S25 S26 takes what is replayed with the same key, so that the house can know it', async () => {
    expect((await call(JSON.stringify(MESSAGE))).status).toBe(200)
    expect((await call(JSON.stringify(MESSAGE))).status).toBe(200)
    expect(house.offered.length).toBe(2)
    expect(house.taken.length).toBe(1)
  })

  it('answers 200 only after the commit', async () => {
    let commit = () => {}
    house.before = () => new Promise((resolve) => (commit = resolve))
    let answered = false
    const response = call(JSON.stringify(MESSAGE)).then(({ status }) => {
      answered = true
      return status
    })
    await until('the update to be offered', () => house.offered.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(answered).toBe(false)
    commit()
    expect(await response).toBe(200)
  })

  it('answers 503 when the house refuses, and says when to come back', async () => {
    house.before = () => {
      throw new Error('no database')
    }
    const response = await call(JSON.stringify(MESSAGE))
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(rig.channel.health().sentence).toMatch(/could not be stored/)
  })

  it('gets every message again that it refused, in the order of the chat', async () => {
    let refusals = 3
    house.before = () => {
      if (refusals-- > 0) throw new Error('no database')
    }
    const anna = rig.standIn.person()
    for (const word of ['1', '2', '3']) anna.text(word)
    const texts = (await house.take(3)).map(({ event }: Incoming) => event.kind === 'text' && event.text)
    expect(texts).toEqual(['1', '2', '3'])
    expect(rig.standIn.webhook.deliveries.filter(({ status }) => status === 503).length).toBe(3)
    await until('health to be plain', () => rig.channel.health().sentence === 'Telegram is connected.')
  })

  it('takes the parts of an album one by one, with a key that they share', async () => {
    const photo = (bytes: number) => ({ kind: 'photo' as const, content: new Uint8Array(bytes) })
    rig.standIn.person().album([photo(1), photo(2)], 'слова')
    const [first, second] = await house.take(2)
    expect(first?.album).toBeTruthy()
    expect(second?.album).toBe(first?.album)
    expect([first?.event, second?.event]).toMatchObject([
      { files: [{ bytes: 1 }], text: 'слова' },
      { files: [{ bytes: 2 }] },
    ])
    expect(second?.messageKey).not.toBe(first?.messageKey)
  })

  it.each(['null', '[]', '"x"', '42', '{}', '{"update_id":"x"}', '{"update_id":1,"message":null}', '[[[[{}]]]]'])(
    'takes %s without harm and does not want it again',
    async (body) => {
      expect((await call(body)).status).toBe(200)
      expect(house.offered).toEqual([])
    },
  )

  it.each([
    ['no JSON', '{"update_id":1,'],
    ['nothing', ''],
    ['two megabytes', JSON.stringify({ update_id: 1, x: 'x'.repeat(2_000_000) })],
    ['a prototype', '{"update_id":1,"__proto__":{"x":1}}'],
  ])('refuses %s', async (_what, body) => {
    const { status } = await call(body)
    expect([400, 413]).toContain(status)
    expect((await call(JSON.stringify(MESSAGE))).status).toBe(200)
  })

  it('takes any JSON without harm, nested ten thousand times too', async () => {
    const deep = `${'{"message":'.repeat(10_000)}1${'}'.repeat(10_000)}`
    expect((await call(deep)).status).toBe(200)
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (message) => {
        const { status } = await call(JSON.stringify({ update_id: 1, message }))
        // 400: the server takes no object with a key "__proto__".
        expect([200, 400]).toContain(status)
      }),
      { seed: 4, numRuns: 60 },
    )
  })

  it('takes nothing before the start and after the stop', async () => {
    await rig.channel.stop()
    expect((await call(JSON.stringify(MESSAGE))).status).toBe(503)
    expect(house.offered).toEqual([])
  })

  it('is set again when somebody took it away', async () => {
    rig.standIn.webhook.remove({})
    await until('the next check', () => rig.standIn.callsOf('setWebhook').length > 1, 12_000)
  })

  it('is set although Telegram is away at first', async () => {
    const early = createHouse()
    const other = await startRig(early, { webhook: true, start: false })
    other.standIn.goAway('bad-gateway')
    await other.channel.start(early)
    await until('down', () => other.channel.health().state === 'down')
    other.standIn.comeBack()
    other.standIn.person().text('наконец')
    await early.take(1)
    await other.close()
  })
})

describe('the webhook’s settings', () => {
  const create = (webhookUrl: string, webhookSecret?: string) => () =>
    createTelegramChannel({ token: '1:x', webhookUrl, webhookSecret, log: createLog().log, clock: createFastClock() })

  it('refuse what cannot be, with the remedy', () => {
    expect(create('bot.example.org')).toThrow(/TELEGRAM_WEBHOOK_URL must be/)
    expect(create('ftp://bot.example.org')).toThrow(/TELEGRAM_WEBHOOK_URL must be/)
    expect(create('https://bot.example.org', 'no spaces, please')).toThrow(/TELEGRAM_WEBHOOK_SECRET/)
    expect(create('https://bot.example.org', 'fine')).not.toThrow()
  })

  it('need no secret: every process comes to the same one, which does not tell the token', () => {
    const made = readWebhookSecret(undefined, '123:token')
    expect(made).toBe(readWebhookSecret('', '123:token'))
    expect(made).toMatch(/^[0-9a-f]{64}$/)
    expect(made).not.toBe(readWebhookSecret(undefined, '124:token'))
  })
})
