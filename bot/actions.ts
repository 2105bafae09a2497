/** Every action that a flow may name. A new capability adds its line here. */
import { linkAction } from './console/link-action.js'
import type { Action } from './conversation/action.js'
import type { InsideHouse } from './conversation/inside.js'
import type { Words } from './conversation/words.js'
import { deskActions } from './desk/actions.js'
import { clientActions } from './desk/client-actions.js'
import { dangerActions } from './desk/danger-actions.js'
import { dutyActions } from './desk/duty-actions.js'
import { minorActions } from './desk/minors.js'
import { knowledgeActions } from './knowledge/actions.js'
import type { Guide } from './knowledge/guide.js'
import { cleanActions } from './people/clean-choice.js'
import { keepConsent } from './people/consent.js'
import { neutralWordActions } from './people/neutral-word.js'
import { type PrivacyHouse, privacyActions } from './people/privacy.js'
import { offerLanguages, setAge, setLanguage, setPlace } from './people/profile.js'
import { checkinActions } from './programme/checkin/actions.js'
import { sessionActions } from './programme/checkin/session-actions.js'
import { dutiesActions } from './programme/duties/actions.js'
import { feedbackClientActions } from './programme/feedback/client-actions.js'
import { feedbackWorkerActions } from './programme/feedback/worker-actions.js'
import { programmeActions } from './programme/people/actions.js'
import { reportActions } from './programme/reports/actions.js'

/** `inside` is the house that these very actions are a part of: they look at it when they run, not before. */
export type ActionHouse = PrivacyHouse & {
  words: Words
  guide: Guide
  inside: InsideHouse & { deskUrl: string; publicUrl: string }
}

export const allActions = (house: ActionHouse): Action[] => [
  setLanguage,
  offerLanguages,
  setPlace,
  setAge,
  keepConsent,
  ...privacyActions(house),
  ...cleanActions(house),
  ...neutralWordActions(house),
  ...knowledgeActions(house.guide, house.words),
  ...deskActions(house),
  ...dangerActions(house),
  ...clientActions(house.inside),
  ...minorActions(house.inside),
  ...dutyActions(house.inside),
  linkAction(house.inside),
  ...programmeActions(house),
  ...reportActions(house),
  ...checkinActions(house.inside),
  ...sessionActions(house.inside),
  ...feedbackWorkerActions(house),
  ...feedbackClientActions(house.inside),
  ...dutiesActions(house.inside, house.files),
]

/** The actions' names and shapes without a house around them: for checking flows, where nothing runs. */
export function actionSpecs(): Action[] {
  const absent = new Proxy({}, { get: () => absent }) as ActionHouse
  return allActions(absent)
}
