/** A conversation in Slack whose answers are picked: the whole house, from the screen to what is kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSlackChannel } from '../../../adapters/slack/channel.js'
import { readConfig } from '../../../bot/config.js'
import { compile } from '../../../bot/engine/compile.js'
import type { Library } from '../../../bot/engine/library.js'
import type { Values } from '../../../bot/engine/types.js'
import { openHouse, type WholeHouse } from '../../../bot/house.js'
import type { SlackPerson } from '../../stand-ins/slack/people.js'
import { type SlackStandIn, startSlackStandIn } from '../../stand-ins/slack/stand-in.js'
import { type Database, embeddedDatabase, KEY } from '../../store/databases.js'
import { until } from '../house.js'
import { createFastClock, createLog } from './harness.js'

const FLOW = `flow: hotline
for: client
start: { default: true }
lists: { topics: [work, papers, housing] }
steps:
  when: { date: { future: false } }
  topics: { choose: { from: topics, many: true } }
  told: { text: { max: 100 } }`
const WORDS: Record<string, string> = {
  'hotline:when': 'Когда это было?',
  'hotline:topics': 'О чём речь?',
  'hotline:told': 'Расскажите.',
  'hotline:lists.topics.options.work': 'Работа',
  'hotline:lists.topics.options.papers': 'Документы',
  'hotline:lists.topics.options.housing': 'Жильё',
}

describe('a flow in Slack', () => {
  let database: Database
  let house: WholeHouse
  let standIn: SlackStandIn
  const { log } = createLog()
  beforeAll(async () => {
    database = await embeddedDatabase()
    await database.store.close()
    standIn = await startSlackStandIn({})
    const { token: botToken, appToken, apiUrl } = standIn
    house = await openHouse({
      config: readConfig({ DATA_DIR: database.dataDir, RAHNAMO_KEY: KEY.toString('base64') }),
      log,
      channels: () => [createSlackChannel({ botToken, appToken, apiUrl, log, clock: createFastClock() })],
    })
    const mind = house.mind as { library: Library; words: WholeHouse['mind']['words'] }
    const { words } = mind
    mind.library = compile([{ file: 'flows/hotline.yaml', text: FLOW }], { actions: [] })
    mind.words = {
      ...words,
      say: (language, key, values) => WORDS[key] ?? words.say(language, key, values),
      find: (language, key, values) => WORDS[key] ?? words.find(language, key, values),
    }
    await house.conversation.start()
    for (const channel of house.channels) await channel.start(house.conversation.ports)
  })
  afterAll(async () => {
    await house?.close()
    await standIn?.close()
    await database?.drop()
  })

  /** The newest message, once there are that many. */
  const heard = async (anna: SlackPerson, count: number) => {
    await until(`${count} messages`, () => anna.shown().length >= count, 15_000)
    const message = anna.shown()[count - 1]
    if (!message) throw new Error('there is no such message')
    return message
  }

  const say = (key: string, values: Values = {}) => house.mind.words.say('ru', key, values)

  it('is answered by picking a day and several topics', async () => {
    const anna = standIn.person()
    anna.text('здравствуйте')
    const when = await heard(anna, 1)
    expect(when).toMatchObject({ text: 'Когда это было?', picker: { placeholder: 'Выберите день' } })

    await anna.pick(when.key, '2099-01-01')
    expect((await heard(anna, 2)).text).toBe(say('questions:date.future', { day: '2099-01-01' }))
    await anna.pick(when.key, '2024-01-15')
    const topics = await heard(anna, 3)
    expect(topics).toMatchObject({
      text: 'О чём речь?',
      picker: { placeholder: 'Открыть список', options: ['Работа', 'Документы', 'Жильё'] },
    })
    expect(topics.rows.flat().map(({ label }) => label)).not.toContain('Работа')

    await anna.press(topics.key, 'Готово')
    expect((await heard(anna, 4)).text).toBe(say('questions:choose.none'))
    await anna.pick(topics.key, ['Работа', 'Жильё'])
    await anna.press(topics.key, 'Готово')
    expect((await heard(anna, 5)).text).toBe('Расскажите.')

    // Answered already: the same again is a finger that slipped, anything else is told to be too late
    await anna.press(topics.key, 'Готово')
    await anna.pick(when.key, '2024-01-16')
    expect((await heard(anna, 6)).text).toBe(say('common:stale'))
    expect((await heard(anna, 7)).text).toBe('Расскажите.')
    expect(await answersOf(anna.id)).toEqual({ when: '2024-01-15', topics: ['work', 'housing'] })
  })

  async function answersOf(address: string) {
    const hash = house.store.vault.hash('address', 'slack', address)
    const { person, personId, conversation } = await house.store.db.address.findUniqueOrThrow({
      where: { channel_hash: { channel: 'slack', hash } },
      include: { person: true, conversation: true },
    })
    if (!person.wrappedKey || !conversation?.state) throw new Error('there is no conversation')
    const drawer = house.store.vault.drawer(personId, person.wrappedKey)
    const state: { position: { frames: { answers: unknown }[] } } = drawer.openJson(
      'conversation.state',
      conversation.state,
    )
    return state.position.frames[0]?.answers
  }
})
