/** Fires what is due. Any process may: the row is taken in the transaction that acts on it, so each fires once. */
import { sqlOf } from '../store/store.js'
import type { House } from './house.js'
import { inConversation } from './inside.js'
import { think } from './think.js'
import { createWorker, type Worker } from './worker.js'

const BATCH = 50

type DueTimer = { conversationId: string; key: string; turn: number }

export function createTimers(house: House): Worker {
  const { store, clock } = house

  const fire = (timer: DueTimer) =>
    store.transaction(async (tx) => {
      const taken = await sqlOf(tx)<{ key: string }>(
        'delete from timer where conversation_id = $1::uuid and key = $2 and turn = $3::int and due_at <= $4 returning key',
        [timer.conversationId, timer.key, timer.turn, clock()],
      )
      if (taken.length === 0) return
      await inConversation(house, tx, timer.conversationId, async (turn) => {
        // While a human talks, the bot's reminders would only interrupt.
        if (turn.owner !== 'bot') return
        await think(turn, house.mind, { kind: 'timer', key: timer.key, turn: timer.turn }, tx)
      })
    })

  return createWorker({
    name: 'timers',
    log: house.log,
    clock,
    async run() {
      const due = await store.sql<DueTimer>(
        'select conversation_id as "conversationId", key, turn from timer where due_at <= $1 order by due_at limit $2::int',
        [clock(), BATCH],
      )
      for (const timer of due) await fire(timer)
      if (due.length > 0) {
        store.signals.emit('outbox')
        return clock()
      }
      const [next] = await store.sql<{ at: Date | null }>('select min(due_at) as at from timer')
      return next?.at ?? undefined
    },
    wakenBy: (wake) => store.signals.on('timers', wake),
  })
}
