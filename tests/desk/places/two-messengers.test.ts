/** The whole way with the real adapters: a client on Telegram, colleagues in a Telegram forum and in a Slack channel, over real HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSlackChannel } from '../../../adapters/slack/channel.js'
import { createTelegramChannel } from '../../../adapters/telegram/channel.js'
import { readConfig } from '../../../bot/config.js'
import { NOTICE_VERSION } from '../../../bot/conversation/notice.js'
import { ALWAYS } from '../../../bot/desk/centres.js'
import { newPairing } from '../../../bot/desk/pairing.js'
import { openHouse, type WholeHouse } from '../../../bot/house.js'
import { suiteLog } from '../../logs.js'
import { type SlackStandIn, startSlackStandIn } from '../../stand-ins/slack/stand-in.js'
import { BOT_USER } from '../../stand-ins/slack/world.js'
import { startTelegramStandIn, type TelegramStandIn } from '../../stand-ins/telegram/stand-in.js'
import { type Database, embeddedDatabase, KEY } from '../../store/databases.js'

/** Waits for what a messenger shows; a busy machine may take its time. */
async function eventually<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<Exclude<T, false>>> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await look()
    if (found) return found as NonNullable<Exclude<T, false>>
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`It never came: ${what}`)
}

describe('a client on Telegram, colleagues on Telegram and Slack', () => {
  let database: Database
  let house: WholeHouse
  let telegram: TelegramStandIn
  let slack: SlackStandIn
  const logged: string[] = []

  beforeAll(async () => {
    database = await embeddedDatabase()
    await database.store.close()
    telegram = await startTelegramStandIn()
    slack = await startSlackStandIn()
    const log = suiteLog((line) => void logged.push(line))
    house = await openHouse({
      config: readConfig({ DATA_DIR: database.dataDir, RAHNAMO_KEY: KEY.toString('base64') }),
      log,
      channels: () => [
        createTelegramChannel({ token: telegram.token, apiRoot: telegram.url, log }),
        createSlackChannel({ botToken: slack.token, appToken: slack.appToken, apiUrl: slack.apiUrl, log }),
      ],
    })
    await house.conversation.start()
    await Promise.all(house.channels.map((channel) => channel.start(house.conversation.ports)))
    await house.store.db.centre.create({
      data: {
        id: 'moscow',
        country: 'RU',
        city: 'Moscow',
        timeZone: 'Europe/Moscow',
        languages: ['ru'],
        hours: ALWAYS,
      },
    })
  })
  afterAll(async () => {
    await house.close()
    await telegram.close()
    await slack.close()
    await database.drop()
  })

  it('S05 S06 S09 is one case everywhere: claimed on Slack, answered from Telegram, closed for both, with no name anywhere', {
    timeout: 120_000,
  }, async () => {
    const { db } = house.store
    const boss = await db.staff.create({ data: { alias: 'supervisor-1', role: 'supervisor', language: 'en' } })
    const row = await db.staff.create({ data: { alias: 'consultant-1', language: 'en', centreId: 'moscow' } })
    const supervisor = { id: boss.id, alias: boss.alias, role: boss.role }
    const anna = { id: row.id, alias: row.alias, role: row.role }
    const own = () => newPairing(house.store, anna, { staffId: anna.id }, new Date())
    const forGroup = () => newPairing(house.store, supervisor, { centreId: 'moscow', need: null }, new Date())

    // Colleagues tie their own accounts, then the groups, all by writing a code.
    const annaTg = telegram.person()
    annaTg.text(`/start connect_${(await own()).replace('-', '')}`)
    await eventually('Telegram knows her', () => annaTg.shown().some(({ text }) => text?.startsWith('Done.')))
    const annaSlack = slack.person()
    annaSlack.text(`connect ${await own()}`)
    await eventually('Slack knows her', () => annaSlack.shown().some(({ text }) => text.startsWith('Done.')))
    const forum = telegram.group()
    annaTg.in(forum).text(`/connect ${await forGroup()}`)
    await eventually('the forum is tied', () => forum.shown().some(({ text }) => text?.startsWith('Done.')))
    const channel = slack.channel()
    annaSlack.write({ text: `<@${BOT_USER}> connect ${await forGroup()}` }, { channel })
    await eventually('the channel is tied', () =>
      annaSlack.shown({ channel }).some(({ text }) => text.startsWith('Done.')),
    )

    // A client who has agreed asks for a human.
    const me = telegram.person()
    me.text('/start')
    const { personId } = await eventually('their row', () => rowOf(String(me.id)))
    await db.person.update({ where: { id: personId }, data: { language: 'ru', country: 'RU', city: 'Moscow' } })
    await db.consent.create({
      data: { personId, kind: 'case', given: true, version: NOTICE_VERSION, language: 'ru', channel: 'telegram' },
    })
    me.text('/human')
    const { code } = await eventually('the case', () => db.case.findFirst({ where: { personId } }))

    // It stands in a topic and in a thread.
    const topic = await eventually('the topic', () => forum.topics().find(({ name }) => name.startsWith(code)))
    const root = await eventually('the thread', () =>
      annaSlack.shown({ channel }).find(({ text }) => text.includes(code)),
    )
    const thread = root.key.split(':')[1] ?? ''
    await annaSlack.press(root.key, 'Take it')
    await eventually('the topic shows who has it', () => forum.shown(topic.id)[0]?.text?.includes('Consultant 1'))

    // Words among colleagues stay there; an explicit act sends.
    annaTg.in(forum, topic.id).text('думаю, это про патент')
    await eventually('the note on Slack', () =>
      annaSlack.shown({ channel, thread }).some(({ text }) => text === '📝 Consultant 1: думаю, это про патент'),
    )
    annaTg.in(forum, topic.id).text('! Здравствуйте, чем помочь?')
    await eventually('the answer', () => me.shown().some(({ text }) => text === 'Здравствуйте, чем помочь?'))
    expect(me.shown().some(({ text }) => text?.includes('про патент'))).toBe(false)
    await eventually('the answer on Slack', () =>
      annaSlack.shown({ channel, thread }).some(({ text }) => text === '➡️ Consultant 1: Здравствуйте, чем помочь?'),
    )

    // The client's photo and words come to both; a reply to them goes to the client.
    me.file({ kind: 'photo', content: PNG }, 'вот патент')
    const copy = await eventually('the photo in the topic', () =>
      forum.shown(topic.id).find(({ caption }) => caption === '👤 вот патент'),
    )
    await eventually('the photo on Slack', () =>
      annaSlack.shown({ channel, thread }).some(({ files }) => files.length > 0),
    )
    annaTg.in(forum, topic.id).reply(copy.message_id, 'Вижу, он действует до мая.')
    await eventually('the reply', () => me.shown().some(({ text }) => text === 'Вижу, он действует до мая.'))

    // A form on Slack.
    await annaSlack.press(root.key, 'Answer')
    await annaSlack.submit('Приходите завтра в 10.')
    await eventually('the words of the form', () => me.shown().some(({ text }) => text === 'Приходите завтра в 10.'))

    // Closed from the topic, in two presses.
    const head = () => forum.shown(topic.id)[0]
    for (const label of ['Close…', 'answered', 'in the chat']) {
      await eventually(label, () =>
        head()
          ?.reply_markup?.inline_keyboard?.flat()
          .some(({ text }) => text === label),
      )
      annaTg.in(forum, topic.id).press(head()?.message_id ?? 0, label)
    }
    await eventually('the stars', () =>
      me.shown().some(({ text }) => text?.startsWith('Разговор с консультантом закончен.')),
    )
    await eventually('the closed topic', () => forum.topics().find(({ id, closed }) => id === topic.id && closed))

    // Nobody's name, account or number stands anywhere that staff look, nor in the log.
    const seen = JSON.stringify([
      forum.shown(topic.id).map(({ text, caption }) => [text, caption]),
      annaSlack.shown({ channel, thread }),
    ])
    for (const canary of ['Canary', 'canary_user', String(me.id)]) {
      expect(seen).not.toContain(canary)
      expect(logged.join('')).not.toContain(canary)
    }

    // Staff get words anew, never a message with its sender; nobody's picture or card is looked at, and none is put beside words.
    const called = [...telegram.calls, ...slack.calls]
    expect(called.length).toBeGreaterThan(50)
    const methods = new Set(called.map(({ method }) => method))
    expect(methods).toContain('sendMessage')
    expect(methods).toContain('chat.postMessage')
    expect([...methods].filter((method) => SHOWS_A_PERSON.test(method))).toEqual([])
    const looked = telegram.callsOf('getChat').map(({ params }) => String(params.chat_id))
    expect(looked.filter((chat) => chat !== String(forum.chat.id))).toEqual([])
    for (const { params } of slack.calls)
      for (const sender of ['icon_url', 'icon_emoji', 'username', 'as_user']) expect(params).not.toHaveProperty(sender)
    expect(JSON.stringify(slack.calls)).not.toContain('/archives/')

    // Whoever answers has a name and an account of their own on both messengers; the client was sent neither.
    const toClient = telegram.calls.filter(({ params }) => String(params.chat_id) === String(me.id))
    expect(toClient.map(({ params }) => params.text)).toContain('Приходите завтра в 10.')
    const sent = JSON.stringify(toClient)
    for (const canary of ['anary', String(annaTg.id), annaSlack.id]) expect(sent).not.toContain(canary)
  })

  const rowOf = (address: string) =>
    house.store.db.address.findFirst({
      where: { channel: 'telegram', hash: house.store.vault.hash('address', 'telegram', address) },
    })
})

/** Calls that pass a message on with its sender, or ask who somebody is and what they look like. */
const SHOWS_A_PERSON =
  /forward|copyMessage|ProfilePhoto|ProfileAudio|users\.(info|list|profile|lookup)|team\.profile|shareMessage|getPermalink/i

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
