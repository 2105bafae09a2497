/** The buttons that the house puts under its own words; what a flow offers it names itself. */
import { goData } from '../engine/tokens.js'
import type { Button } from '../engine/types.js'
import type { Language } from '../text/languages.js'
import type { OutButton } from './channel.js'
import type { Words } from './words.js'

export const MENU_BUTTON: Button = { data: goData('menu'), label: { key: 'common:menuButton' } }
export const CASE_BUTTON: Button = { data: goData('case'), label: { key: 'common:caseButton' } }
export const HUMAN_BUTTON: Button = { data: goData('human'), label: { key: 'common:humanButton' } }

/** Under every question: the way out and the way to help (S38). */
export const standingButtons = (words: Words, language: Language): OutButton[] => [
  { label: words.say(language, 'common:menuButton'), data: goData('menu') },
  { label: words.say(language, 'danger:sosButton'), data: goData('sos') },
]
