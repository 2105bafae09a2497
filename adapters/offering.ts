/**
 * Offers an update to the house until it is committed. The database may be away for an hour: then every update waits, in its
 * chat's order. One update may be refused for a reason of its own, while the house takes all others: it is offered for ever, with
 * growing pauses, and after a while steps out of its chat's line, so that nobody is mute because of one message.
 */
import type { Clock, Incoming, Ports } from './adapter.js'
import { backoffMs } from './backoff.js'

/** Refusals, each after the house had taken something else, until the chat goes on without the refused update. */
const PATIENCE = 5

type Needs = {
  ports: Pick<Ports, 'receive'>
  clock: Clock
  signal: AbortSignal
  /** Told how many updates the house has refused and not yet taken. */
  health: { refusing(count: number): void }
}

export function createOffering({ ports, clock, signal, health }: Needs) {
  let commits = 0
  let refused = 0
  const aside = new Set<Promise<void>>()

  /** `false` when the house refuses. */
  const attempt = async (incoming: Incoming) => {
    try {
      await ports.receive(incoming)
      commits += 1
      return true
    } catch {
      return false
    }
  }

  return {
    /** Resolves when the chat may go on; `committed` is called as soon as the house has it (never, if we stop before). */
    async offer(incoming: Incoming, committed: () => void, stuck: () => void): Promise<void> {
      if (signal.aborted) return
      if (await attempt(incoming)) return committed()
      health.refusing(++refused)

      let goOn = () => {}
      const chatMayGoOn = new Promise<void>((resolve) => {
        goOn = resolve
      })
      const insist = async () => {
        let alone = 0
        for (let failures = 1; ; failures++) {
          const before = commits
          await clock.wait(backoffMs(failures), signal)
          if (signal.aborted) return
          if (await attempt(incoming)) {
            health.refusing(--refused)
            return committed()
          }
          if (commits > before) alone += 1
          if (alone === PATIENCE) {
            stuck()
            goOn()
          }
        }
      }
      const insisting = insist().finally(() => {
        aside.delete(insisting)
        goOn()
      })
      aside.add(insisting)
      await chatMayGoOn
    },
    /** Resolves when nothing is being offered any more; after the signal was aborted, that is soon. */
    async idle() {
      await Promise.all(aside)
    },
  }
}
