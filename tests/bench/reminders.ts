/**
 * Ten thousand people who all owe a report, on the day it is due, and two processes that remind them. Time is simulated, second by second:
 * what is measured by the machine's clock is the work, what is counted is how fast words go out, that nobody gets two, and whether
 * somebody who writes meanwhile waits behind them.
 */
import { budget, limits } from '../../adapters/telegram/limits.js'
import type { Channel, Outbound } from '../../bot/conversation/channel.js'
import type { WholeHouse } from '../../bot/house.js'
import { PIECE_EVERY_MS } from '../../bot/programme/awake.js'
import { createReportReminders } from '../../bot/programme/reports/reminders.js'
import { crowd } from './crowd.js'
import { at, goal, line, ms, onServer, whole } from './served.js'

const PEOPLE = 10_000
/** The day on which October is due, at ten in Prague. */
const BEGINNING = Date.UTC(2026, 10, 5, 9)
const SECOND = 1000
/** Somebody writes every so often. */
const WRITES_EVERY_MS = 30 * SECOND
const LONGEST_MS = 12 * 3_600_000
const MB = 1_048_576

type Sent = { address: string; at: number; reminder: boolean }

function telegramOf(now: () => number, sent: Sent[]): Channel {
  return {
    name: 'telegram',
    limits,
    budget,
    start: async () => undefined,
    async send({ id, address, text }: Outbound) {
      sent.push({ address, at: now(), reminder: text.includes('is due today') })
      return { messageKey: `out-${id}` }
    },
    remove: async () => undefined,
    fetchFile: async () => new Uint8Array(),
    health: () => ({ state: 'up', sentence: 'Up.' }),
    stop: async () => undefined,
  }
}

/** The most that went out in any one second. */
function mostInASecond(times: readonly number[]): number {
  let most = 0
  let from = 0
  times.forEach((time, nth) => {
    while ((times[from] ?? 0) <= time - SECOND) from++
    most = Math.max(most, nth - from + 1)
  })
  return most
}

export async function benchReminders(people = PEOPLE): Promise<void> {
  let now = BEGINNING
  const sent: Sent[] = []
  await onServer('reminders', {
    clock: () => new Date(now),
    channels: () => [telegramOf(() => now, sent)],
    async work(house, another) {
      console.log(`reminders: ${whole(people)} people, two processes, on PostgreSQL, in simulated time`)
      await crowd(house, { size: people })
      const [asker] = (await crowd(house, { size: 1, months: ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11'] }))
        .people
      await house.store.sql('analyze')
      const other = await another()
      const houses = [house, other].map((each) => ({ house: each, worker: createReportReminders(each) }))
      try {
        global.gc?.()
        const base = process.memoryUsage().heapUsed
        let peak = base
        const planning: number[] = []
        const waits: number[] = []
        const reminded = () => sent.filter(({ reminder }) => reminder).length
        let asks = 0
        while (reminded() < people && now - BEGINNING < LONGEST_MS) {
          if ((now - BEGINNING) % PIECE_EVERY_MS === 0) {
            const start = performance.now()
            await Promise.all(houses.map(({ worker }) => worker.drain()))
            planning.push(performance.now() - start)
          }
          if ((now - BEGINNING) % WRITES_EVERY_MS === 0) await write(house, asker?.address ?? '', ++asks, now)
          await Promise.all(houses.map((each) => each.house.conversation.workers[0]?.drain()))
          now += SECOND
          if ((now - BEGINNING) % (60 * SECOND) === 0) {
            global.gc?.()
            peak = Math.max(peak, process.memoryUsage().heapUsed)
          }
        }
        for (let nth = 0; nth < asks; nth++) {
          const asked = BEGINNING + nth * WRITES_EVERY_MS
          const answered = sent.find(({ address, at }) => address === asker?.address && at >= asked)
          waits.push((answered?.at ?? now) - asked)
        }
        const words = sent.filter(({ reminder }) => reminder)
        const most = mostInASecond(sent.map(({ at }) => at))
        const twice = words.length - new Set(words.map(({ address }) => address)).size
        const took = planning.reduce((sum, each) => sum + each, 0)
        line(
          'planned',
          `${whole(took)} ms in all`,
          `${ms(at(0.5, planning))} a batch`,
          `longest ${ms(Math.max(...planning))}`,
        )
        line('gone out', `${whole(words.length)} words`, `in ${whole((now - BEGINNING) / 60_000)} min`)
        line('the most in one second', `${most}`, goal(most <= budget.perSecond, `${budget.perSecond}`))
        line('to somebody twice', `${twice}`, goal(twice === 0 && words.length === people, 'once each'))
        line('who writes meanwhile waits', `${whole(Math.max(...waits))} ms`, goal(Math.max(...waits) <= SECOND, '1 s'))
        line('heap', `${((peak - base) / MB).toFixed(1)} MB more than before`)
      } finally {
        await other.close()
      }
    },
  })
}

const write = (house: WholeHouse, address: string, nth: number, now: number) =>
  house.conversation.ports.receive({
    channel: 'telegram',
    address,
    updateKey: `w${nth}`,
    messageKey: `w${nth}`,
    at: new Date(now),
    event: { kind: 'command', name: 'worker', argument: '' },
  })
