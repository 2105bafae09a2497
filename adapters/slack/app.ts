/**
 * Bolt's app, made patient. Bolt acknowledges an event before its listeners have run, and one that is acknowledged Slack does not send
 * again: what the database could not store would be lost. Here each is acknowledged after the house has it.
 */
import { App, type Receiver, type ReceiverEvent } from '@slack/bolt'
import { silent } from './silent.js'
import type { Answer, Taking } from './taking.js'

const nothing = async () => {}

export class PatientApp extends App {
  readonly #taking: Pick<Taking, 'take' | 'ignored'>
  readonly #taken = new WeakMap<object, Promise<Answer>>()

  constructor(receiver: Receiver, taking: Pick<Taking, 'take' | 'ignored'>) {
    super({
      receiver,
      logger: silent,
      // Nothing is asked of Slack before a message is stored: with its own check Bolt would drop it when Slack is away.
      authorize: async () => ({}),
      convoStore: false,
      // Our own messages are known by our readers, which also need to hear of them.
      ignoreSelf: false,
    })
    this.#taking = taking
    this.use(async ({ body }) => {
      this.#taken.set(body, taking.take(body))
    })
  }

  /** Resolves when it is acknowledged. */
  override async processEvent(event: ReceiverEvent): Promise<void> {
    try {
      await super.processEvent({ ...event, ack: nothing })
    } catch {
      // What Bolt cannot take apart (a body `null`, an event without one) it stumbles over; below it is noise like any other.
    }
    const taken = this.#taken.get(event.body)
    if (!taken) this.#taking.ignored('unreadable')
    await event.ack(await taken)
  }
}
