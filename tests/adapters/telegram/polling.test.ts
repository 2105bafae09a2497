/** The bad days of long polling: nothing is confirmed before it is committed, and nobody waits for somebody else. */
// Long: one harness of lost answers and slow doors serves all these days.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Incoming } from '../../../adapters/adapter.js'
import { ApiError } from '../../stand-ins/telegram/errors.js'
import { createHouse, type House, until } from '../house.js'
import { createFastClock, type Rig, startRig } from './harness.js'

const words = (incoming: Incoming) => ('text' in incoming.event ? incoming.event.text : incoming.event.kind)

describe('long polling', () => {
  let house: House
  let rig: Rig
  beforeEach(async () => {
    house = createHouse()
    rig = await startRig(house)
  })
  afterEach(async () => {
    await rig.close()
  })
  const confirmed = () => until('everything to be confirmed', () => rig.standIn.updates.waiting.length === 0)
  const healthSays = (words: RegExp) => until(`health to say ${words}`, () => words.test(rig.channel.health().sentence))

  it('asks for the kinds it reads by name, frees an earlier webhook, and drops nothing that waits', async () => {
    await until(
      'the first look',
      () => rig.standIn.callsOf('getUpdates').length > 0 || rig.channel.health().state === 'up',
    )
    rig.standIn.person().text('привет')
    await house.take(1)
    expect(rig.standIn.callsOf('deleteWebhook')[0]?.params).not.toMatchObject({ drop_pending_updates: true })
    expect(rig.standIn.callsOf('getUpdates')[0]?.params).toMatchObject({
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    })
  })

  it('confirms an update only after it is committed', async () => {
    let commit = () => {}
    house.before = () => new Promise((resolve) => (commit = resolve))
    rig.standIn.person().text('важно')
    await until('the update to be offered', () => house.offered.length === 1)
    await until('another look', () => rig.standIn.callsOf('getUpdates').length > 2)
    expect(rig.standIn.updates.waiting.length).toBe(1)
    commit()
    await confirmed()
    expect(house.taken.map(words)).toEqual(['важно'])
  })

  it('keeps what came while the database was away, in order, and says so', async () => {
    const anna = rig.standIn.person()
    const boris = rig.standIn.person()
    let away = true
    house.before = () => {
      if (away) throw new Error('no database')
    }
    for (const word of ['1', '2', '3']) anna.text(`anna ${word}`)
    boris.text('boris 1')
    await healthSays(/could not be stored/)
    expect(rig.standIn.updates.waiting.length).toBe(4)
    away = false
    await house.take(4)
    await confirmed()
    expect(house.taken.map(words).filter((text) => text.startsWith('anna'))).toEqual(['anna 1', 'anna 2', 'anna 3'])
    await healthSays(/^Telegram is connected\.$/)
    expect(rig.lines.filter((line) => line.fields.code === 'TELEGRAM_UPDATES_WAIT').length).toBe(1)
  })

  it('never gives up an update that the house keeps refusing, and lets its chat and all others go on', async () => {
    let poison = true
    house.before = (incoming) => {
      if (poison && words(incoming) === 'яд') throw new Error('refused')
    }
    const anna = rig.standIn.person()
    const boris = rig.standIn.person()
    anna.text('яд')
    anna.text('после яда')
    // Each refusal counts only when the house was well meanwhile.
    const chatter = setInterval(() => boris.text('всё хорошо'), 15)
    await until('the chat to go on', () => house.taken.some((one) => words(one) === 'после яда'))
    clearInterval(chatter)
    expect(house.taken.some((one) => words(one) === 'яд')).toBe(false)
    const [first] = rig.standIn.updates.waiting
    expect(first?.message).toMatchObject({ text: 'яд' })
    poison = false
    await until('the refused one to be taken', () => house.taken.some((one) => words(one) === 'яд'))
    await confirmed()
  })

  it('shows new messages to everybody even with a hundred behind a refused one', async () => {
    let poison = true
    house.before = (incoming) => {
      if (poison && words(incoming) === 'яд') throw new Error('refused')
    }
    rig.standIn.person().text('яд')
    const boris = rig.standIn.person()
    for (let i = 0; i < 230; i++) {
      boris.text(`${i}`)
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
    await house.take(230, 15_000)
    expect(rig.lines.some((line) => line.fields.code === 'TELEGRAM_UPDATE_ASIDE')).toBe(true)
    poison = false
    await until('the refused one to be taken', () => house.taken.some((one) => words(one) === 'яд'))
  })

  it('S26 goes on with Telegram’s numbers when they begin anew', async () => {
    const anna = rig.standIn.person()
    anna.text('до')
    await house.take(1)
    await confirmed()
    rig.standIn.updates.restartIds(17)
    anna.text('после')
    expect((await house.take(2)).map(words)).toEqual(['до', 'после'])
    await confirmed()
  })

  it('survives a Telegram that is away for an hour, logs it once, and comes back by itself', async () => {
    const clock = createFastClock(2000)
    const other = await startRig(createHouse(), { clock })
    await until('up', () => other.channel.health().state === 'up')
    for (const how of ['hang-up', 'bad-gateway'] as const) {
      clock.waits.length = 0
      other.standIn.goAway(how)
      await until('an hour to pass', () => clock.waits.reduce((sum, ms) => sum + ms, 0) > 3_600_000, 20_000)
      expect(other.channel.health()).toMatchObject({
        state: 'down',
        sentence: expect.stringMatching(/cannot be reached/),
      })
      other.standIn.comeBack()
      await until('up again', () => other.channel.health().state === 'up')
    }
    expect(other.lines.filter((line) => line.level === 'warn').length).toBe(2)
    expect(Math.max(...clock.waits)).toBeLessThanOrEqual(30_000)
    await other.close()
  })

  it('starts although Telegram is away', async () => {
    const early = createHouse()
    const other = await startRig(early, { start: false })
    other.standIn.goAway('hang-up')
    await other.channel.start(early)
    await until('down', () => other.channel.health().state === 'down')
    other.standIn.comeBack()
    other.standIn.person().text('наконец')
    expect((await early.take(1)).map(words)).toEqual(['наконец'])
    await other.close()
  })

  it('says plainly that the token is refused, keeps trying, and recovers', async () => {
    rig.standIn.revoke()
    await healthSays(/does not accept TELEGRAM_BOT_TOKEN.*BotFather/)
    rig.standIn.restore()
    await healthSays(/^Telegram is connected/)
    rig.standIn.person().text('снова')
    await house.take(1)
  })

  it.each(['', 'not a token', '123:abc/../../x'])(
    'says plainly that %j is no token, and asks nobody',
    async (token) => {
      const other = await startRig(createHouse(), { options: { token } })
      await until('down', () => /does not know TELEGRAM_BOT_TOKEN/.test(other.channel.health().sentence))
      expect(other.standIn.calls).toEqual([])
      await other.close()
    },
  )

  it('says plainly that another program polls, and goes on when that one stops', async () => {
    const other = createHouse()
    await healthSays(/^Telegram is connected/)
    const rival = await startRig(other, { options: { apiRoot: rig.standIn.url } })
    const seen = new Set<string>()
    await until('one of them to notice', () => {
      for (const one of [rig, rival]) seen.add(one.channel.health().sentence)
      return [...seen].some((sentence) => /Another program reads/.test(sentence))
    })
    // While both ask, neither says now this and now that.
    for (const one of [rig, rival]) expect(one.lines.length).toBeLessThan(6)
    await rival.close()
    await healthSays(/^Telegram is connected/)
    rig.standIn.person().text('кому-нибудь')
    await until('one of the two to have it', () => house.taken.length + other.taken.length > 0)
  })

  it('says plainly that a webhook was set elsewhere, and goes on when it is gone', async () => {
    await healthSays(/^Telegram is connected/)
    rig.standIn.webhook.set({ url: 'http://127.0.0.1:9/elsewhere' })
    await healthSays(/webhook/)
    rig.standIn.webhook.remove({})
    await healthSays(/^Telegram is connected/)
  })

  it('waits as long as Telegram asks', async () => {
    const clock = createFastClock(1000)
    const other = await startRig(createHouse(), { clock, start: false })
    other.standIn.failNext('getMe', new ApiError(429, 'Too Many Requests: retry after 17', { retry_after: 17 }))
    await other.channel.start(createHouse())
    await until('up', () => other.channel.health().state === 'up')
    expect(clock.waits).toContain(17_000)
    await other.close()
  })

  it('makes one message of an album, with its words, though its parts come one by one', async () => {
    const anna = rig.standIn.person()
    const parts = [1, 2, 3].map((n) => ({ kind: 'photo' as const, content: new Uint8Array(n) }))
    const sent = anna.album(parts, 'договор, три страницы')
    anna.text('это всё')
    const [album, text] = await house.take(2)
    expect(album).toMatchObject({ messageKey: String(sent[0]?.message_id), event: { text: 'договор, три страницы' } })
    expect(album?.event.kind === 'files' && album.event.files.map((file) => file.bytes)).toEqual([1, 2, 3])
    expect(text && words(text)).toBe('это всё')
    await confirmed()
  })

  it('does not tear an album apart because somebody writes in another topic of the group', async () => {
    const group = rig.standIn.group()
    const [anna, boris] = [rig.standIn.person(), rig.standIn.person()]
    const [one, two] = [group.openTopic('K7-4F'), group.openTopic('M2-9C')]
    const album = { media_group_id: '78' }
    const photo = (name: string) => ({ photo: [{ file_id: name, width: 9, height: 9, file_size: 1 }], ...album })
    anna.in(group, one).write(photo('a'))
    boris.in(group, two).text('между ними')
    anna.in(group, one).write(photo('b'))
    const incoming = await house.take(2)
    const files = incoming.find(({ event }) => event.kind === 'files')
    expect(files).toMatchObject({ address: `${group.id}/${one}`, sender: `${anna.id}` })
    expect(files?.event).toMatchObject({ files: [{ ref: 'a' }, { ref: 'b' }] })
    await confirmed()
  })

  it('waits for the rest of an album, confirms no part before, and then does not wait for ever', async () => {
    const anna = rig.standIn.person()
    const group = { media_group_id: '77' }
    const photo = (bytes: number) => ({
      photo: [{ file_id: `f${bytes}`, width: 9, height: 9, file_size: bytes }],
      ...group,
    })
    anna.write(photo(1))
    await until('two looks', () => rig.standIn.callsOf('getUpdates').length > 2)
    expect(house.offered.length).toBe(0)
    expect(rig.standIn.updates.waiting.length).toBe(1)
    anna.write(photo(2))
    const [album] = await house.take(1)
    expect(album?.event.kind === 'files' && album.event.files.map((file) => file.ref)).toEqual(['f1', 'f2'])
    await confirmed()
    anna.write(photo(3))
    const [, late] = await house.take(2)
    expect(late).toMatchObject({ album: album?.album, event: { files: [{ ref: 'f3' }] } })
  })

  it('acknowledges a button only after its press is committed, and once', async () => {
    const anna = rig.standIn.person()
    anna.text('/start')
    await house.take(1)
    const buttons = [[{ label: 'Да', data: 'yes' }]]
    const { messageKey } = await house.say(rig.channel, { address: String(anna.chat.id), text: '?', buttons })
    let refuse = true
    house.before = () => {
      if (refuse) throw new Error('no database')
    }
    const callback = anna.press(Number(messageKey), 'Да')
    await until('a refusal', () => house.offered.length > 2)
    expect(rig.standIn.callsOf('answerCallbackQuery')).toEqual([])
    refuse = false
    await house.take(2)
    await until('the acknowledgement', () => rig.standIn.callsOf('answerCallbackQuery').length === 1)
    expect(rig.standIn.callsOf('answerCallbackQuery')[0]?.params).toEqual({ callback_query_id: callback })
  })

  it('takes a press of a button on a message a week old, and is not troubled that it cannot acknowledge it', async () => {
    const anna = rig.standIn.person()
    anna.text('/start')
    await house.take(1)
    const buttons = [[{ label: 'Да', data: 'yes' }]]
    const { messageKey } = await house.say(rig.channel, { address: String(anna.chat.id), text: '?', buttons })
    rig.standIn.world.callbacks.delete(anna.press(Number(messageKey), 'Да', false))
    const [, press] = await house.take(2)
    expect(press?.event).toEqual({ kind: 'button', data: 'yes', messageKey })
    await confirmed()
  })

  it('tells of people who block us and come back, and of a group that changed its id', async () => {
    const anna = rig.standIn.person()
    anna.block()
    anna.unblock()
    const group = rig.standIn.group({ type: 'group' })
    group.upgradeTo({ id: -100500, chat: rig.standIn.group().chat })
    const incoming = await house.take(3)
    const eventsOf = (id: number) => incoming.filter((one) => one.address === `${id}`).map((one) => one.event)
    expect(eventsOf(anna.chat.id)).toEqual([{ kind: 'blocked' }, { kind: 'unblocked' }])
    expect(eventsOf(group.id)).toEqual([{ kind: 'moved', to: '-100500' }])
  })

  it('is not stopped by anything that comes as an update', async () => {
    const anna = rig.standIn.person()
    let id = 200_000
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), async (values) => {
        const before = house.taken.length
        for (const value of values) rig.standIn.updates.addRaw({ update_id: id++, message: value, telepathy: value })
        rig.standIn.updates.restartIds(id++)
        anna.text('слышно?')
        await house.take(before + 1)
        await confirmed()
      }),
      { seed: 3, numRuns: 25 },
    )
  })

  it('is not stopped by an update without a number, nor runs in circles', async () => {
    rig.standIn.updates.addRaw(JSON.parse('{"message":{"text":"x"}}'))
    rig.standIn.person().text('слышно?')
    await house.take(1)
    const looks = rig.standIn.callsOf('getUpdates').length
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(rig.standIn.callsOf('getUpdates').length - looks).toBeLessThan(60)
  })
})
