/** Topics of staff's groups, beyond what every channel's rooms promise. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeliveryError, PLACE_GONE, type Rooms } from '../../../adapters/adapter.js'
import { ApiError, badRequest } from '../../stand-ins/telegram/errors.js'
import type { StaffGroup } from '../../stand-ins/telegram/groups.js'
import { createHouse } from '../house.js'
import { type Rig, startRig } from './harness.js'

describe('topics of staff’s groups', () => {
  let now = new Date('2026-11-23T12:00:00Z')
  let rig: Rig
  let group: StaffGroup
  let rooms: Rooms
  beforeEach(async () => {
    now = new Date('2026-11-23T12:00:00Z')
    rig = await startRig(createHouse(), { standIn: { now: () => now, strictPace: true }, start: false })
    group = rig.standIn.group()
    if (!rig.channel.rooms) throw new Error('Telegram has rooms')
    rooms = rig.channel.rooms
  })
  afterEach(async () => {
    await rig.close()
  })

  const first = { id: 'first', text: 'Новое обращение', guarded: true }
  const open = (title = 'K7-4F') => rooms.open(group.address, title, first)
  const failure = async (promise: Promise<unknown>) => {
    const error = await promise.catch((thrown: unknown) => thrown)
    if (!(error instanceof DeliveryError)) throw new Error(`expected a DeliveryError, got ${error}`)
    return { policy: error.policy, code: error.code, ...error.detail }
  }
  const created = () => rig.standIn.callsOf('createForumTopic').filter(({ status }) => status === 200).length

  it('S23 carry the name they were given, cut to what Telegram takes, and guarded words', async () => {
    await open('🙂'.repeat(200))
    const [topic] = group.topics()
    expect(topic?.name).toBe('🙂'.repeat(128))
    expect(group.shown(topic?.id).map((message) => message.has_protected_content)).toEqual([true])
  })

  it('are not opened twice when the first message could not be sent yet', async () => {
    rig.standIn.failNext('sendMessage', new ApiError(429, 'Too Many Requests: retry after 5', { retry_after: 5 }))
    expect(await failure(open())).toEqual({ policy: 'retry', code: 'TELEGRAM_429', retryAfterMs: 5000 })
    rig.standIn.failNext('sendMessage', new ApiError(502, 'Bad Gateway'))
    expect((await failure(open())).policy).toBe('retry')
    const { address } = await open()
    expect(created()).toBe(1)
    expect(address).toBe(`${group.id}/${group.topics()[0]?.id}`)
  })

  it('are opened anew when staff deleted the one that still waited for its first message', async () => {
    rig.standIn.failNext('sendMessage', new ApiError(502, 'Bad Gateway'))
    expect((await failure(open())).policy).toBe('retry')
    group.deleteTopic(group.topics()[0]?.id ?? 0)
    const { address, messageKey } = await open()
    expect(group.topics().map(({ id }) => `${group.id}/${id}`)).toEqual([address])
    expect(group.shown(group.topics()[0]?.id).map((one) => `${one.message_id}`)).toEqual([messageKey])
  })

  it('are remembered by the message and the group, so that another case, or another group, gets its own', async () => {
    rig.standIn.failNext('sendMessage', new ApiError(502, 'Bad Gateway'))
    expect((await failure(open())).policy).toBe('retry')
    const other = await rooms.open(group.address, 'M2-9C', { id: 'other', text: 'другое' })
    const elsewhere = await rooms.open(rig.standIn.group().address, 'K7-4F', first)
    const mine = await open()
    expect(new Set([mine.address, other.address, elsewhere.address]).size).toBe(3)
    expect(created()).toBe(3)
  })

  it('do not stay empty when Telegram refuses the first message for good', async () => {
    rig.standIn.failNext('sendMessage', badRequest('BUTTON_DATA_INVALID'))
    expect(await failure(open())).toEqual({ policy: 'refused', code: 'TELEGRAM_400' })
    expect(group.topics()).toEqual([])
  })

  it('cannot be opened without the right, without topics, or in a group that has another id by now', async () => {
    group.become({ status: 'member' })
    expect(await failure(open())).toEqual({ policy: 'refused', code: 'TELEGRAM_NO_RIGHT' })
    group.setForum(false)
    expect(await failure(open())).toEqual({ policy: 'refused', code: 'TELEGRAM_NOT_FORUM' })
    const basic = rig.standIn.group({ type: 'group' })
    basic.upgradeTo(group)
    const moved = { policy: 'moved', code: 'TELEGRAM_MOVED', to: group.address }
    expect(await failure(rooms.open(basic.address, 'K7-4F', first))).toEqual(moved)
  })

  it('say what became of them when topics are switched off, and their messages go all the same', async () => {
    const { address, messageKey } = await open()
    group.setForum(false)
    expect(group.shown().length).toBe(1)
    const answer = rig.channel.send({ id: 'm', address, text: 'ещё' })
    expect(await failure(answer)).toEqual({ policy: 'refused', code: PLACE_GONE })
    await rooms.remove(address, [messageKey, '777777'])
    expect(group.shown()).toEqual([])
  })

  it('S23 that a client’s words stand in are taken away although they are older than two days', async () => {
    const { address, messageKey } = await open()
    now = new Date(now.getTime() + 72 * 3_600_000)
    await rooms.remove(address, [messageKey])
    expect(group.topics()).toEqual([])
  })

  it('need not be closed by an address that is no place', async () => {
    expect(await failure(rooms.setOpen(group.address, false))).toEqual({ policy: 'refused', code: 'TELEGRAM_NO_TOPIC' })
    expect((await failure(rooms.setOpen('nowhere', false))).policy).toBe('gone')
  })

  it('share what a group may be told in a minute', async () => {
    const [one, two] = [await open(), await rooms.open(group.address, 'M2-9C', { id: 'other', text: 'другое' })]
    const say = (n: number) =>
      rig.channel.send({ id: `m${n}`, address: (n % 2 ? one : two).address, text: `слово ${n}` })
    for (let n = 0; n < 18; n++) await say(n)
    expect(await failure(say(18))).toEqual({ policy: 'retry', code: 'TELEGRAM_429', retryAfterMs: 60_000 })
    now = new Date(now.getTime() + 60_000)
    await say(18)
  })

  it('say by `retry` that Telegram is away, whatever is asked', async () => {
    const { address } = await open()
    rig.standIn.goAway('hang-up')
    const asked = [rooms.check(group.address), rooms.setOpen(address, false), rooms.remove(address, [])]
    for (const each of asked) expect(await failure(each)).toEqual({ policy: 'retry', code: 'TELEGRAM_AWAY' })
  })
})
