/** Words of `feedback-desk.json`. */
import type { Say, Words } from '../../../desk/labels.js'
import type { StaffLanguage } from '../../../text/languages.js'

export const feedbackWords =
  (words: Words, tongue: StaffLanguage): Say =>
  (key, values) =>
    words.say(tongue, `feedback-desk:${key}`, values)
