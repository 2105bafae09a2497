import { normalise } from '../text/scripts.js'

let lastText = ''
let lastPlain = ''

/** `normalise`, once for each message: its words are looked at as a command, as a word of a flow, and as a label. */
export function plain(text: string): string {
  if (text !== lastText) {
    lastPlain = normalise(text)
    lastText = text
  }
  return lastPlain
}
