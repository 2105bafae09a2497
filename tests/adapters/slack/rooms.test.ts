/** Staff's channels: what they lack, a thread for each case, and what is taken away. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeliveryError, type Rooms } from '../../../adapters/adapter.js'
import type { SlackPerson } from '../../stand-ins/slack/people.js'
import { createHouse, type House, until } from '../house.js'
import { type Rig, startRig } from './harness.js'

describe('rooms in Slack', () => {
  let house: House
  let rig: Rig
  let rooms: Rooms
  let staff: SlackPerson
  beforeEach(async () => {
    house = createHouse()
    rig = await startRig(house)
    await until('up', () => rig.channel.health().state === 'up')
    if (!rig.channel.rooms) throw new Error('no rooms')
    rooms = rig.channel.rooms
    staff = rig.standIn.person()
  })
  afterEach(async () => {
    await rig.close()
  })
  const claim = { label: 'Взять', data: 'claim:7' }
  const first = { id: 'r1', text: 'Ru · жильё', buttons: [[claim]] }
  const policy = async (promise: Promise<unknown>) => {
    const error = await promise.catch((thrown: unknown) => thrown)
    if (!(error instanceof DeliveryError)) throw new Error(`expected a DeliveryError, got ${error}`)
    return error.policy
  }

  it('says what a channel lacks', async () => {
    const { channel, world } = rig.standIn
    expect(await rooms.check(channel().id)).toEqual([])
    expect(await rooms.check(channel({ kind: 'public' }).id)).toEqual(['SLACK_PUBLIC_CHANNEL'])
    expect(await rooms.check(channel({ kind: 'public', members: new Set() }).id)).toContain('SLACK_NOT_IN_CHANNEL')
    expect(await rooms.check(channel({ members: new Set() }).id)).toEqual(['SLACK_NOT_IN_CHANNEL'])
    expect(await rooms.check(channel({ archived: true }).id)).toEqual(['SLACK_CHANNEL_ARCHIVED'])
    expect(await rooms.check(channel({ external: true }).id)).toEqual(['SLACK_EXTERNAL_CHANNEL'])
    world.scopes.delete('groups:history')
    expect(await rooms.check(channel().id)).toEqual(['SLACK_SCOPE_MISSING'])
    rig.standIn.failNext('conversations.info', 'missing_scope')
    expect(await rooms.check(channel().id)).toEqual(['SLACK_SCOPE_MISSING'])
    rig.standIn.goAway('hang-up')
    expect(await policy(rooms.check(channel().id))).toBe('retry')
    rig.standIn.comeBack()
    expect(await policy(rooms.check(staff.id))).toBe('gone')
  })

  it('opens a thread, says its title once, and hears what is written and pressed there', async () => {
    const desk = rig.standIn.channel()
    const place = await rooms.open(desk.id, 'K7-4F', first)
    await rooms.open(desk.id, 'K8-2A', { id: 'r2', text: 'K8-2A · Ru' })
    expect(staff.shown({ channel: desk }).map(({ text }) => text)).toEqual(['K7-4F\nRu · жильё', 'K8-2A · Ru'])
    expect(place.address).toBe(`${desk.id}/${place.messageKey.split(':')[1]}`)
    // Without answers Slack does not call it a thread yet.
    await staff.press(place.messageKey, 'Взять')
    await rig.channel.send({ id: 'm1', address: place.address, text: 'слова клиента' })
    staff.text('отвечу', { channel: desk, thread: place.messageKey.split(':')[1] ?? '' })
    await staff.press(place.messageKey, 'Взять')
    await rig.channel.send({
      id: 'm2',
      address: place.address,
      text: 'взято',
      buttons: [[claim]],
      edits: place.messageKey,
    })
    await staff.press(place.messageKey, 'Взять')
    const taken = await house.take(4)
    for (const { address, sender, group } of taken)
      expect({ address, sender, group }).toEqual({ address: place.address, sender: staff.id, group: true })
    expect(taken.map(({ event }) => event.kind).sort()).toEqual(['button', 'button', 'button', 'text'])
  })

  it('does not take a message of the channel itself for a place', async () => {
    const desk = rig.standIn.channel()
    const { messageKey } = await rig.channel.send({ id: 'm1', address: desk.id, text: 'готово', buttons: [[claim]] })
    await staff.press(messageKey, 'Взять')
    expect((await house.take(1))[0]).toMatchObject({ address: desk.id, group: true })
  })

  it('opens one place for a case although the answer was lost', async () => {
    const desk = rig.standIn.channel()
    rig.standIn.loseAnswer('chat.postMessage')
    expect(await policy(rooms.open(desk.id, 'K7-4F', first))).toBe('retry')
    const place = await rooms.open(desk.id, 'K7-4F', { ...first, again: true })
    expect(staff.shown({ channel: desk }).map(({ key }) => key)).toEqual([place.messageKey])
  })

  it('says that the channel is gone', async () => {
    for (const parts of [{ members: new Set<string>() }, { archived: true }])
      expect(await policy(rooms.open(rig.standIn.channel(parts).id, 'K7-4F', first))).toBe('gone')
  })

  it('closes nothing, and resolves', async () => {
    await rooms.setOpen('C0DESK/1.1', false)
    await rooms.setOpen('C0DESK/1.1', true)
  })

  it('takes away what is ours, and twice without harm; what people wrote stays', async () => {
    const desk = rig.standIn.channel()
    const place = await rooms.open(desk.id, 'K7-4F', first)
    const root = place.messageKey.split(':')[1] ?? ''
    const sent = await rig.channel.send({ id: 'm1', address: place.address, text: 'слова клиента' })
    const theirs = staff.text('отвечу', { channel: desk, thread: root })
    const keys = [place.messageKey, sent.messageKey, `${desk.id}:${theirs.ts}`, 'of-another-channel']
    await rooms.remove(place.address, keys)
    await rooms.remove(place.address, keys)
    expect(staff.shown({ channel: desk })).toEqual([])
    expect(desk.messages.has(theirs.ts)).toBe(true)
    await house.take(1)
    const empty = await rooms.open(desk.id, 'K8-2A', { id: 'r2', text: 'x' })
    await rooms.remove(empty.address, [])
    expect(staff.shown({ channel: desk })).toEqual([])
  })

  it('S14 takes away all that is ours, also what nobody kept the number of; the words of colleagues stay, and only these', async () => {
    const desk = rig.standIn.channel()
    const place = await rooms.open(desk.id, 'K7-4F', first)
    const root = place.messageKey.split(':')[1] ?? ''
    for (let n = 0; n < 5; n++)
      await rig.channel.send({ id: `line ${n}`, address: place.address, text: `Беру это дело, ${n}` })
    const theirs = staff.text('отвечу', { channel: desk, thread: root })
    await house.take(1)
    const elsewhere = await rooms.open(desk.id, 'K8-2A', { id: 'r2', text: 'другое дело' })
    await rooms.remove(place.address, [place.messageKey])
    const left = staff.shown({ channel: desk }).map(({ key }) => key)
    expect(left).toEqual([elsewhere.messageKey])
    const ours = [...desk.messages.values()].filter(({ text }) => text?.includes('Беру это дело'))
    expect(ours).toEqual([])
    expect(desk.messages.has(theirs.ts)).toBe(true)
  })

  it('S24 puts a member out, once or twice, and says when the app lacks the right', async () => {
    const [here, away] = [rig.standIn.person(), rig.standIn.person()]
    const desk = rig.standIn.channel()
    for (const { id } of [staff, here]) desk.members.add(id)
    for (let time = 0; time < 2; time++) await rooms.dismiss(desk.id, staff.id)
    expect([desk.members.has(staff.id), desk.members.has(here.id)]).toEqual([false, true])
    rig.standIn.world.scopes.delete('groups:write')
    expect(await policy(rooms.dismiss(desk.id, here.id))).toBe('refused')
    expect(rig.channel.health().state).toBe('up')
    // In whose channel they are not, nobody has to look
    await rooms.dismiss(desk.id, away.id)
    rig.standIn.goAway('hang-up')
    expect(await policy(rooms.dismiss(desk.id, here.id))).toBe('retry')
  })

  it('does not say it took away what it could not', async () => {
    const desk = rig.standIn.channel()
    const place = await rooms.open(desk.id, 'K7-4F', first)
    rig.standIn.goAway('bad-gateway')
    expect(await policy(rooms.remove(place.address, [place.messageKey]))).toBe('retry')
  })
})
