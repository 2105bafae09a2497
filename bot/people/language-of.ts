import type { Store } from '../store/store.js'
import { isLanguage, type Language } from '../text/languages.js'

/** The language that the person at this address has chosen. */
export async function languageOf(store: Store, channel: string, address: string): Promise<Language | undefined> {
  const [row] = await store.sql<{ language: string | null }>(
    'select p.language from address a join person p on p.id = a.person_id where a.channel = $1 and a.hash = $2',
    [channel, store.vault.hash('address', channel, address)],
  )
  return isLanguage(row?.language) ? row.language : undefined
}
