/** The materials of a module in a chat: beneath the words that name the day. */
import type { Words } from '../../conversation/words.js'
import type { Language } from '../../text/languages.js'
import { linksOf, type Material, titleIn } from './materials.js'

/** Nothing where there are none. An address stands at the end of its line, so that no messenger takes more into the link. */
export function materialLines(
  words: Pick<Words, 'say'>,
  language: Language,
  materials: readonly Material[],
  module: number,
): string {
  const links = linksOf(language, materials, module)
  if (links.length === 0) return ''
  const lines = links.map((link) => `• ${titleIn(language, link)}: ${link.url}`)
  return `\n\n${[words.say(language, 'checkin:materials'), ...lines].join('\n')}`
}
