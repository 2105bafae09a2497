/** The stand-in is as strict as Telegram's documents are; otherwise the adapter's tests would prove nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTelegramStandIn, type TelegramStandIn } from './stand-in.js'

describe('the stand-in of the Bot API', () => {
  let telegram: TelegramStandIn
  beforeEach(async () => {
    telegram = await startTelegramStandIn()
  })
  afterEach(async () => {
    await telegram.close()
  })
  type Answer = { ok: boolean; result: { update_id: number }[] }
  const call = async (
    method: string,
    params: Record<string, unknown> = {},
    token = telegram.token,
  ): Promise<Answer> => {
    const response = await fetch(`${telegram.url}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    })
    return JSON.parse(await response.text())
  }
  const idsOf = (answer: Answer) => answer.result.map((update) => update.update_id)

  it('gives every update again until a later one is asked for', async () => {
    const anna = telegram.person()
    for (const word of ['a', 'b', 'c']) anna.text(word)
    const ids = idsOf(await call('getUpdates'))
    expect(ids.length).toBe(3)
    expect(idsOf(await call('getUpdates'))).toEqual(ids)
    expect(idsOf(await call('getUpdates', { offset: ids[1] }))).toEqual(ids.slice(1))
    expect(idsOf(await call('getUpdates', { offset: ids[2], limit: 1 }))).toEqual(ids.slice(2))
    expect(idsOf(await call('getUpdates', { offset: (ids[2] ?? 0) + 1 }))).toEqual([])
    expect(idsOf(await call('getUpdates'))).toEqual([])
  })

  it('holds a long poll open until something comes, and ends it for a second one', async () => {
    const first = call('getUpdates', { timeout: 20 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    const second = call('getUpdates', { timeout: 20 })
    expect(await first).toMatchObject({ ok: false, error_code: 409 })
    telegram.person().text('привет')
    expect(idsOf(await second).length).toBe(1)
  })

  it('lets nobody poll while a webhook is set', async () => {
    await call('setWebhook', { url: 'http://127.0.0.1:9/x' })
    expect(await call('getUpdates')).toMatchObject({ ok: false, error_code: 409 })
    await call('deleteWebhook')
    expect(await call('getUpdates')).toMatchObject({ ok: true })
  })

  it('sends only the kinds that were asked for', async () => {
    await call('getUpdates', { allowed_updates: ['callback_query'] })
    telegram.person().text('никому')
    expect(idsOf(await call('getUpdates'))).toEqual([])
  })

  it('knows its token', async () => {
    expect(await call('getMe', {}, '1:wrong')).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' })
    expect(await call('getMe')).toMatchObject({ ok: true, result: { is_bot: true } })
  })

  it.each([
    ['an unknown chat', { chat_id: 1, text: 'x' }, 400, 'chat not found'],
    ['nothing', { text: '' }, 400, 'message text is empty'],
    ['4,097 letters', { text: 'x'.repeat(4097) }, 400, 'message is too long'],
    [
      'data of 65 bytes',
      { text: 'x', reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'x'.repeat(65) }]] } },
      400,
      'BUTTON_DATA_INVALID',
    ],
    ['a keyboard that is none', { text: 'x', reply_markup: { buttons: [] } }, 400, "can't parse reply keyboard markup"],
    ['an unknown topic', { text: 'x', message_thread_id: 7 }, 400, 'message thread not found'],
    ['a reply to nothing', { text: 'x', reply_parameters: { message_id: 7 } }, 400, 'message to be replied not found'],
  ])('does not send %s', async (_what, params, status, words) => {
    const { chat } = telegram.person()
    const answer = await call('sendMessage', { chat_id: chat.id, ...params })
    expect(answer).toMatchObject({ ok: false, error_code: status, description: expect.stringContaining(words) })
  })

  it('lets nobody write to those who blocked, left, never began, or are written to too fast', async () => {
    const { chat } = telegram.person()
    const send = () => call('sendMessage', { chat_id: chat.id, text: 'x' })
    chat.closed = 'blocked'
    expect(await send()).toMatchObject({ error_code: 403, description: 'Forbidden: bot was blocked by the user' })
    delete chat.closed
    chat.started = false
    expect(await send()).toMatchObject({ error_code: 403 })
    chat.started = true
    chat.slowDown = 9
    expect(await send()).toMatchObject({ error_code: 429, parameters: { retry_after: 9 } })
    delete chat.slowDown
    chat.migratedTo = -1009
    expect(await send()).toMatchObject({ error_code: 400, parameters: { migrate_to_chat_id: -1009 } })
  })
})
