/** Staff's own words, before they go to a client or into a note. */
import { UserError } from '../errors.js'

/** Two of Telegram's longest messages; what is longer is a document. */
export const WORDS_MAX = 8000

/** Control characters that a keyboard cannot type and a messenger may refuse; tabs and line ends stay. */
const CONTROL = /(?![\t\n])\p{Cc}/gu

/** Lines end as everywhere, and nothing is in them that no database and no messenger takes. */
export const withoutControls = (text: string): string => text.replace(/\r\n?/g, '\n').replace(CONTROL, '')

/** @throws UserError tooLong */
export function cleanWords(text: string): string {
  const words = withoutControls(text).trim()
  if (words.length > WORDS_MAX) throw new UserError('tooLong', { max: WORDS_MAX })
  return words
}
