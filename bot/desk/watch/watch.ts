/**
 * The desk's clock: what is due by time alone. One worker asks the database what is due and does it, each act in its own transaction
 * under the case's lock, so that several processes do it once; after an hour in which nothing ran it does all that was missed.
 */

import { faultOf } from '../../conversation/fault.js'
import { createWorker, type Worker } from '../../conversation/worker.js'
import { isTrouble } from '../../store/trouble.js'
import type { DeskHouse } from '../centres.js'
import { endApprovals } from '../two-people/lapse.js'
import { nextAppointment, remind } from './appointments.js'
import { setGoals, tellBreaches, tellWarnings } from './goals.js'
import { climb } from './ladder.js'
import { endOffers } from './offers.js'
import { openShifts } from './shifts.js'

/** Each looks for what is due and does it; returns how many there were. A fault in one must not keep the others waiting. */
const ROUNDS = [setGoals, tellWarnings, tellBreaches, climb, endOffers, endApprovals, remind, openShifts]

/** A burst of changes is one look. */
const GATHER_MS = 500

export function createWatch(house: DeskHouse): Worker {
  const { store, clock, log } = house

  return createWorker({
    name: 'watch',
    log,
    clock,
    async run() {
      let done = 0
      for (const round of ROUNDS) {
        try {
          done += await round(house)
        } catch (error) {
          if (isTrouble(error) || !(await store.alive())) throw error
          log.warn({ code: faultOf(error), worker: 'watch', what: round.name }, 'The desk’s clock met a fault of ours.')
        }
      }
      return done > 0 ? clock() : nextDue(house)
    },
    // Nothing here is a matter of less than a second, and a lively talk would ask the database for every line
    wakenBy(wake) {
      let gathering: NodeJS.Timeout | undefined
      const stop = store.signals.on('case', () => {
        gathering ??= setTimeout(() => {
          gathering = undefined
          wake()
        }, GATHER_MS)
      })
      return () => {
        clearTimeout(gathering)
        stop()
      }
    },
  })
}

async function nextDue({ store, clock }: DeskHouse): Promise<Date | undefined> {
  const [row] = await store.sql<{ at: Date | null }>(
    `select least(
       (select min(warn_at) from case_file where state <> 'closed' and warn_at is not null),
       (select min(due_at) from case_file where state <> 'closed' and breached_at is null),
       (select min(rung_at) from case_file where state = 'queued' and rung_at is not null),
       (select min(expires_at) from offer where state in ('asked', 'offered')),
       (select min(expires_at) from approval where state in ('asked', 'approved'))) as at`,
  )
  const times = [row?.at, await nextAppointment(store.sql)].filter((at) => at instanceof Date)
  // What is due and could not be done now must not be tried a thousand times a second.
  const soonest = Math.min(...times.map((at) => at.getTime()))
  return times.length > 0 ? new Date(Math.max(soonest, clock().getTime() + 1000)) : undefined
}
