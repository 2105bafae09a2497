/** What a typed line means, by what is on the screen. */
import type { IncomingEvent, OutButton, Outbound } from '../adapter.js'
import { readTyped } from '../typed-command.js'

export type Typed = IncomingEvent | { kind: 'file'; path: string; text?: string } | { kind: 'keys' }

const FILE = /^\/file\s+(?:"([^"]+)"|(\S+))(?:\s+([\s\S]+))?$/

/**
 * A number presses the button with that number of `open`, the last message with buttons; `=5` is the number itself. `/file path`
 * or `/file "a path" and words` sends a file, `/keys` tells all this. `undefined` for an empty line.
 */
export function readLine(line: string, open: Pick<Outbound, 'id' | 'buttons'> | undefined): Typed | undefined {
  const text = line.trim()
  if (text === '') return undefined
  if (text === '/keys') return { kind: 'keys' }
  const [, quoted, bare, words] = FILE.exec(text) ?? []
  const path = quoted ?? bare
  if (path) return { kind: 'file', path, ...(words && { text: words }) }
  if (/^=\d/.test(text)) return { kind: 'text', text: text.slice(1) }
  const pressed = /^\d{1,2}$/.test(text) && open ? pressable(open.buttons)[Number(text) - 1] : undefined
  if (pressed && open) return { kind: 'button', data: pressed.data, messageKey: open.id, label: pressed.label }
  return readTyped(line)
}

/** The buttons that can be pressed, in the order of their numbers. */
export const pressable = (buttons: OutButton[][] = []): { label: string; data: string }[] =>
  buttons.flat().flatMap((button) => ('data' in button ? button : []))
