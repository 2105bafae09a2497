/** What a person posted, whether the page's script sent it as JSON or a form did, as an event. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { IncomingEvent } from '../adapter.js'
import { readTyped } from '../typed-command.js'
import { Refusal } from './answer.js'
import { WEB_LIMITS } from './options.js'

/** Made by the page, so that the same message tried again over a poor line is the same update. */
export const MessageId = z.string().regex(/^[\w-]{8,64}$/)

const Said = z.object({
  id: MessageId,
  text: z.string().optional(),
  button: z.string().min(1).optional(),
  /** With `button`: the message that carries it, and what stands on it. */
  message: z.string().max(100).optional(),
  label: z.string().optional(),
  command: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,31}$/)
    .optional(),
  argument: z.string().max(200).optional(),
  phone: z.string().max(40).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
})
type Said = z.infer<typeof Said>

/** @throws Refusal when nothing was said, or too much */
export function readSaid(body: unknown): { id: string; event: IncomingEvent } {
  const said = Said.safeParse(body)
  if (!said.success) throw new Refusal(400, 'note.notUnderstood')
  return { id: said.data.id, event: eventOf(said.data) }
}

function eventOf(said: Said): IncomingEvent {
  const { text, button, command, phone, latitude, longitude } = said
  if (button !== undefined) {
    if (Buffer.byteLength(button) > WEB_LIMITS.buttonDataBytes) throw new Refusal(400, 'note.notUnderstood')
    return {
      kind: 'button',
      data: button,
      ...(said.message && { messageKey: said.message }),
      ...(said.label && { label: said.label.slice(0, WEB_LIMITS.label) }),
    }
  }
  if (command !== undefined) return { kind: 'command', name: command, argument: said.argument ?? '' }
  if (phone?.trim()) return { kind: 'phone', phone: phone.trim(), own: true }
  if (latitude !== undefined && longitude !== undefined) return { kind: 'location', latitude, longitude }
  if (!text?.trim()) throw new Refusal(400, 'note.empty')
  if (text.length > WEB_LIMITS.text) throw new Refusal(413, 'note.tooLong', { max: WEB_LIMITS.text })
  return readTyped(text)
}

/**
 * A form keeps its id while the page stands: pressing two of its buttons, or going back and writing something else, must be two
 * messages, and pressing one twice only one.
 */
export const formMessageId = (id: string, event: IncomingEvent): string =>
  `${id}.${createHash('sha256').update(JSON.stringify(event)).digest('hex').slice(0, 8)}`
