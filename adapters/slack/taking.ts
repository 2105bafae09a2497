/** What is done with each thing that Slack sent: given to the house, in its order, until the house has it. */
import type { Clock, Incoming, Log, Ports } from '../adapter.js'
import { createLanes } from '../lanes.js'
import { createOffering } from '../offering.js'
import type { Slack } from './api.js'
import { toFailure } from './failures.js'
import { formView, notStored } from './forms.js'
import type { Health } from './health.js'
import { SLACK_FORM_WITHIN_MS } from './limits.js'
import type { Threads } from './threads.js'
import type { Reading, World } from './updates/reading.js'
import { readUpdate } from './updates/update.js'

/** What goes back to Slack with "we have it"; usually nothing. */
export type Answer = typeof notStored | undefined

export type TakingNeeds = {
  call: Slack
  ports: Pick<Ports, 'receive'>
  clock: Clock
  log: Log
  health: Health
  threads: Threads
  world: () => World
  /** Something says that the token may be no longer good. */
  lookAgain: () => void
  signal: AbortSignal
}

export type Taking = ReturnType<typeof createTaking>

export function createTaking(needs: TakingNeeds) {
  const { call, ports, clock, log, health, threads, signal } = needs
  const lanes = createLanes()
  const offering = createOffering({ ports, clock, signal, health })
  /** What the house does not have yet. Slack sends it again meanwhile; that is then one and the same. */
  const waiting = new Map<string, Promise<void>>()

  const ignored = (what: string) =>
    log.info({ channel: 'slack', code: 'SLACK_UPDATE_IGNORED', what }, 'An update needs no answer.')
  const stuck = () =>
    log.warn({ channel: 'slack', code: 'SLACK_UPDATE_ASIDE', count: 1 }, 'A refused update is kept in memory only.')

  /** Resolves when the house has it; never, when we are stopped before. */
  function store(incoming: Incoming): Promise<void> {
    const { address, updateKey } = incoming
    const known = waiting.get(updateKey)
    if (known) return known
    const stored = new Promise<void>((resolve) => {
      const committed = () => {
        waiting.delete(updateKey)
        resolve()
      }
      void lanes.run(address, () => offering.offer(incoming, committed, stuck))
    })
    waiting.set(updateKey, stored)
    return stored
  }

  /** Who sent a form waits before it: told within three seconds, they still have their words and can press again. */
  async function storeForm(incoming: Incoming): Promise<Answer> {
    let late = false
    const stored = lanes.run(incoming.address, async () => {
      if (late || signal.aborted) return false
      await ports.receive(incoming)
      return true
    })
    const tooLate = clock.wait(SLACK_FORM_WITHIN_MS, signal).then(() => false)
    const isStored = await Promise.race([stored, tooLate]).catch(() => false)
    late = true
    return isStored ? undefined : notStored
  }

  /** When it does not open in time (Slack gives three seconds), the person presses again. */
  async function openForm({ triggerId, form, origin }: Extract<Reading, { kind: 'form' }>): Promise<void> {
    const view = formView(form, origin)
    await call((api) => api.views.open({ trigger_id: triggerId, view })).catch((error: unknown) =>
      log.warn({ channel: 'slack', code: toFailure(error).code }, 'A form did not open.'),
    )
  }

  return {
    ignored,

    /** Resolves with the answer to Slack when everything is done; rejects never. */
    async take(body: unknown): Promise<Answer> {
      if (signal.aborted) return new Promise(() => {})
      const reading = readUpdate(body, needs.world())
      switch (reading.kind) {
        case 'ignored':
          return void ignored(reading.what)
        case 'own':
          return undefined
        case 'revoked':
          return void needs.lookAgain()
        case 'ours-removed':
          return void threads.forget(reading.channel, reading.ts)
        case 'form':
          return void (await openForm(reading))
        case 'incoming':
          return reading.fromForm ? storeForm(reading.incoming) : void (await store(reading.incoming))
      }
    },

    async idle() {
      await lanes.idle()
      await offering.idle()
    },
  }
}
