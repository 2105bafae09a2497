/** What somebody did on a channel, in the two forms that a conversation needs: as it is kept, and as the engine reads it. */
import type { Event, FileRef, Input } from '../engine/types.js'
import { roughDegrees } from '../text/rough-place.js'
import type { Incoming, IncomingEvent } from './channel.js'
import type { House } from './house.js'
import type { Body } from './render.js'

/** What is kept of it; `null` for what has no words. */
export function bodyOf(event: IncomingEvent): Body | null {
  switch (event.kind) {
    case 'text':
      return { text: event.text }
    case 'edit':
      return { text: event.text, corrects: event.messageKey }
    case 'files':
      return { text: event.text ?? '' }
    case 'command':
      return { text: `/${event.name}` }
    // Only channels that draw the conversation themselves say what stood on it
    case 'button':
      return event.label ? { text: event.label } : null
    // A shared card or place is masked: staff see it only by an act that is logged. Where exactly somebody is, nobody keeps (S10).
    case 'phone':
      return { text: '', shared: 'phone', value: event.phone }
    case 'location':
      return { text: '', shared: 'location', value: `${roughDegrees(event.latitude)},${roughDegrees(event.longitude)}` }
    default:
      return null
  }
}

/** What the engine is told; `files` are those that were taken. A button that carries a word leads into its flow, whatever is open. */
export function eventOf({ event, messageKey }: Incoming, files: FileRef[], house: House): Event {
  const input = inputOf(event, files)
  if (event.kind === 'edit') return { kind: 'edit', messageKey: event.messageKey, input }
  if (event.kind !== 'button') return { kind: 'input', input, ...(messageKey ? { messageKey } : {}) }
  return carriedBy(event.data, house) ?? { kind: 'input', input }
}

/** A button may carry a word into its flow: `go:<flow>:<word>`. */
function carriedBy(data: string, house: House): Event | undefined {
  const [, flow = '', said = ''] = /^go:([a-z-]+):(.+)$/.exec(data) ?? []
  return house.mind.library.newest(flow)?.interrupt ? { kind: 'interrupt', flow, input: { said } } : undefined
}

function inputOf(event: IncomingEvent, files: FileRef[]): Input {
  switch (event.kind) {
    case 'text':
    case 'edit':
      return { kind: 'text', text: event.text }
    case 'button':
      return { kind: 'button', data: event.data, ...(event.picked ? { picked: event.picked } : {}) }
    case 'files':
      return { kind: 'files', files, ...(event.text ? { text: event.text } : {}) }
    case 'phone':
      return { kind: 'phone', phone: event.phone }
    case 'location':
      return { kind: 'location', latitude: event.latitude, longitude: event.longitude }
    default:
      return { kind: 'text', text: '' }
  }
}
