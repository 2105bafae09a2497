/** What to say to words of danger where there is no chat, and so no case: whom to call, at once (S38). */
import type { Words } from '../conversation/words.js'
import { detectDanger } from '../danger/detect.js'
import { dangerMessage } from '../danger/message.js'
import type { Language } from '../text/languages.js'

/** `undefined` when there is no danger in them. */
export function helpInDanger(words: Pick<Words, 'say'>, language: Language, text: string): string | undefined {
  const danger = detectDanger(text)
  if (!danger) return undefined
  const say = (key: string, values = {}) => words.say(language, key, values)
  return dangerMessage({ kind: danger.kind, country: undefined, language, say })
}
