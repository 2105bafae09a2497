/** What the stories of a conversation begin with: a house on each database, and people who have come some way. */
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Action } from '../../bot/conversation/action.js'
import { person, type TestHouse, testHouse } from '../house.js'
import { type Database, embeddedDatabase, SERVED, servedDatabase, tellsOnBoth } from '../store/databases.js'

/** Tells the same stories in a house on each database (see `tellsOnBoth`); one house for all, so each story has people of its own. */
export function inHouses(
  name: string,
  stories: (house: () => TestHouse, kind: 'embedded' | 'PostgreSQL') => void,
  { isAboutIt = false } = {},
): void {
  describe.each([
    ['embedded', tellsOnBoth || isAboutIt, embeddedDatabase],
    ['PostgreSQL', SERVED, servedDatabase],
  ] as const)(`${name} (%s)`, (kind, there, database) => {
    if (!there) {
      it.skip('not told on this database now', () => undefined)
      return
    }
    let house: TestHouse
    beforeAll(async () => {
      house = await testHouse({ database })
    })
    afterAll(() => house.end())
    stories(() => house, kind)
  })
}

/** For what is not about the database: once is enough, on the quicker one that is here. */
export function inHouse(name: string, stories: (house: () => TestHouse) => void): void {
  describe(name, () => {
    let house: TestHouse
    beforeAll(async () => {
      house = await testHouse()
    })
    afterAll(() => house.end())
    stories(() => house)
  })
}

/** Another process on the same PostgreSQL database. */
export async function neighbour(house: TestHouse): Promise<TestHouse> {
  const { databaseUrl, dataDir } = house.config
  if (!databaseUrl) throw new Error('Only a served database has room for two.')
  const nothing = async () => undefined
  const store = { ...house.store, close: nothing }
  const shared: Database & { url: string } = {
    store,
    url: databaseUrl,
    dataDir,
    reopen: async () => store,
    drop: nothing,
  }
  return testHouse({ database: async () => shared, now: house.fake.now().toISOString() })
}

type Person = ReturnType<typeof person>

let newcomers = 0

/** Somebody whom nobody has met. Their number is long, so that it stands nowhere by chance. */
export const stranger = (house: TestHouse): Person => person(house, `700094318627${++newcomers}`)

const say = (house: TestHouse, key: string) => house.mind.words.say('ru', key)

/** Somebody who was asked whether their words may be kept, and has not answered. */
export async function atNotice(house: TestHouse): Promise<Person> {
  const somebody = stranger(house)
  await somebody.writes('/start')
  await somebody.presses('Русский')
  return somebody
}

/** Somebody who agreed, in Russian, in Moscow, and is asked what they want to know. */
export async function atAsk(house: TestHouse): Promise<Person> {
  const somebody = await atNotice(house)
  await somebody.presses(say(house, 'hotline:notice.options.agree'))
  await somebody.presses(say(house, 'hotline:country.options.RU'))
  await somebody.presses('Москва')
  somebody.hears()
  return somebody
}

/** Somebody who agreed and waits for a human. */
export async function inQueue(house: TestHouse): Promise<Person> {
  const somebody = await atAsk(house)
  await somebody.writes('/human')
  somebody.hears()
  return somebody
}

/** Puts another action in the place of one, until the returned function is called. */
export function instead(house: TestHouse, name: string, run: Action['run']): () => void {
  const actions = house.mind.actions as Map<string, Action>
  const own = actions.get(name)
  if (!own) throw new Error(`There is no action ${name}.`)
  actions.set(name, { ...own, run })
  return () => actions.set(name, own)
}

/** A person's rows. */
export async function rowsOf(house: TestHouse, address: string) {
  const found = await house.store.db.address.findUniqueOrThrow({
    where: { channel_hash: { channel: 'telegram', hash: house.store.vault.hash('address', 'telegram', address) } },
    include: { person: true, conversation: { include: { messages: { orderBy: { id: 'asc' } }, timers: true } } },
  })
  if (!found.conversation || !found.person.wrappedKey) throw new Error('No conversation.')
  const drawer = house.store.vault.drawer(found.personId, found.person.wrappedKey)
  return {
    address: found,
    person: found.person,
    conversation: found.conversation,
    messages: found.conversation.messages,
    drawer,
  }
}
