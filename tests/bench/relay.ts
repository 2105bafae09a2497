/**
 * How long a client's message takes to the desk's page, to Slack and to Telegram: the whole house on PostgreSQL, with 200 open cases
 * and 40 consultants, over loopback to stand-ins of both messengers. The platforms' own budgets (twenty messages a minute in a group)
 * are lifted, for they would be all that one measures. Memory is looked at while further messages are relayed.
 */
import { randomBytes } from 'node:crypto'
import { createSlackChannel } from '../../adapters/slack/channel.js'
import { createTelegramChannel } from '../../adapters/telegram/channel.js'
import { invite } from '../../bot/console/invitations.js'
import type { Channel } from '../../bot/conversation/channel.js'
import { NOTICE_VERSION } from '../../bot/conversation/notice.js'
import { ALWAYS } from '../../bot/desk/centres.js'
import { newPairing } from '../../bot/desk/pairing.js'
import type { WholeHouse } from '../../bot/house.js'
import { openDesk } from '../desk-browser.js'
import { startSlackStandIn } from '../stand-ins/slack/stand-in.js'
import { BOT_USER } from '../stand-ins/slack/world.js'
import { startTelegramStandIn } from '../stand-ins/telegram/stand-in.js'
import { at, onServer, silent, until } from './served.js'

const CASES = 200
const CONSULTANTS = 40
const MEASURED = 200
const AT_ONCE = 20
const RELAYED = 'дальше'
/** The goal before the platforms' own budgets. */
const GOAL_P95_MS = 300

const freely = <T extends Channel>(channel: T): T =>
  Object.assign(channel, { budget: { perSecond: 1e6, perChatPerSecond: 1e6, perGroupPerMinute: 1e9 } })

function forgetRelayed<Id>(messages: Map<Id, object>): void {
  for (const [id, message] of messages) if (JSON.stringify(message).includes(RELAYED)) messages.delete(id)
}

