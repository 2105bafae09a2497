/**
 * One message, one transaction: receive, think, deliver, timers, files. Knows neither what a channel looks like nor what a case is.
 *
 * An action is the only door from a flow into a capability. It runs inside the message's own transaction.
 */
import type { z } from 'zod'
import type { Tx } from '../store/store.js'
import type { Turn } from './turn.js'

export type ActionContext = {
  tx: Tx
  now: Date
  /** The turn it runs in: who speaks, what is said, who owns the conversation. */
  turn: Turn
}

export type Action = {
  name: string
  input: z.ZodType
  output: z.ZodType
  /** It leads to a human: a path that ends here ends well. */
  human?: boolean
  run(input: unknown, context: ActionContext): Promise<unknown>
}

/** Thrown by an action that refuses; a step catches it with `else: { code: step }`. */
export class Refusal extends Error {
  constructor(readonly code: string) {
    super(code)
    this.name = 'Refusal'
  }
}

/** Ties an action's code to its schemas: what comes in was checked, what goes out will be. */
export function defineAction<Input extends z.ZodType, Output extends z.ZodType>(action: {
  name: string
  input: Input
  output: Output
  human?: boolean
  run(input: z.output<Input>, context: ActionContext): Promise<z.input<Output>>
}): Action {
  return {
    ...action,
    run: async (input, context) => action.output.parse(await action.run(action.input.parse(input), context)),
  }
}
