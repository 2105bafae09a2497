/**
 * The database, the keys and the files, and nothing that knows what is kept in them.
 *
 * Numbers by day that carry no person.
 */
import type { Tx } from './store.js'

export async function count(tx: Tx, now: Date, name: string, country: string | null, n = 1): Promise<void> {
  const day = new Date(now.toISOString().slice(0, 10))
  const key = { day, name, country: country ?? '' }
  await tx.counter.upsert({
    where: { day_name_country: key },
    create: { ...key, n },
    update: { n: { increment: n } },
  })
}
