/** Fires what is due. Any process may: the row is taken in the transaction that acts on it, so each fires once. */
import { sqlOf } from '../store/store.js'
import { isTrouble } from '../store/trouble.js'
import { faultOf } from './fault.js'
import type { House } from './house.js'
import { inConversation } from './inside.js'
import { think } from './think.js'
import { createWorker, type Worker } from './worker.js'

const BATCH = 50
const PUT_OFF_MS = 3_600_000

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

  /** One that meets a fault of ours must not keep the others waiting: it is put off, and somebody can read the log. */
  const fireSafely = async (timer: DueTimer): Promise<void> => {
    try {
      await fire(timer)
    } catch (error) {
      if (isTrouble(error) || !(await store.alive())) throw error
      house.log.warn({ code: faultOf(error), worker: 'timers' }, 'A reminder met a fault of ours and is put off.')
      await store.sql('update timer set due_at = $4 where conversation_id = $1::uuid and key = $2 and turn = $3::int', [
        timer.conversationId,
        timer.key,
        timer.turn,
        new Date(clock().getTime() + PUT_OFF_MS),
      ])
    }
  }

  return createWorker({
    name: 'timers',
    log: house.log,
    clock,
    async run() {
      const due = await store.sql<DueTimer>(
        'select conversation_id as "conversationId", key, turn from timer where due_at <= $1 order by due_at limit $2::int',
        [clock(), BATCH],
      )
      for (const timer of due) await fireSafely(timer)
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
