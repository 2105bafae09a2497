/** Who acts in a group: being there is not enough, only the staff list counts (S32). */
import type { Incoming } from '../../conversation/channel.js'
import type { Store } from '../../store/store.js'
import type { StaffMember } from '../access.js'

export type Colleague = StaffMember & { language: string }

/** The colleague whose own account this is; `undefined` for a stranger, and for somebody who hides behind the group's name. */
export async function senderOf(
  store: Store,
  { channel, sender }: Pick<Incoming, 'channel' | 'sender'>,
): Promise<Colleague | undefined> {
  if (!sender) return undefined
  const [row] = await store.sql<Colleague>(
    `select s.id, s.alias, s.role, s.language from address a join staff s on s.person_id = a.person_id
      where a.channel = $1 and a.hash = $2 and s.disabled_at is null`,
    [channel, store.vault.hash('address', channel, sender)],
  )
  return row
}
