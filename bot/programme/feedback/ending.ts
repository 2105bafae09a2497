/** What ends of feedback, and when (`bot/store/lifetimes.ts`: invitation, feedback). */
import type { FileStore } from '../../store/files.js'
import type { Sql } from '../../store/store.js'

/** Deletes codes that open nothing any more, and the pictures and sheets of which no code is left. Returns how many codes. */
export async function endFeedbackCodes(sql: Sql, files: Pick<FileStore, 'remove'>, before: Date): Promise<number> {
  const gone = await sql<{ fileId: string | null }>(
    'delete from feedback_token where expires_at < $1 returning file_id as "fileId"',
    [before],
  )
  const sheets = [...new Set(gone.flatMap(({ fileId }) => fileId ?? []))]
  const empty = await sql<{ id: string }>(
    `delete from file where id = any($1::uuid[]) and not exists (select 1 from feedback_token t where t.file_id = file.id)
     returning id`,
    [sheets],
  )
  for (const { id } of empty) await files.remove(id)
  return gone.length
}

/** Deletes the lines of months that were over before. */
export const endFeedbackLines = async (sql: Sql, before: Date): Promise<number> =>
  (
    await sql(
      `delete from feedback_lines where ((period || '-01')::date + interval '1 month') at time zone 'UTC' < $1::timestamptz
       returning period as id`,
      [before],
    )
  ).length
