/** What ends of a worker, and when (`bot/store/lifetimes.ts`: worker, invitation). */
import type { FileStore } from '../../store/files.js'
import type { Sql } from '../../store/store.js'

/** Whose last programme ended before $1; somebody who was in none has only the day on which they were written down. */
const OVER = `select p.id from person p where p.role = 'worker' and coalesce(
  (select max(r.ends_on) from enrolment e join programme_group g on g.id = e.group_id join programme r on r.id = g.programme_id
    where e.person_id = p.id), p.created_at) < $1`

/** Deletes workers whose time is over, with all that hangs on them; returns how many. */
export async function endWorkers(sql: Sql, files: Pick<FileStore, 'remove'>, before: Date): Promise<number> {
  const sent = await sql<{ id: string }>(`delete from file where person_id in (${OVER}) returning id`, [before])
  for (const { id } of sent) await files.remove(id)
  return (await sql(`delete from person where id in (${OVER}) returning id`, [before])).length
}

/** Deletes codes that open nothing any more. */
export const endWorkerInvitations = async (sql: Sql, before: Date): Promise<number> =>
  (await sql('delete from worker_invitation where expires_at < $1 returning enrolment_id as id', [before])).length
