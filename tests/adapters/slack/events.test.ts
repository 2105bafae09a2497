/** The Events API: who may call, what is answered and when, and what Slack does with the answer. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlackChannel } from '../../../adapters/slack/channel.js'
import { sign } from '../../stand-ins/slack/events-caller.js'
import { createHouse, type House, until } from '../house.js'
import { createFastClock, createLog, type Rig, startRig } from './harness.js'

const MESSAGE = JSON.stringify({
  type: 'event_callback',
  event_id: 'Ev77',
  event: { type: 'message', channel: 'D0ANNA', user: 'U0ANNA', text: 'привет', ts: '1795392000.000100' },
})
const seconds = () => Math.floor(Date.now() / 1000)

describe('the Events API', () => {
  let house: House
  let rig: Rig
  beforeEach(async () => {
    house = createHouse()
    rig = await startRig(house, { way: 'events' })
    await until('up', () => rig.channel.health().state === 'up')
  })
  afterEach(async () => {
    await rig.close()
  })
  const call = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>, type = 'application/json') =>
    fetch(rig.eventsUrl, { method: 'POST', body, headers: { 'content-type': type, ...headers } })
  const signed = (body: string, at = seconds()) => sign(rig.standIn.signingSecret, body, at)

  it.each([
    ['nothing', () => ({})],
    ['no signature', () => ({ 'x-slack-request-timestamp': String(seconds()) })],
    ['no time', () => ({ 'x-slack-signature': signed(MESSAGE)['x-slack-signature'] })],
    ['another secret', () => sign('another', MESSAGE, seconds())],
    ['the signature of another body', () => signed(`${MESSAGE} `)],
    [
      'the signature of another time',
      () => ({ ...signed(MESSAGE), 'x-slack-request-timestamp': String(seconds() - 1) }),
    ],
    ['a time six minutes ago', () => signed(MESSAGE, seconds() - 360)],
    ['a time six minutes ahead', () => signed(MESSAGE, seconds() + 360)],
    ['a time that is none', () => sign(rig.standIn.signingSecret, MESSAGE, Number.NaN)],
    ['a shorter signature', () => ({ ...signed(MESSAGE), 'x-slack-signature': 'v0=abc' })],
    ['another version', () => ({ ...signed(MESSAGE), 'x-slack-signature': `v1=${'0'.repeat(64)}` })],
  ])('S25 refuses a caller with %s', async (_what, headers) => {
    const response = await call(MESSAGE, headers())
    expect(response.status).toBe(401)
    expect(await response.text()).toBe('')
    expect(house.offered).toEqual([])
  })

  it('S25 S26 takes what is signed, up to five minutes late, and what is replayed with the same key', async () => {
    expect((await call(MESSAGE, signed(MESSAGE, seconds() - 290))).status).toBe(200)
    expect((await call(MESSAGE, signed(MESSAGE))).status).toBe(200)
    expect(house.offered.length).toBe(2)
    expect(house.taken.length).toBe(1)
    expect(house.taken[0]).toMatchObject({ address: 'U0ANNA', event: { kind: 'text', text: 'привет' } })
  })

  it('answers the question whose server this is', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' })
    expect(await (await call(body, signed(body))).json()).toEqual({ challenge: 'abc' })
    expect((await call(body, {})).status).toBe(401)
    const check = 'ssl_check=1&token=x'
    expect((await call(check, signed(check), 'application/x-www-form-urlencoded')).status).toBe(200)
    expect(house.offered).toEqual([])
  })

  it.each([
    'null',
    '[]',
    '"x"',
    '42',
    '{}',
    '{"type":"event_callback","event":null}',
    '{"type":"event_callback","event_id":"Ev1","event":{"type":"message","channel":null}}',
    '{"type":"block_actions","actions":null}',
    '{"type":"view_submission","view":null}',
    '{"type":"mind_read"}',
  ])('stays up when a signed body is %s, which Bolt’s own receiver does not', async (body) => {
    expect((await call(body, signed(body))).status).toBe(200)
    const payload = `payload=${encodeURIComponent(body)}`
    expect((await call(payload, signed(payload), 'application/x-www-form-urlencoded')).status).toBe(200)
    expect(house.offered).toEqual([])
    expect((await call(MESSAGE, signed(MESSAGE))).status).toBe(200)
    expect(house.taken.length).toBe(1)
  })

  it.each([
    ['no JSON', '{"type":', 'application/json'],
    ['nothing', '', 'application/json'],
    ['a form around no JSON', 'payload=%7B', 'application/x-www-form-urlencoded'],
  ])('refuses %s', async (_what, body, type) => {
    expect((await call(body, signed(body), type)).status).toBe(400)
  })

  it('reads no two megabytes', async () => {
    const body = JSON.stringify({ x: 'x'.repeat(2_000_000) })
    expect((await call(body, signed(body))).status).toBe(413)
  })

  it('acknowledges only after the commit, which Bolt does not by itself', async () => {
    let commit = () => {}
    house.before = () => new Promise((resolve) => (commit = resolve))
    let answered = false
    const response = call(MESSAGE, signed(MESSAGE)).then(({ status }) => {
      answered = true
      return status
    })
    await until('the update to be offered', () => house.offered.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(answered).toBe(false)
    commit()
    expect(await response).toBe(200)
  })

  it('answers 503 when the house has it not in time, and goes on offering it by itself', async () => {
    house.before = () => {
      throw new Error('no database')
    }
    expect((await call(MESSAGE, signed(MESSAGE))).status).toBe(503)
    expect(rig.channel.health().sentence).toMatch(/could not be stored/)
    const again = call(MESSAGE, signed(MESSAGE))
    house.before = () => {}
    await house.take(1)
    expect((await again).status).toBe(200)
    await until('health to be plain', () => rig.channel.health().sentence === 'Slack is connected.')
    expect(new Set(house.offered.map((one) => one.updateKey)).size).toBe(1)
  })

  it('gets every message, in the order of the chat, through Slack’s own repetitions', async () => {
    let refusals = 12
    house.before = () => {
      if (refusals-- > 0) throw new Error('no database')
    }
    const anna = rig.standIn.person()
    for (const word of ['1', '2', '3']) anna.text(word)
    const texts = (await house.take(3)).map(({ event }) => event.kind === 'text' && event.text)
    expect(texts).toEqual(['1', '2', '3'])
    expect(rig.standIn.caller.calls.some(({ status }) => status === 503)).toBe(true)
  })

  it('takes nothing before the start and after the stop', async () => {
    await rig.channel.stop()
    expect((await call(MESSAGE, signed(MESSAGE))).status).toBe(503)
    expect(house.offered).toEqual([])
  })

  it('leaves the other pages of the server as they are', async () => {
    const { app } = rig
    expect((await app.inject({ method: 'POST', url: '/other', payload: { a: 1 } })).json()).toEqual({ a: 1 })
  })

  it('takes buttons, forms and slash commands at the same place', async () => {
    const anna = rig.standIn.person()
    const { messageKey } = await rig.channel.send({
      id: 'm1',
      address: anna.id,
      text: 'Помогло?',
      buttons: [[{ label: 'Да', data: 'yes' }]],
    })
    expect((await anna.press(messageKey, 'Да')).acknowledged).toBe(true)
    expect((await anna.command('/report', 'ноябрь')).acknowledged).toBe(true)
    expect((await house.take(2)).map(({ event }) => event)).toEqual([
      { kind: 'button', data: 'yes', messageKey },
      { kind: 'command', name: 'report', argument: 'ноябрь' },
    ])
  })
})

describe('Slack’s settings', () => {
  it('need one of the two ways in', () => {
    const make = (options: { appToken?: string; signingSecret?: string }) => () =>
      createSlackChannel({ botToken: 'xoxb-1', log: createLog().log, clock: createFastClock(), ...options })
    expect(make({})).toThrow(/SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET/)
    expect(make({ appToken: 'xapp-1' })).not.toThrow()
    expect(make({ signingSecret: 's' })).not.toThrow()
  })
})
