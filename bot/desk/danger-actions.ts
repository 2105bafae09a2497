/** The button that stands on every screen. */
import { z } from 'zod'
import { defineAction } from '../conversation/action.js'
import { recall } from '../conversation/memory.js'
import type { Words } from '../conversation/words.js'
import { help } from './danger-guard.js'

export function dangerActions({ words }: { words: Words }) {
  const sos = defineAction({
    name: 'danger.help',
    input: z.object({}),
    output: z.object({}),
    human: true,
    async run(_, { tx, turn }) {
      await help(turn, tx, words, { kind: 'sos', question: recall(turn).question })
      return {}
    },
  })
  return [sos]
}
