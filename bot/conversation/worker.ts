/** A loop that sleeps until it is woken, or until the next thing is due, and outlives its own failures. */
import { faultOf } from './fault.js'
import type { Clock, Log } from './house.js'

export type Worker = {
  name: string
  start(): void
  /** Runs until nothing more is due; for tests and for a last look before the end. */
  drain(): Promise<void>
  stop(): Promise<void>
}

/** A wake-up may get lost with a connection: nobody sleeps longer than this. */
const LONGEST_SLEEP_MS = 5000
const PAUSE_AFTER_FAILURE_MS = 1000

export function createWorker(options: {
  name: string
  log: Log
  clock: Clock
  /** Does what is due; returns when the next thing will be due, now or earlier for "at once". */
  run(): Promise<Date | undefined>
  wakenBy(wake: () => void): () => void
  longestSleepMs?: number
}): Worker {
  const { name, log, clock, longestSleepMs = LONGEST_SLEEP_MS } = options
  let stopping = false
  let woken = false
  let alarm: (() => void) | undefined
  let loop: Promise<void> | undefined
  let failing = false

  const wake = () => {
    woken = true
    alarm?.()
  }

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      if (woken || stopping) return resolve()
      const timer = setTimeout(done, ms)
      function done() {
        clearTimeout(timer)
        alarm = undefined
        resolve()
      }
      alarm = done
    })

  const round = async (): Promise<number> => {
    woken = false
    try {
      const next = await options.run()
      if (failing) log.info({ worker: name }, 'Working again.')
      failing = false
      return next ? Math.min(longestSleepMs, Math.max(0, next.getTime() - clock().getTime())) : longestSleepMs
    } catch (error) {
      // Once for each trouble, not once a second.
      if (!failing) log.warn({ worker: name, code: faultOf(error) }, 'A worker met trouble and tries again.')
      failing = true
      woken = false
      return PAUSE_AFTER_FAILURE_MS
    }
  }

  return {
    name,
    start() {
      const unlisten = options.wakenBy(wake)
      loop = (async () => {
        while (!stopping) {
          const pause = await round()
          if (pause > 0) await sleep(pause)
        }
        unlisten()
      })()
    },
    async drain() {
      for (;;) {
        const next = await options.run()
        if (!next || next.getTime() > clock().getTime()) return
      }
    },
    async stop() {
      stopping = true
      wake()
      await loop
    },
  }
}
