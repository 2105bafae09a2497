/** Socket Mode: one line after the other, and nothing lost between them. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Incoming } from '../../../adapters/adapter.js'
import { createSlackChannel } from '../../../adapters/slack/channel.js'
import { createHouse, type House, until } from '../house.js'
import { createFastClock, createLog, type Rig, type RigOptions, startRig } from './harness.js'

describe('Socket Mode', () => {
  let rig: Rig
  afterEach(async () => {
    await rig.close()
  })
  const open = async (options: RigOptions = {}) => {
    const house = createHouse()
    rig = await startRig(house, options)
    return house
  }
  const up = () => until('up', () => rig.channel.health().state === 'up')
  const words = (house: House) => house.taken.map(({ event }) => (event.kind === 'text' ? event.text : event.kind))

  it('acknowledges only after the commit, which Bolt does not by itself; repeated meanwhile it acts once', async () => {
    const house = await open()
    await up()
    let commit = () => {}
    const gate = new Promise<void>((resolve) => (commit = resolve))
    house.before = () => gate
    const anna = rig.standIn.person()
    const message = anna.text('медленно')
    await until('the update to be offered', () => house.offered.length === 1)
    const [told] = rig.standIn.delivery.sent
    if (!told) throw new Error('nothing was told')
    const again = rig.standIn.delivery.again(told)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(house.offered.length).toBe(1)
    commit()
    expect((await again).acknowledged).toBe(true)
    expect(house.taken.map((one) => one.messageKey)).toEqual([
      `${rig.standIn.world.directOf(anna.id).id}:${message.ts}`,
    ])
  })

  it('opens the next line when Slack says goodbye, and loses nothing of what came meanwhile', async () => {
    const house = await open()
    await up()
    const anna = rig.standIn.person()
    for (let i = 0; i < 5; i++) {
      rig.standIn.lines.refresh()
      anna.text(String(i))
      await house.take(i + 1)
    }
    expect(words(house)).toEqual(['0', '1', '2', '3', '4'])
    await until('one line', () => rig.standIn.lines.open.size === 1)
  })

  it('makes a new line when the old one breaks without a word', async () => {
    const house = await open()
    await up()
    rig.standIn.lines.cut()
    await until('a new line', () => rig.standIn.lines.open.size === 1)
    rig.standIn.person().text('снова')
    await house.take(1)
    expect(words(house)).toEqual(['снова'])
  })

  it.each(['hang-up', 'bad-gateway'] as const)('survives that Slack is away for an hour (%s)', async (how) => {
    const house = await open()
    await up()
    rig.standIn.goAway(how)
    await until('down', () => rig.channel.health().state === 'down')
    await new Promise((resolve) => setTimeout(resolve, 300))
    const downs = rig.lines.filter(({ level }) => level === 'warn').length
    rig.standIn.comeBack()
    rig.standIn.person().text('наконец')
    await house.take(1)
    await up()
    expect(downs).toBeLessThanOrEqual(2)
  })

  it('starts although Slack is away', async () => {
    const house = await open({ start: false })
    rig.standIn.goAway('bad-gateway')
    await rig.channel.start(house)
    await until('down', () => rig.channel.health().state === 'down')
    rig.standIn.comeBack()
    rig.standIn.person().text('наконец')
    await house.take(1)
  })

  it('says that the app was removed, once, and goes on when it is back', async () => {
    await open()
    await up()
    rig.standIn.revoke()
    await until('down', () => rig.channel.health().state === 'down')
    expect(rig.channel.health()).toMatchObject({ state: 'down', sentence: expect.stringMatching(/Install it again/) })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(rig.lines.filter(({ fields }) => fields.code === 'SLACK_TOKEN_REVOKED').length).toBe(1)
    rig.standIn.restore()
    await up()
  })

  it('says that the app token is refused; what we send still arrives', async () => {
    await open()
    await up()
    rig.standIn.revokeAppToken()
    await until(
      'down',
      () => rig.channel.health().state === 'down' && rig.channel.health().sentence.includes('SLACK_APP_TOKEN'),
    )
    expect(rig.channel.health().sends).toBe(true)
    const anna = rig.standIn.person()
    await rig.channel.send({ id: 'm1', address: anna.id, text: 'привет' })
    expect(anna.shown().length).toBe(1)
    rig.standIn.revokeAppToken(false)
    await up()
  })

  it.each([
    'null',
    '[]',
    '{',
    '{"type":"events_api","payload":null}',
    '{"type":"events_api","payload":{"event":null}}',
    '{}',
  ])('stays up when %s comes on the line, over which Bolt’s client falls', async (data) => {
    const house = await open()
    await up()
    rig.standIn.lines.sendRaw(data)
    rig.standIn.person().text('дальше')
    await house.take(1)
    expect(rig.standIn.lines.open.size).toBe(1)
  })

  it('asks for no line when it was stopped while one was being opened', async () => {
    const house = await open({ start: false })
    await rig.channel.start(house)
    await until('the request for a line', () => rig.standIn.callsOf('apps.connections.open').length > 0)
    await rig.channel.stop()
    await until('no line', () => rig.standIn.lines.open.size === 0)
    expect(rig.channel.health().state).toBe('off')
  })

  it('needs no leader: of two processes each hears a part, and together they hear all, once', async () => {
    const house = await open()
    const { standIn } = rig
    const { log } = createLog()
    const { token: botToken, appToken, apiUrl } = standIn
    const second = createSlackChannel({ botToken, appToken, apiUrl, log, clock: createFastClock() })
    const heardBySecond: string[] = []
    const receive = async (incoming: Incoming) => {
      heardBySecond.push(incoming.updateKey)
      await house.receive(incoming)
    }
    await second.start({ ...house, receive })
    await until('two lines', () => standIn.lines.open.size === 2)
    const people = [standIn.person(), standIn.person()]
    for (let i = 0; i < 10; i++) for (const person of people) person.text(String(i))
    await house.take(20)
    expect(house.taken.length).toBe(20)
    expect(heardBySecond.length).toBeGreaterThan(0)
    expect(heardBySecond.length).toBeLessThan(20)
    await second.stop()
  })

  it('acts once on a mention, which comes as two events, and on a broadcast from a thread', async () => {
    const house = await open()
    await up()
    const desk = rig.standIn.channel()
    const anna = rig.standIn.person()
    const root = anna.write({ text: '<@U0BOT> connect ABC' }, { channel: desk })
    await until('both events', () => rig.standIn.delivery.sent.length === 2)
    await house.take(1)
    anna.broadcast('всем', { channel: desk, thread: root.ts })
    await house.take(2)
    expect(house.taken.map(({ address, sender, group, event }) => ({ address, sender, group, event }))).toEqual([
      { address: desk.id, sender: anna.id, group: true, event: { kind: 'command', name: 'connect', argument: 'ABC' } },
      { address: `${desk.id}/${root.ts}`, sender: anna.id, group: true, event: { kind: 'text', text: 'всем' } },
    ])
  })

  it('says what was changed and what was taken back, by people and not by us', async () => {
    const house = await open()
    await up()
    const anna = rig.standIn.person()
    const { messageKey } = await rig.channel.send({ id: 'm1', address: anna.id, text: 'наше' })
    await rig.channel.send({ id: 'm2', address: anna.id, text: 'иначе', edits: messageKey })
    await rig.channel.remove?.(anna.id, messageKey)
    anna.text('15 марта')
    anna.edit('16 марта')
    anna.remove()
    const [text, edit, removed] = await house.take(3)
    expect(edit?.event).toEqual({ kind: 'edit', messageKey: text?.messageKey, text: '16 марта' })
    expect(removed?.event).toEqual({ kind: 'removed', messageKey: text?.messageKey })
  })

  it('tells when we are put into a channel, and out of it', async () => {
    const house = await open()
    await up()
    const { id: channel } = rig.standIn.channel()
    for (const type of ['member_joined_channel', 'member_left_channel'])
      void rig.standIn.tellEvent({ type, user: 'U0BOT', channel }, channel)
    const [joined, left] = await house.take(2)
    expect([joined, left]).toMatchObject([
      { address: channel, group: true, event: { kind: 'unblocked' } },
      { address: channel, group: true, event: { kind: 'blocked' } },
    ])
  })
})
