/** The stand-in is as strict as Slack: what the real one refuses, it refuses, with the same words. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { sign } from './events-caller.js'
import { type SlackStandIn, startSlackStandIn } from './stand-in.js'

describe('the stand-in for Slack', () => {
  let slack: SlackStandIn
  beforeEach(async () => {
    slack = await startSlackStandIn()
  })
  afterEach(async () => {
    await slack.close()
  })
  const call = async (method: string, params: Record<string, unknown> = {}, token = slack.token) => {
    const fields = Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    const response = await fetch(`${slack.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(Object.fromEntries(fields)),
    })
    return { status: response.status, headers: response.headers, body: Object(await response.json()) }
  }
  const error = async (method: string, params?: Record<string, unknown>) => (await call(method, params)).body.error

  it('knows its tokens', async () => {
    expect((await call('auth.test', {}, 'xoxb-other')).body.error).toBe('invalid_auth')
    expect((await call('apps.connections.open')).body.error).toBe('invalid_auth')
    slack.revoke()
    expect(await error('auth.test')).toBe('token_revoked')
  })

  it('lets the bot write where it may', async () => {
    const anna = slack.person()
    const text = 'x'
    expect(await error('chat.postMessage', { channel: 'C0NOBODY', text })).toBe('channel_not_found')
    expect(await error('chat.postMessage', { channel: slack.channel({ archived: true }).id, text })).toBe('is_archived')
    const outside = slack.channel({ kind: 'public', members: new Set() })
    expect(await error('chat.postMessage', { channel: outside.id, text })).toBe('not_in_channel')
    anna.leave()
    expect(await error('chat.postMessage', { channel: anna.id, text })).toBe('user_disabled')
  })

  it('is strict about blocks, forms and metadata', async () => {
    const { id: channel } = slack.channel()
    const button = { type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'x' }, value: 'v' }
    const actions = { type: 'actions', elements: [button] }
    for (const blocks of [
      [{ type: 'poem' }],
      [{ type: 'actions', elements: [] }],
      [{ type: 'actions', elements: [button, button] }],
      [{ type: 'actions', elements: Array.from({ length: 26 }, (_, i) => ({ ...button, action_id: `${i}` })) }],
      [{ type: 'actions', elements: [{ ...button, value: 'x'.repeat(2001) }] }],
      [
        { ...actions, block_id: 'one' },
        { type: 'divider', block_id: 'one' },
      ],
      Array.from({ length: 51 }, () => ({ type: 'divider' })),
    ])
      expect(await error('chat.postMessage', { channel, text: 'x', blocks })).toBe('invalid_blocks')
    expect(await error('chat.postMessage', { channel, text: 'x', metadata: { event_type: 'No Good' } })).toBe(
      'invalid_metadata_format',
    )
    expect(await error('chat.postMessage', { channel })).toBe('no_text')
    expect(await error('chat.postMessage', { channel, text: 'x'.repeat(40_001) })).toBe('msg_too_long')
    expect(await error('views.open', { trigger_id: 'old', view: {} })).toBe('invalid_trigger_id')
  })

  it('silently puts into the channel what was meant for a thread that is gone', async () => {
    const desk = slack.channel()
    const { body } = await call('chat.postMessage', { channel: desk.id, text: 'x', thread_ts: '1.1' })
    expect(body).toMatchObject({ ok: true, ts: expect.any(String) })
    expect(body.message.thread_ts).toBeUndefined()
  })

  it('shows metadata only to who asks for it', async () => {
    const { id: channel } = slack.channel()
    const metadata = { event_type: 'a_message', event_payload: { id: '1' } }
    await call('chat.postMessage', { channel, text: 'x', metadata })
    const seen = async (params: object) =>
      (await call('conversations.history', { channel, ...params })).body.messages[0].metadata
    expect(await seen({})).toBeUndefined()
    expect(await seen({ include_all_metadata: true })).toEqual(metadata)
  })

  it('asks a channel to slow down, loses answers and goes away', async () => {
    const slow = slack.channel({ slowDown: 7 })
    const { status, headers } = await call('chat.postMessage', { channel: slow.id, text: 'x' })
    expect([status, headers.get('retry-after')]).toEqual([429, '7'])
    const desk = slack.channel()
    slack.loseAnswer('chat.postMessage')
    await expect(call('chat.postMessage', { channel: desk.id, text: 'x' })).rejects.toThrow()
    expect(desk.messages.size).toBe(1)
    slack.goAway('hang-up')
    await expect(call('auth.test')).rejects.toThrow()
    slack.comeBack()
    expect((await call('auth.test')).body.ok).toBe(true)
  })

  it('gives a line for a ticket, once, and tells an event again until it is acknowledged', async () => {
    const { body } = await call('apps.connections.open', {}, slack.appToken)
    const got: { envelope_id?: string; type: string; retry_attempt?: number }[] = []
    const line = new WebSocket(body.url)
    line.on('message', (data) => {
      const message = JSON.parse(String(data))
      got.push(message)
      if (message.retry_attempt === 1) line.send(JSON.stringify({ envelope_id: message.envelope_id }))
    })
    await new Promise((resolve) => line.once('open', resolve))
    const second = new WebSocket(body.url)
    await new Promise((resolve) => second.once('error', resolve))
    const outcome = await slack.tellEvent({ type: 'app_home_opened', user: 'U1' }, 'x')
    expect(outcome.acknowledged).toBe(true)
    expect(got.map(({ type, retry_attempt: retry }) => [type, retry])).toEqual([
      ['hello', undefined],
      ['events_api', 0],
      ['events_api', 1],
    ])
    line.terminate()
  })

  it('signs as the document’s own example does', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    expect(sign('8f742231b10e8888abcd99yyyzzz85a5', body, 1531420618)['x-slack-signature']).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    )
  })
})
