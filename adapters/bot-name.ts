/** The name under which a messenger shows us stands in a list that others see on a phone (S21). */
import { alarmingWords } from '../bot/text/alarm-words.js'
import { LANGUAGES } from '../bot/text/languages.js'

/** Whether a name of ours gives away what we are for, in any of our languages. Joined words (`refugee_help_bot`) are taken apart. */
export const givesAway = (...names: (string | undefined)[]): boolean => {
  const words = names
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{M}']+/gu, ' ')
  return LANGUAGES.some((language) => alarmingWords(words, language).length > 0)
}
