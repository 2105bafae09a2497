/** Messages that could not be delivered and never will be: staff see them, so that nothing ends in silence. */
import type { Store } from '../store/store.js'
import type { ChannelName } from './channel.js'

export type DeadLetter = {
  id: string
  /** The case it belongs to, if any; the words are read there. */
  caseCode: string | null
  channel: ChannelName
  author: 'bot' | 'staff'
  /** Stable code of the last failure, without content. */
  error: string
  attempts: number
  at: Date
}

const SHOWN = 200

/** The newest first, as long as how they failed is kept (S14). Holds no words and nobody's address. */
export const deadLetters = (store: Pick<Store, 'sql'>): Promise<DeadLetter[]> =>
  store.sql<DeadLetter>(
    `select m.id::text as id, k.code as "caseCode", a.channel, m.author, coalesce(m.error, '') as error, m.attempts, m.created_at as at
       from message m join conversation c on c.id = m.conversation_id join address a on a.id = c.address_id
       left join case_file k on k.id = m.case_id
      where m.state = 'dead' and m.error is not null order by m.id desc limit $1::int`,
    [SHOWN],
  )
