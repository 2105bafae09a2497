import { z } from 'zod'
import { defineQuestion, invalid, valid } from './question.js'

/** One voice message; the answer is its `FileRef`. */
export const voice = defineQuestion({
  kind: 'voice',
  options: z.strictObject({}),
  texts: ['voice.unreadable'],
  shape: () => ({ id: 'string', kind: 'string', mime: 'string', bytes: 'double' }),
  read(given) {
    const spoken = given.kind === 'files' ? given.files.find(({ kind }) => kind === 'voice') : undefined
    return spoken ? valid({ ...spoken }) : invalid('voice.unreadable')
  },
  show: (_value, { words }) => words('questions:voice.shown') ?? '🎤',
})
