/** Every action that a flow may name. A new capability adds its line here. */
import type { Action } from './conversation/action.js'
import type { Words } from './conversation/words.js'
import { deskActions } from './desk/actions.js'
import { dangerActions } from './desk/danger-actions.js'
import { knowledgeActions } from './knowledge/actions.js'
import type { Guide } from './knowledge/guide.js'
import { keepConsent } from './people/consent.js'
import { type PrivacyHouse, privacyActions } from './people/privacy.js'
import { offerLanguages, setLanguage, setPlace } from './people/profile.js'

export const allActions = (house: PrivacyHouse & { words: Words; guide: Guide }): Action[] => [
  setLanguage,
  offerLanguages,
  setPlace,
  keepConsent,
  ...privacyActions(house),
  ...knowledgeActions(house.guide, house.words),
  ...deskActions(house),
  ...dangerActions(house),
]

/** The actions' names and shapes without a house around them: for checking flows, where nothing runs. */
export function actionSpecs(): Action[] {
  const absent = new Proxy({}, { get: () => absent }) as PrivacyHouse & { words: Words; guide: Guide }
  return allActions(absent)
}
