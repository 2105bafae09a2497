/**
 * How much feedback each person has collected: today what they themselves report (the question `feedback` of the monthly report). The
 * only place that knows where this number comes from.
 */
import type { Values } from '../../engine/types.js'
import { sqlOf, type Tx } from '../../store/store.js'
import type { Vault } from '../../store/vault.js'

const QUESTION = 'feedback'

type Row = { personId: string; key: Uint8Array | null; answers: Uint8Array | null }

/** By person; who has none is not in it. One question to the database, however many they are. */
export async function collectedFeedback(
  tx: Tx,
  vault: Vault,
  programmeId: string,
  people: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sqlOf(tx)<Row>(
    `select r.person_id as "personId", n.wrapped_key as key, v.answers
       from report r join person n on n.id = r.person_id
       join lateral (select answers from report_version where report_id = r.id order by number desc limit 1) v on true
      where r.programme_id = $1::uuid and r.person_id = any($2::uuid[])`,
    [programmeId, people],
  )
  const collected = new Map<string, number>()
  for (const { personId, key, answers } of rows) {
    if (!key || !answers) continue
    const given = vault.drawer(personId, key).openJson<Values>('report.answers', answers)[QUESTION]
    if (typeof given === 'number') collected.set(personId, (collected.get(personId) ?? 0) + given)
  }
  return collected
}
