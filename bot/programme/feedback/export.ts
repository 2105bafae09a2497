/** The numbers as a table: sums by worker and month, no line and no client. Who took them is recorded. */
import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { audit } from '../../desk/audit.js'
import { mustNotBeFrozen } from '../../desk/two-people/frozen.js'
import { UserError } from '../../errors.js'
import { sqlOf } from '../../store/store.js'
import { isPeriod, periodsBetween } from '../reports/periods.js'
import { groupForFeedback, monthOfGroup, type WorkerLine } from './overview.js'
import { CHOICES, QUESTIONS } from './questions.js'

/** A year. */
const MONTHS_MAX = 12

export type Asked = { groupId: string; from: string; to: string; say(key: string): string }

/** @throws UserError notAllowed, noTraining, badPeriod, frozen */
export async function exportFeedback(house: InsideHouse, staff: StaffMember, { groupId, from, to, say }: Asked) {
  const { store } = house
  const group = await groupForFeedback(store.db, staff, groupId)
  const periods = isPeriod(from) && isPeriod(to) ? periodsBetween(from, to) : []
  if (periods.length === 0 || periods.length > MONTHS_MAX) throw new UserError('badPeriod')
  await store.transaction(async (tx) => {
    await mustNotBeFrozen(sqlOf(tx))
    const object = `${group.id}/${from}/${to}`
    await audit(tx, store.vault, { staffId: staff.id, action: 'feedback.export', object, at: house.clock() })
  })
  return rows(house, group.id, periods, say)
}

async function* rows({ store }: InsideHouse, groupId: string, periods: readonly string[], say: Asked['say']) {
  const sums = QUESTIONS.flatMap((question) => CHOICES.map((choice) => ({ question, choice })))
  yield [
    ...['month', 'person', 'came', 'of'].map(say),
    ...sums.map(({ question, choice }) => `${say(`question.${question}`)}: ${say(`choice.${choice}`)}`),
  ]
  for (const period of periods) {
    const { workers, answers, shown } = await monthOfGroup(store, groupId, period)
    const all: WorkerLine = { name: say('all'), answers, shown }
    for (const line of [...workers, all])
      yield [
        ...[period, line.name, line.answers, line.shown?.answers ?? null],
        // Nothing where it is too little to be told: that is not zero
        ...sums.map(({ question, choice }) => line.shown?.sums[question][choice] ?? null),
      ]
  }
}
