/** How many files one person may leave in a day, and how much the house holds as a whole. Counted from the rows of files that exist (S34). */
import type { Sql, Store } from '../store/store.js'
import type { IncomingFile } from './channel.js'
import type { Clock, Log } from './house.js'

/** The papers of a whole family, photographed page by page, are some sixty pictures; a machine stops here. */
export const FILES_A_DAY = 100
/** Ten of the largest files, or all of the above as a phone makes them (2 MB). */
export const MEGABYTES_A_DAY = 200
const DAY_MS = 86_400_000
const MEGABYTE = 1024 * 1024

/** Somebody should make room before it is needed. */
const FILLING = 0.8
/** What all files take together is not summed up for each of them. */
const MEASURED_FOR_MS = 60_000

/** What is left for one person now, and the text (`errors:…`) for what is more than that. */
export type Left = { files: number; bytes: number; why: 'filesEnough' | 'filesFull' }

export const ALL: Left = { files: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY, why: 'filesEnough' }

/** Those that are taken, in their order. What is kept already was judged when it was. */
export function within({ files, bytes }: Left, wanted: readonly IncomingFile[]): IncomingFile[] {
  let [places, room] = [files, bytes]
  return wanted.filter((file) => {
    if (file.stored) return true
    if (file.refused || places < 1 || room < file.bytes) return false
    places--
    room -= file.bytes
    return true
  })
}

export type Filling = 'room' | 'filling' | 'full'

export type FileSpace = {
  /** Somebody in danger may send whatever they have: nothing is counted while their case is urgent. */
  left(sql: Sql, personId: string, now: Date): Promise<Left>
  filling(): Promise<Filling>
}

export function createFileSpace(options: { store: Store; clock: Clock; log: Log; maxBytes: number }): FileSpace {
  const { store, clock, log, maxBytes } = options
  let measured: { bytes: number; at: number } | undefined
  let told: Filling = 'room'

  const tell = (now: Filling) => {
    if (now !== told && now !== 'room')
      log.warn(
        { code: now === 'full' ? 'FILES_FULL' : 'FILES_FILLING' },
        'The folder of files fills up. Raise FILES_MAX_GB, or shorten how long files are kept.',
      )
    told = now
  }

  /** On the caller's own connection: the embedded database has only one. */
  const filling = async (sql: Sql): Promise<Filling> => {
    const at = clock().getTime()
    if (!measured || at - measured.at >= MEASURED_FOR_MS || at < measured.at) {
      const [row] = await sql<{ bytes: number }>(
        `select coalesce(sum(bytes), 0)::float8 as bytes from file where state = 'kept'`,
      )
      measured = { bytes: row?.bytes ?? 0, at }
    }
    const share = measured.bytes / maxBytes
    const now = share >= 1 ? 'full' : share >= FILLING ? 'filling' : 'room'
    tell(now)
    return now
  }

  return {
    filling: () => filling(store.sql),
    async left(sql, personId, now) {
      // One that turned out to be no good was fetched and looked at all the same: it counts, but takes no room
      const [row] = await sql<{ files: number; bytes: number; urgent: boolean }>(
        `select count(*)::int as files, coalesce(sum(bytes) filter (where state <> 'failed'), 0)::float8 as bytes,
                exists (select 1 from case_file k where k.person_id = $1::uuid and k.state <> 'closed' and k.urgency = 'urgent') as urgent
           from file where person_id = $1::uuid and created_at > $2`,
        [personId, new Date(now.getTime() - DAY_MS)],
      )
      if (!row || row.urgent) return ALL
      if ((await filling(sql)) === 'full') return { files: 0, bytes: 0, why: 'filesFull' }
      return { files: FILES_A_DAY - row.files, bytes: MEGABYTES_A_DAY * MEGABYTE - row.bytes, why: 'filesEnough' }
    },
  }
}
