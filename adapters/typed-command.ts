/** Commands that are typed as words, for channels without a notion of their own. */
import type { IncomingEvent } from './adapter.js'

const COMMAND = /^\/([a-z][a-z0-9_]*)(?:\s+([\s\S]*))?$/i

/** "/mydata" and "/language uz" are commands; anything else is the text that it is. */
export function readTyped(text: string): IncomingEvent {
  const [, name, argument = ''] = COMMAND.exec(text.trim()) ?? []
  return name ? { kind: 'command', name: name.toLowerCase(), argument: argument.trim() } : { kind: 'text', text }
}
