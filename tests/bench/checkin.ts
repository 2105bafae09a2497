/**
 * A room that checks in: thirty people within ten seconds, half by the QR and half by the digits under it, over loopback to a stand-in of
 * Telegram with Telegram's own budget. How long each waits for the answer.
 */
import { createTelegramChannel } from '../../adapters/telegram/channel.js'
import { codeOf, stepAt, tokenOf } from '../../bot/programme/checkin/codes.js'
import { startTelegramStandIn } from '../stand-ins/telegram/stand-in.js'
import { crowd } from './crowd.js'
import { at, goal, line, ms, onServer, silent, until } from './served.js'

const PEOPLE = 30
const WITHIN_MS = 10_000
const ROUNDS = 3
const GOAL_MS = 2000
const DONE = 'You are checked in'

export async function benchCheckin(): Promise<void> {
  const telegram = await startTelegramStandIn()
  try {
    await onServer('checkin', {
      channels: () => [createTelegramChannel({ token: telegram.token, apiRoot: telegram.url, log: silent })],
      async work(house) {
        console.log(`checkin: ${PEOPLE} people within ${WITHIN_MS / 1000} s, on PostgreSQL, with Telegram’s own budget`)
        await house.conversation.start()
        await Promise.all(house.channels.map((channel) => channel.start(house.conversation.ports)))
        for (let round = 1; round <= ROUNDS; round++) {
          const times = await room(house, telegram)
          const longest = Math.max(...times)
          const shown = [`p50 ${ms(at(0.5, times))}`, `p95 ${ms(at(0.95, times))}`, `max ${ms(longest)}`]
          line(`answers, round ${round}`, ...shown, goal(longest < GOAL_MS, ms(GOAL_MS)))
        }
      },
    })
  } finally {
    await telegram.close()
  }
}

type House = Parameters<Parameters<typeof onServer>[1]['work']>[0]

/** One room of new people; returns how long each waited. */
async function room(house: House, telegram: Awaited<ReturnType<typeof startTelegramStandIn>>): Promise<number[]> {
  const { store, clock } = house
  const phones = Array.from({ length: PEOPLE }, () => telegram.person())
  const { groupId } = await crowd(house, { size: PEOPLE, addresses: phones.map(({ id }) => String(id)) })
  const startsAt = new Date(clock().getTime() + 5 * 60_000)
  const { id } = await store.db.trainingSession.create({
    data: { groupId, module: 1, startsAt, endsAt: new Date(startsAt.getTime() + 8 * 3_600_000) },
  })
  const asked = new Map<string, number>()
  const waited = new Map<string, number>()
  const { calls } = telegram
  const push = Array.prototype.push
  calls.push = (...all) => {
    for (const { params } of all) {
      const start = asked.get(String(params.chat_id))
      if (start === undefined || !String(params.text).includes(DONE)) continue
      waited.set(String(params.chat_id), performance.now() - start)
    }
    return Reflect.apply(push, calls, all)
  }
  await Promise.all(
    phones.map(async (phone, nth) => {
      // As a queue at a door: even, but for two who come together now and then
      await new Promise((resolve) => setTimeout(resolve, (WITHIN_MS * (nth - (nth % 3 === 0 ? 1 : 0))) / PEOPLE))
      const step = stepAt(clock())
      asked.set(String(phone.id), performance.now())
      if (nth % 2 === 0) phone.text(`/start ${tokenOf(store.vault.hash, id, step)}`)
      else phone.text(`/checkin ${codeOf(store.vault.hash, id, step)}`)
    }),
  )
  await until('an answer to everybody', () => waited.size === PEOPLE)
  const events = await store.db.attendanceEvent.count({ where: { sessionId: id, becomes: 'present' } })
  if (events !== PEOPLE) throw new Error(`${events} are in the list, not ${PEOPLE}`)
  return [...waited.values()]
}
