/** The way to help and the way to clear the chat: they pass every limit (S33). */
import { goData } from '../engine/tokens.js'
import type { IncomingEvent } from './channel.js'

const FLOWS = ['sos', 'panic']

export function isWayOut(event: IncomingEvent): boolean {
  if (event.kind === 'command') return FLOWS.includes(event.name)
  return event.kind === 'button' && FLOWS.some((flow) => event.data === goData(flow))
}
