/**
 * How much feedback each person has collected: in each month what clients answered to their codes, or what they themselves report (the
 * question `feedback`; on paper there are no codes), whichever is more. The only place that knows where this number comes from.
 */
import type { Values } from '../../engine/types.js'
import { sqlOf, type Tx } from '../../store/store.js'
import type { Vault } from '../../store/vault.js'

const QUESTION = 'feedback'

type Row = { personId: string; period: string; key: Uint8Array | null; answers: Uint8Array | null }

/** By person; who has none is not in it. Two questions to the database, however many they are. */
export async function collectedFeedback(
  tx: Tx,
  vault: Vault,
  programmeId: string,
  people: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sqlOf(tx)<Row>(
    `select r.person_id as "personId", r.period, n.wrapped_key as key, v.answers
       from report r join person n on n.id = r.person_id
       join lateral (select answers from report_version where report_id = r.id order by number desc limit 1) v on true
      where r.programme_id = $1::uuid and r.person_id = any($2::uuid[])`,
    [programmeId, people],
  )
  const came = await tx.feedbackMonth.findMany({
    where: { group: { programmeId }, personId: { in: [...people] } },
    select: { personId: true, period: true, answers: true },
  })
  const answered = new Map<string, number>()
  for (const { personId, period, answers } of came) add(answered, `${personId} ${period}`, answers)
  const reported = new Map<string, number>()
  for (const { personId, period, key, answers } of rows) {
    if (!key || !answers) continue
    const given = vault.drawer(personId, key).openJson<Values>('report.answers', answers)[QUESTION]
    if (typeof given === 'number') add(reported, `${personId} ${period}`, given)
  }
  const collected = new Map<string, number>()
  for (const month of new Set([...answered.keys(), ...reported.keys()])) {
    const [personId = ''] = month.split(' ')
    add(collected, personId, Math.max(answered.get(month) ?? 0, reported.get(month) ?? 0))
  }
  return collected
}

const add = (sums: Map<string, number>, key: string, value: number): void =>
  void sums.set(key, (sums.get(key) ?? 0) + value)
