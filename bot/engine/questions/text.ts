import { z } from 'zod'
import { MESSAGE_MAX } from '../../limits.js'
import { defineQuestion, invalid, valid } from './question.js'

/** Own words, at most one message when the flow sets no limit; or, with `voice`, a voice message instead. */
export const text = defineQuestion({
  kind: 'text',
  options: z.strictObject({
    min: z.int().min(1).default(1),
    max: z.int().min(1).default(MESSAGE_MAX),
    voice: z.boolean().default(false),
  }),
  texts: ['text.unreadable', 'text.short', 'text.long'],
  shape: ({ voice }) => (voice ? { text: 'string', voice: 'string' } : 'string'),
  read(given, { min, max, voice }) {
    const spoken = voice && given.kind === 'files' ? given.files.find((file) => file.kind === 'voice') : undefined
    if (spoken) return valid({ voice: spoken.id })
    const written = (given.kind === 'text' || given.kind === 'files' ? given.text : undefined)?.trim()
    if (!written) return invalid('text.unreadable')
    if (written.length < min) return invalid('text.short', { min })
    if (written.length > max) return invalid('text.long', { max, over: written.length - max })
    return valid(voice ? { text: written } : written)
  },
  show(value, { words }) {
    if (typeof value === 'string') return value
    const { text } = value as { text?: string }
    return text ?? words('questions:voice.shown') ?? '🎤'
  },
})
