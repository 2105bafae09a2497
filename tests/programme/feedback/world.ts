/** Workers with codes for clients, and clients who come with them. */

import { give } from '../../../bot/programme/feedback/give.js'
import { whoseFeedback } from '../../../bot/programme/feedback/mine.js'
import type { Answers } from '../../../bot/programme/feedback/questions.js'
import { issue, type Whose } from '../../../bot/programme/feedback/tokens.js'
import type { TestHouse } from '../../house.js'

export const GOOD: Answers = { helped: 'yes', respect: 'yes', clear: 'partly' }

/** Codes that this worker made, as they are typed. */
export async function codesOf(house: TestHouse, personId: string, count = 1): Promise<string[]> {
  const now = house.fake.now()
  return house.store.transaction(async (tx) => {
    const whose = (await whoseFeedback(tx, personId, now)) as Whose
    return (await issue(house.store, tx, whose, { count, now })) ?? []
  })
}

export async function codeOf(house: TestHouse, personId: string): Promise<string> {
  const [code = ''] = await codesOf(house, personId)
  return code
}

/** One more client has answered about this worker. */
export async function answered(house: TestHouse, personId: string, given: Answers = GOOD, times = 1): Promise<void> {
  for (const code of await codesOf(house, personId, times))
    await house.store.transaction((tx) => give(house.store, tx, code, given, house.fake.now()))
}
