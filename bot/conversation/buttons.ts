/** The buttons that the house puts under its own words; what a flow offers it names itself. */
import { goData } from '../engine/tokens.js'
import type { Button } from '../engine/types.js'
import type { Language } from '../text/languages.js'
import type { OutButton } from './channel.js'
import type { Words } from './words.js'

export const MENU_BUTTON: Button = { data: goData('menu'), label: { key: 'common:menuButton' } }
export const CASE_BUTTON: Button = { data: goData('case'), label: { key: 'common:caseButton' } }
export const AGE_BUTTON: Button = { data: goData('age'), label: { key: 'age:button' } }
export const HUMAN_BUTTON: Button = { data: goData('human'), label: { key: 'common:humanButton' } }

export const SOS_BUTTON: Button = { data: goData('sos'), label: { key: 'danger:sosButton' } }

/** Under words to whoever waits for a human. */
export const WAITING_BUTTONS: readonly Button[] = [CASE_BUTTON, MENU_BUTTON, SOS_BUTTON]

/** As a channel shows them. */
export const labelled = (buttons: readonly Button[], words: Words, language: Language): OutButton[] =>
  buttons.map(({ label, data }) => ({
    label: typeof label === 'string' ? label : words.say(language, label.key, label.values),
    data,
  }))

/** Under every question: the way out and the way to help (S38). */
export const standingButtons = (words: Words, language: Language): OutButton[] =>
  labelled([MENU_BUTTON, SOS_BUTTON], words, language)