/** When words with a mark that is waited for were first seen at each place; a page shows those of before too. */
function createWatch() {
  const seen = new Map<string, Map<string, number>>()
  return {
    expect() {
      const mark = `#${randomBytes(4).toString('hex')}`
      seen.set(mark, new Map())
      return mark
    },
    saw(place: string, words: string) {
      for (const [mark] of words.matchAll(/#\w{8}/g)) {
        const places = seen.get(mark)
        if (places && !places.has(place)) places.set(place, performance.now())
      }
    },
    of: (mark: string) => seen.get(mark),
    forget: (mark: string) => seen.delete(mark),
  }
}

/** @param relayed how many further messages are relayed while memory is looked at; a few thousand show whether it grows */
export async function benchRelay(relayed = 5000): Promise<void> {
  const telegram = await startTelegramStandIn()
  const slack = await startSlackStandIn()
  try {
    await onServer('relay', {
      channels: () => [
        freely(createTelegramChannel({ token: telegram.token, apiRoot: telegram.url, log: silent })),
        freely(
          createSlackChannel({ botToken: slack.token, appToken: slack.appToken, apiUrl: slack.apiUrl, log: silent }),
        ),
      ],
      work: async (house) => {
        await house.app.listen({ port: 0, host: '127.0.0.1' })
        const url = `http://127.0.0.1:${(house.app.server.address() as { port: number }).port}`
        await house.conversation.start()
        await Promise.all(house.channels.map((channel) => channel.start(house.conversation.ports)))
        await relay({ house, telegram, slack, url, relayed })
      },
    })
  } finally {
    await telegram.close()
    await slack.close()
  }
}

type Scene = {
  house: WholeHouse
  telegram: Awaited<ReturnType<typeof startTelegramStandIn>>
  slack: Awaited<ReturnType<typeof startSlackStandIn>>
  url: string
  relayed: number
}

async function relay({ house, telegram, slack, url, relayed }: Scene): Promise<void> {
  const { db } = house.store
  const watch = createWatch()
  const now = new Date()
  await db.centre.create({
    data: { id: 'moscow', country: 'RU', city: 'Moscow', timeZone: 'Europe/Moscow', languages: ['ru'], hours: ALWAYS },
  })
  const boss = await db.staff.create({ data: { alias: 'supervisor-1', role: 'supervisor', language: 'en' } })
  for (let nth = 1; nth <= CONSULTANTS; nth++)
    await db.staff.create({ data: { alias: `consultant-${nth}`, centreId: 'moscow', capacity: CASES } })
  const staff = await db.staff.findMany({ where: { role: 'consultant' } })
  const supervisor = { id: boss.id, alias: boss.alias, role: boss.role }
  const code = () => newPairing(house.store, supervisor, { centreId: 'moscow', need: null }, now)
  const forum = telegram.group()
  const channel = slack.channel()
  telegram
    .person()
    .in(forum)
    .text(`/connect ${await code()}`)
  slack.person().write({ text: `<@${BOT_USER}> connect ${await code()}` }, { channel })
  await until('both groups', async () => (await db.group.count()) === 2)

  const people = Array.from({ length: CASES }, () => telegram.person())
  for (const me of people) me.text('/start')
  await until('all clients', async () => (await db.address.count()) >= CASES)
  await db.person.updateMany({ where: { role: 'client' }, data: { language: 'ru', country: 'RU', city: 'Moscow' } })
  const persons = await db.person.findMany({ where: { role: 'client' }, select: { id: true } })
  await db.consent.createMany({
    data: persons.map(({ id }) => ({
      personId: id,
      kind: 'case',
      given: true,
      version: NOTICE_VERSION,
      language: 'ru',
      channel: 'telegram',
    })),
  })
  // Not all at once: two hundred people who ask for a human in one second are another measurement
  for (let from = 0; from < CASES; from += AT_ONCE) {
    for (const me of people.slice(from, from + AT_ONCE)) me.text('/human')
    await until('their cases', async () => (await db.case.count()) === Math.min(CASES, from + AT_ONCE))
  }
  await until('all places', async () => (await db.place.count({ where: { sealed: { not: null } } })) === 2 * CASES)
  for (const [nth, each] of (await db.case.findMany()).entries()) {
    await db.case.update({
      where: { id: each.id },
      data: { state: 'claimed', ownerId: staff[nth % CONSULTANTS]?.id ?? null },
    })
    await db.conversation.update({ where: { id: each.conversationId }, data: { owner: 'human' } })
  }

  const listen = (calls: { method: string; params: Record<string, unknown> }[], place: string) => {
    const push = calls.push.bind(calls)
    calls.push = (...all) => {
      for (const { params } of all) watch.saw(place, JSON.stringify(params))
      // A log of every call would be what grows
      return calls.length > 1000 ? calls.length : push(...all)
    }
  }
  listen(telegram.calls, 'telegram')
  listen(slack.calls, 'slack')

  const desk = await openDesk(url, await invite(house.store, { role: 'consultant', language: 'en', now }))
  let looking: string | undefined
  const stop = await desk.changes(() => {
    const path = looking
    if (path) void desk.page(path).then((page) => watch.saw('desk', page))
  })
  const watched = await db.case.findFirstOrThrow({ orderBy: { openedAt: 'asc' } })
  looking = `cases/${watched.code}`
  const times = { desk: [] as number[], slack: [] as number[], telegram: [] as number[] }
  const personOf = new Map<string, (typeof people)[number]>()
  for (const me of people) {
    const hash = house.store.vault.hash('address', 'telegram', String(me.id))
    const { personId } = await db.address.findUniqueOrThrow({ where: { channel_hash: { channel: 'telegram', hash } } })
    personOf.set(personId, me)
  }
  for (let nth = 0; nth < MEASURED; nth++) {
    // Every second message is of the case that is open at the desk
    const me = nth % 2 === 0 ? personOf.get(watched.personId) : people[nth % CASES]
    const mark = watch.expect()
    const start = performance.now()
    me?.text(`слова ${mark}`)
    await until('the places', () => (watch.of(mark)?.size ?? 0) >= (nth % 2 === 0 ? 3 : 2))
    for (const [place, when] of watch.of(mark) ?? []) times[place as keyof typeof times].push(when - start)
    watch.forget(mark)
  }
  console.log('relay: a client’s words until they are there, with 200 open cases and 40 consultants on PostgreSQL')
  for (const [place, list] of Object.entries(times))
    console.log(
      `  ${place.padEnd(9)} p50 ${at(0.5, list).toFixed(0).padStart(5)} ms   p95 ${at(0.95, list).toFixed(0).padStart(5)} ms   ${at(0.95, list) <= GOAL_P95_MS ? 'goal met' : `goal of ${GOAL_P95_MS} ms MISSED`}`,
    )
  stop()
  looking = undefined

  const memory: number[] = []
  for (let done = 0; done < relayed; done += CASES) {
    const marks = people.map(watch.expect)
    people.forEach((me, nth) => {
      me.text(`${RELAYED} ${marks[nth]}`)
    })
    await until('a round', () => marks.every((mark) => (watch.of(mark)?.size ?? 0) >= 2))
    for (const mark of marks) watch.forget(mark)
    // What the stand-ins keep for looking at is not what is measured; the cases' first messages stay, as they do in a real group
    for (const { chat } of people) forgetRelayed(chat.messages)
    forgetRelayed(forum.chat.messages)
    forgetRelayed(channel.messages)
    slack.delivery.sent.length = 0
    global.gc?.()
    memory.push(process.memoryUsage().heapUsed / 1_048_576)
  }
  const quarter = Math.max(1, Math.floor(memory.length / 4))
  const mean = (list: number[]) => list.reduce((sum, each) => sum + each, 0) / list.length
  const ratio = mean(memory.slice(-quarter)) / mean(memory.slice(quarter, 2 * quarter))
  console.log(
    `  memory over ${relayed.toLocaleString('en')} relayed messages: ${memory.at(-1)?.toFixed(0)} MB of heap at the end, last quarter ${ratio.toFixed(2)} × the second`,
  )
}
