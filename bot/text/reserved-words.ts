/** Words that mean something to the bot, in any language and script: labels, answers, ways out. Nobody's own word may be one of them. */
import { CITIES } from './cities.js'
import { readDate, readMonth } from './dates.js'
import { FREQUENT_WORDS } from './frequent-words.js'
import { LANGUAGE_NAMES, LANGUAGES } from './languages.js'
import { readLocaleFiles } from './locale-files.js'
import { readNumber } from './numbers.js'
import { looseWords, soundKey } from './scripts.js'
import { isSmallTalk } from './small-talk.js'
import { readYesNo } from './yes-no.js'

/** Texts that are pressed or typed; everything else is only said. */
const READ = /(^|\.)(options?|synonyms|words|buttons|topics|cities)(\.|$)|[bB]utton$/

/** Any day: a word that names one is an answer whichever day it is. */
const SOME_DAY = '2026-01-15'

export type ReservedWords = (word: string) => boolean

/** Reads the texts in `dir` once. */
export function reservedWords(dir: string): ReservedWords {
  const known = new Set<string>()
  const add = (text: string) => {
    for (const word of looseWords(text)) known.add(soundKey(word))
  }
  for (const namespaces of readLocaleFiles(dir).values())
    for (const texts of namespaces.values()) for (const [key, text] of texts) if (READ.test(key)) add(text)
  for (const text of [...Object.values(FREQUENT_WORDS), ...Object.values(LANGUAGE_NAMES)]) add(text)
  for (const { id, name } of CITIES) add(`${id} ${name}`)
  return (word) =>
    known.has(soundKey(word)) ||
    isSmallTalk(word) ||
    LANGUAGES.some(
      (language) =>
        readYesNo(word, language) !== undefined ||
        readNumber(word, language) !== undefined ||
        readDate(word, language, SOME_DAY) !== undefined ||
        readMonth(word, language, SOME_DAY) !== undefined,
    )
}
