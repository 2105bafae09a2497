/** What stands in the data of a button. Channels give it back as it was, months later or made up by somebody else. */
import { DATA_ID, FLOW_NAME, ID } from './names.js'

/** The limit of Telegram's `callback_data`; the smallest of our channels. */
const BUTTON_DATA_MAX_BYTES = 64

/** Controls of a question, beside its options. */
const CONTROLS = ['more', 'skip', 'done', 'yes', 'no', 'again', 'fine', 'picked'] as const
export type Control = (typeof CONTROLS)[number]

export type Pressed =
  /** An option of the question asked in that turn. */
  | { kind: 'option'; turn: number; id: string; off: boolean }
  /** An option that has an unwieldy id, by its place. */
  | { kind: 'place'; turn: number; place: number; off: boolean }
  | { kind: 'control'; turn: number; control: Control }
  /** Into a flow, whatever is open. */
  | { kind: 'go'; flow: string }
  | { kind: 'jump'; flow: string; step: string }
  | { kind: 'back' }
  | { kind: 'cancel' }
  | { kind: 'foreign' }

/** `off` takes a tick away; a second press of the same button then does nothing. */
export const optionData = (token: string, tag: string, off = false): string => `${off ? 'o' : 'a'}:${token}:${tag}`
/** How an asking is named in its buttons. */
export const tokenOf = (turn: number): string => turn.toString(36)
/** How an option is named in a button: by its id, or by its place where the id is unwieldy. */
export const tagOf = (id: string, place: number): string => (DATA_ID.test(id) ? id : placeTag(place))
export const placeTag = (place: number): string => `~${place}`
export const controlData = (turn: number, control: Control): string => `a:${tokenOf(turn)}:!${control}`
export const goData = (flow: string): string => `go:${flow}`
export const jumpData = (flow: string, step: string): string => `to:${flow}:${step}`
export const BACK = 'back'
const CANCEL = 'cancel'

export function readData(data: string): Pressed {
  if (data === BACK) return { kind: 'back' }
  if (data === CANCEL) return { kind: 'cancel' }
  const [what, first = '', second, ...more] = data.split(':', 4)
  if (data.length > BUTTON_DATA_MAX_BYTES || more.length > 0) return { kind: 'foreign' }
  if (what === 'go' && second === undefined && FLOW_NAME.test(first)) return { kind: 'go', flow: first }
  if (second === undefined) return { kind: 'foreign' }
  if (what === 'to' && FLOW_NAME.test(first) && ID.test(second)) return { kind: 'jump', flow: first, step: second }
  if ((what !== 'a' && what !== 'o') || !/^[0-9a-z]{1,10}$/.test(first)) return { kind: 'foreign' }
  const turn = Number.parseInt(first, 36)
  const off = what === 'o'
  if (DATA_ID.test(second)) return { kind: 'option', turn, id: second, off }
  if (/^~\d{1,3}$/.test(second)) return { kind: 'place', turn, place: Number(second.slice(1)), off }
  const control = CONTROLS.find((each) => second === `!${each}`)
  return control ? { kind: 'control', turn, control } : { kind: 'foreign' }
}
