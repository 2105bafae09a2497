/** What a child told is deleted sooner than the rest: words, files and the case with all that hangs on it (S42). */
import type { FileStore } from '../store/files.js'
import type { Sql } from '../store/store.js'

const OVER = `select id from case_file where minor and state = 'closed' and closed_at < $1`

/** Deletes what belongs to children's cases that were closed before that moment; returns how many cases. */
export async function endChildrensCases(sql: Sql, files: Pick<FileStore, 'remove'>, before: Date): Promise<number> {
  const sent = await sql<{ id: string }>(
    `delete from file where id in (select file_id from message where case_id in (${OVER})) returning id`,
    [before],
  )
  for (const { id } of sent) await files.remove(id)
  await sql(`delete from message where case_id in (${OVER})`, [before])
  return (await sql(`delete from case_file where id in (${OVER}) returning id`, [before])).length
}
